using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

/// <summary>Makes the operations of a sequence: over few keys, and mostly such as can succeed, so that there is something to collide with.</summary>
internal sealed class RandomWrites
{
    private static readonly string[] Ats = ["10", "9", "a", "ä", "\uFFFD", "😀"];

    private readonly Random _random;
    private readonly StoreModel _model;

    public RandomWrites(Random random, StoreModel model)
    {
        (_random, _model) = (random, model);

        // From no seed: sequences share their tables.
        var order = Random.Shared.NextInt64(long.MaxValue - 1);
        Keys =
        [
            .. Enumerable.Range(0, 5).Select(i => Things.Key($"{Scope}t{i}")),
            .. Ats.Select(at => Notes.Key($"{Scope}o0", at)),
            .. Ats.Take(3).Select(at => Notes.Key($"{Scope}o1", at)),
            .. Enumerable.Range(-2, 4).Select(line => Lines.Key(order, line * 3)),
            Lines.Key(order + 1, 0),
        ];
        TableQueries = [.. Keys.DistinctBy(key => (key.Table, key.Partition)).Select(key => new Query(key.Table, key.Partition))];
        IndexQueries =
        [
            new(Things, $"{Scope}s0") { Index = ByDue }, new(Things, $"{Scope}s1") { Index = ByDue }, new(Things, $"{Scope}s0") { Index = ByOwner },
            new(Notes, $"{Scope}o0") { Index = ByRank }, new(Notes, $"{Scope}o1") { Index = ByRank }, new(Notes, $"{Scope}s0") { Index = ByKind },
        ];
    }

    public string Scope { get; } = $"{Guid.NewGuid():N}-";

    public IReadOnlyList<ItemKey> Keys { get; }

    public IReadOnlyList<Query> TableQueries { get; }

    public IReadOnlyList<Query> IndexQueries { get; }

    public ItemKey Key() => Keys[_random.Next(Keys.Count)];

    public Query TableQuery()
    {
        var query = Options(TableQueries[_random.Next(TableQueries.Count)]) with { Consistent = Chance(50) };
        return query.Table.Sort is { } sort ? Bounded(query, sort) : query;
    }

    public Query IndexQuery()
    {
        var query = IndexQueries[_random.Next(IndexQueries.Count)];
        return Bounded(Options(query), query.Index!.Sort);
    }

    public Write[] Writes()
    {
        var count = Chance(45) ? 1 : _random.Next(2, 7);
        var keys = Enumerable.Range(0, count).Select(_ => Key());
        return [.. (Chance(95) ? keys.Distinct() : keys).Select(Write)];
    }

    private Write Write(ItemKey key) => _random.Next(100) switch
    {
        < 45 => new Put(key.Table, Item(key), Expectation(key)),
        < 75 => new Adjust(key, Deltas(key.Table), Expectation(key, ExpectKind.Absent)),
        < 88 => new Delete(key, Expectation(key)),
        _ => new Check(key, Expectation(key, ExpectKind.Anything)),
    };

    private Expect Expectation(ItemKey key, ExpectKind? never = null)
    {
        var version = _model.Get(key)?.Version ?? 0;
        var right = Chance(80);
        var expect = _random.Next(4) switch
        {
            0 => Expect.Anything,
            1 => right == version > 0 ? Expect.Present : Expect.Absent,
            _ => Expect.AtVersion(right ? version : Math.Max(0, version + _random.Next(-1, 3))),
        };
        return expect.Kind != never ? expect : never == ExpectKind.Absent ? Expect.Present : Expect.Absent;
    }

    private Item Item(ItemKey key)
    {
        var item = new Item { [key.Table.Partition.Name] = key.Partition };
        if (key.Table.Sort is { } sort) item[sort.Name] = key.Sort;
        if (Chance(60)) item["n"] = _random.Next(-3, 6);
        if (Chance(40)) item["value"] = AnyValue(2);
        if (key.Table == Things)
        {
            if (Chance(70)) item["status"] = $"{Scope}s{_random.Next(2)}";
            if (Chance(70)) item["due"] = _random.Next(-2, 3);
            if (Chance(50)) item["owner"] = $"{Scope}s0";
            if (Chance(80)) item["at"] = Ats[_random.Next(Ats.Length)];
        }
        else if (key.Table == Notes)
        {
            if (Chance(70)) item["rank"] = _random.Next(-2, 3);
            if (Chance(70)) item["kind"] = $"{Scope}s0";
        }

        return item;
    }

    private Value AnyValue(int depth) => _random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => Ats[_random.Next(Ats.Length)],
        1 => _random.NextInt64(long.MinValue, long.MaxValue),
        2 => Chance(50),
        3 => "",
        4 => Value.Of([.. Enumerable.Range(0, _random.Next(3)).Select(_ => AnyValue(depth - 1))]),
        _ => new Item { ["a"] = AnyValue(depth - 1), ["b"] = Chance(50) ? AnyValue(depth - 1) : Value.None },
    };

    private Delta[] Deltas(TableDefinition table)
    {
        var indexed = table == Things ? "due" : table == Notes ? "rank" : "m";
        string[] names = Chance(50) ? ["n"] : Chance(50) ? [indexed] : ["n", indexed];
        return [.. names.Select(Delta)];
    }

    private Delta Delta(string name) => _random.Next(8) switch
    {
        0 => new(name, _random.Next(-3, 4), _random.Next(-4, 1), _random.Next(1, 6)),
        1 => new(name, Chance(50) ? long.MaxValue : long.MinValue, Chance(50) ? long.MinValue : -1, long.MaxValue),
        2 => new(name, _random.Next(-3, 4), Max: 4),
        3 => new(name, _random.Next(-3, 4)),
        _ => new(name, _random.Next(-3, 4), 0),
    };

    private Query Options(Query query) => query with { Limit = Chance(20) ? 100 : _random.Next(1, 5), Descending = Chance(50) };

    private Query Bounded(Query query, KeyAttribute sort) => query with
    {
        From = Chance(30) ? Bound(sort) : Value.None,
        To = Chance(30) ? Bound(sort) : Value.None,
    };

    private Value Bound(KeyAttribute sort) => sort.Kind == ValueKind.Number ? _random.Next(-6, 4) : Ats[_random.Next(Ats.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;
}
