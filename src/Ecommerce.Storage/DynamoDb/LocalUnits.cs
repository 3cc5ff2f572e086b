using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>
/// What the service would charge where DynamoDB Local (1.25.1) reports something else. Each difference is pinned by a test, so that
/// a version which reports it right is noticed:
/// a transactional write is reported as 4 units per KB of the table where the service charges 2, and as 4 per index entry where it
/// charges 1; the items that one transaction writes to one table are added up before they are rounded to whole KB, where the service
/// rounds each; and in a batch read an absent item is not counted, where the service charges the smallest read.
/// </summary>
internal static class LocalUnits
{
    private const int UnitBytes = 1024;

    public static double OfAbsent(int count, bool consistent) => count * (consistent ? 1 : 0.5);

    /// <summary>The units of one table's part of a transaction. The size of an item that is adjusted or deleted is not known here: 1 KB at least.</summary>
    public static double OfTransaction(ConsumedCapacity reported, IReadOnlyList<Write> writes)
    {
        var table = Math.Max((reported.Table?.WriteCapacityUnits ?? 0) / 2, 2 * writes.Sum(Units));
        var indexes = (reported.GlobalSecondaryIndexes ?? []).Sum(index =>
            Math.Max((index.Value.WriteCapacityUnits ?? 0) / 4, writes.Count(write => Enters(write, index.Key))));
        return table + indexes;
    }

    private static int Units(Write write) => write is Put put ? (ItemSize.Of(Precondition.Apply(put)) + UnitBytes - 1) / UnitBytes : 1;

    private static bool Enters(Write write, string name) => write is Put put && put.Table.Index(name) is var index
        && !put.Item[index.Partition.Name].IsNone && !put.Item[index.Sort.Name].IsNone;
}
