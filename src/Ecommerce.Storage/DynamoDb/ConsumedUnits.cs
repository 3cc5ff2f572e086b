using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>Passes on what the service says a call consumed; of DynamoDB Local, what the service would have said.</summary>
internal static class ConsumedUnits
{
    public static void OfRead(params IEnumerable<ConsumedCapacity?>? consumed) =>
        CostMeter.Add((consumed ?? []).Sum(capacity => capacity?.CapacityUnits ?? 0), 0);

    /// <param name="consumed">As reported.</param>
    /// <param name="absent">How many of the keys asked for had no item; the service charges for the look.</param>
    /// <param name="consistent">Whether they were read at the full price.</param>
    /// <param name="isLocal">DynamoDB Local reports nothing for them.</param>
    public static void OfBatchRead(List<ConsumedCapacity>? consumed, int absent, bool consistent, bool isLocal) => CostMeter.Add(
        (consumed ?? []).Sum(capacity => capacity.CapacityUnits ?? 0) + (isLocal ? LocalUnits.OfAbsent(absent, consistent) : 0), 0);

    public static void OfWrite(ConsumedCapacity? consumed) => CostMeter.Add(0, consumed?.CapacityUnits ?? 0);

    /// <summary>Reads as well as writes: repeating a commit that has happened only reads.</summary>
    public static void OfTransaction(Connection connection, IReadOnlyList<Write> writes, List<ConsumedCapacity>? consumed)
    {
        var (read, written) = (0d, 0d);
        foreach (var capacity in consumed ?? [])
        {
            read += capacity.ReadCapacityUnits ?? 0;
            written += connection.IsLocal && capacity.WriteCapacityUnits > 0
                ? LocalUnits.OfTransaction(capacity, [.. writes.Where(write => connection.NameOf(write.Key.Table) == capacity.TableName)])
                : capacity.WriteCapacityUnits ?? 0;
        }

        CostMeter.Add(read, written);
    }
}
