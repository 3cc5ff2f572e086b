using System.Numerics;
using System.Text;

namespace Ecommerce.Storage.Tests;

/// <summary>What a store should answer, in the plainest way. It shares no rule with the engines on purpose.</summary>
internal sealed class StoreModel
{
    private readonly Dictionary<ItemKey, Item> _items = [];

    public IEnumerable<Item> Items => _items.Values;

    public Item? Get(ItemKey key) => _items.GetValueOrDefault(key);

    /// <summary>Null when a rule is broken; empty when committed.</summary>
    public List<Rejection>? Commit(IReadOnlyList<Write> writes)
    {
        if (writes.Select(write => write.Key).Distinct().Count() < writes.Count) return null;
        var rejections = new List<Rejection>();
        for (var i = 0; i < writes.Count; i++)
        {
            var there = Get(writes[i].Key);
            if (Refuse(writes[i], there) is { } reason) rejections.Add(new(i, reason, there));
        }

        if (rejections.Count == 0)
        {
            foreach (var write in writes) Make(write);
        }

        return rejections;
    }

    /// <summary>All that a query gives, without regard to its limit and cursor. Ties of an index are in the order of the table's key.</summary>
    public List<Item> All(Query query)
    {
        var partition = (query.Index?.Partition ?? query.Table.Partition).Name;
        var sort = (query.Index is null ? query.Table.Sort : query.Index.Sort)?.Name;
        var found = _items.Where(entry => entry.Key.Table.Name == query.Table.Name).Select(entry => entry.Value)
            .Where(item => item[partition] == query.Partition && (sort is null || !item[sort].IsNone))
            .Where(item => query.From.IsNone || Compare(item[sort!], query.From) >= 0)
            .Where(item => query.To.IsNone || Compare(item[sort!], query.To) <= 0)
            .ToList();
        found.Sort((a, b) => Compare(query, a, b));
        return found.ConvertAll(item => Seen(query, item));
    }

    public static int Compare(Query query, Item a, Item b)
    {
        var order = new List<string?> { query.Index?.Sort.Name, query.Table.Partition.Name, query.Table.Sort?.Name };
        foreach (var name in order)
        {
            if (name is not null && Compare(a[name], b[name]) is not 0 and var difference) return query.Descending ? -difference : difference;
        }

        return 0;
    }

    private static Item Seen(Query query, Item item)
    {
        if (query.Index is not { Projection: Projection.Keys } index) return item;
        var seen = new Item();
        string?[] names = [query.Table.Partition.Name, query.Table.Sort?.Name, index.Partition.Name, index.Sort.Name];
        foreach (var name in names)
        {
            if (name is not null) seen[name] = item[name];
        }

        return seen;
    }

    private static int Compare(Value a, Value b) => a.Kind == ValueKind.Number
        ? a.AsNumber.CompareTo(b.AsNumber)
        : string.CompareOrdinal(Convert.ToHexString(Utf8(a)), Convert.ToHexString(Utf8(b)));

    private static byte[] Utf8(Value text) => Encoding.UTF8.GetBytes(text.AsText);

    private static RejectionReason? Refuse(Write write, Item? there)
    {
        var expected = write.Expect.Kind;
        if (expected == ExpectKind.Absent && there is not null) return RejectionReason.Exists;
        if (expected is ExpectKind.Present or ExpectKind.AtVersion && there is null) return RejectionReason.Missing;
        if (expected == ExpectKind.AtVersion && there!.Number("version") != write.Expect.Version) return RejectionReason.VersionMismatch;
        var leaves = write is Adjust adjust && adjust.Deltas.Any(delta => Sum(delta, there) < delta.Min || Sum(delta, there) > delta.Max);
        return leaves ? RejectionReason.OutOfBounds : null;
    }

    private static BigInteger Sum(Delta delta, Item? there) => new BigInteger(there?.NumberOrNull(delta.Attribute) ?? 0) + delta.Add;

    private void Make(Write write)
    {
        switch (write)
        {
            case Put put:
                _items[write.Key] = put.Item.Copy();
                _items[write.Key]["version"] = put.Expect.Version + 1;
                break;
            case Adjust adjust:
                var item = _items.TryGetValue(write.Key, out var there) ? there.Copy() : new();
                item[write.Key.Table.Partition.Name] = write.Key.Partition;
                if (write.Key.Table.Sort is { } sort) item[sort.Name] = write.Key.Sort;
                foreach (var delta in adjust.Deltas) item[delta.Attribute] = (long)Sum(delta, there);
                item["version"] = (there?.Number("version") ?? 0) + 1;
                _items[write.Key] = item;
                break;
            case Delete:
                _items.Remove(write.Key);
                break;
        }
    }
}
