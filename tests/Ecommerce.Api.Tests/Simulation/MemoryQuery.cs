using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Answers a query by looking at every item of the table, of which there are few.</summary>
internal static class MemoryQuery
{
    public static Page Read(Query query, IReadOnlyDictionary<ItemKey, Item> items)
    {
        var order = Order(query);
        var after = Cursor.Parse(query);
        var found = new List<Item>();
        foreach (var item in items.Values)
        {
            if (item[query.PartitionKey.Name] != query.Partition || (order.Count > 0 && item[order[0].Name].IsNone)) continue;
            if (!query.From.IsNone && KeyOrder.Compare(item[order[0].Name], query.From) < 0) continue;
            if (!query.To.IsNone && KeyOrder.Compare(item[order[0].Name], query.To) > 0) continue;
            if (after is not null && Compare(item, after, order, query.Descending) <= 0) continue;
            found.Add(item);
        }

        if (found.Count > 1) found.Sort((a, b) => Compare(a, b, order, query.Descending));
        var more = found.Count > query.Limit;
        if (more) found.RemoveRange(query.Limit, found.Count - query.Limit);
        return new(found.ConvertAll(item => Seen(query, order, item)), more ? query.CursorAt(found[^1]) : null);
    }

    /// <summary>What comes behind the partition: the index's own sort key, then the table's keys, so that no two entries tie.</summary>
    private static List<KeyAttribute> Order(Query query)
    {
        var order = new List<KeyAttribute>(3);
        if (query.SortKey is { } sort) order.Add(sort);
        if (query.Index is null) return order;
        Add(query.Table.Partition);
        if (query.Table.Sort is { } tableSort) Add(tableSort);
        return order;

        void Add(KeyAttribute attribute)
        {
            if (attribute != query.PartitionKey && !order.Contains(attribute)) order.Add(attribute);
        }
    }

    private static int Compare(Item a, Item b, List<KeyAttribute> order, bool descending)
    {
        foreach (var attribute in order)
        {
            if (KeyOrder.Compare(a[attribute.Name], b[attribute.Name]) is not 0 and var difference) return descending ? -difference : difference;
        }

        return 0;
    }

    private static Item Seen(Query query, List<KeyAttribute> order, Item item)
    {
        if (query.Index is not { Projection: Projection.Keys }) return item.Copy();
        var keys = new Item(order.Count + 1) { [query.PartitionKey.Name] = item[query.PartitionKey.Name] };
        foreach (var attribute in order) keys[attribute.Name] = item[attribute.Name];
        return keys;
    }
}
