using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>Reads many items by their keys, however many answers that takes: one holds 16 MB at most, and fewer under load.</summary>
internal static class BatchRead
{
    public static async Task<Dictionary<ItemKey, Item>> Send(
        Connection connection, IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation)
    {
        var found = new Dictionary<ItemKey, Item>(keys.Count);
        var tables = keys.Select(key => key.Table).DistinctBy(table => table.Name).ToDictionary(connection.NameOf);
        var pending = keys.Distinct().GroupBy(key => connection.NameOf(key.Table)).ToDictionary(
            table => table.Key,
            table => new KeysAndAttributes { Keys = [.. table.Select(AttributeValues.Of)], ConsistentRead = consistent });
        var tries = connection.Tries();
        while (true)
        {
            var request = new BatchGetItemRequest { RequestItems = pending, ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES };
            var response = await tries.Run(() => connection.Client.BatchGetItemAsync(request, cancellation), cancellation);
            var before = found.Count;
            foreach (var (name, items) in response.Responses ?? [])
            {
                foreach (var item in items.Select(AttributeValues.ItemOf)) found[tables[name].KeyOf(item)] = item;
            }

            var unprocessed = response.UnprocessedKeys ?? [];
            var absent = Count(pending) - Count(unprocessed) - (found.Count - before);
            ConsumedUnits.OfBatchRead(response.ConsumedCapacity, absent, consistent, connection.IsLocal);
            if (unprocessed.Count == 0) return found;

            // Only an answer that brought nothing is a failed try.
            pending = unprocessed;
            if (found.Count > before) tries = connection.Tries();
            await tries.Again("it left keys unprocessed.", null, cancellation);
        }
    }

    private static int Count(Dictionary<string, KeysAndAttributes> keys) => keys.Values.Sum(table => table.Keys.Count);
}
