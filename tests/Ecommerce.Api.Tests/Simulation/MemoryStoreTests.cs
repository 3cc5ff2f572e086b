using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>The store of the simulation does what SQLite does: random commits and reads over few keys, each answer compared.</summary>
public sealed class MemoryStoreTests : IDisposable
{
    private static readonly TableDefinition Things = new("Things", KeyAttribute.Text("id"), null,
        new IndexDefinition("due", KeyAttribute.Text("queue"), KeyAttribute.Number("dueAt"), Projection.Keys),
        new IndexDefinition("owner", KeyAttribute.Text("owner"), KeyAttribute.Text("id")));
    private static readonly TableDefinition Notes = new("Notes", KeyAttribute.Text("day"), KeyAttribute.Text("entry"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memory-store-");

    [Fact]
    public async Task It_answers_as_SQLite_does()
    {
        using var sqlite = await StoreEngines.Open(
            new() { Engine = StoreEngine.Sqlite, SqlitePath = Path.Combine(_folder.FullName, "store.db"), Tables = [Things, Notes] }, Cancellation);
        for (var seed = 0; seed < 40; seed++)
        {
            var memory = new MemoryStore([Things, Notes], () => 0, _ => 0);
            var random = new Random(seed);
            for (var step = 0; step < 60; step++) await Compare(random, sqlite, memory, $"{seed}-");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task Compare(Random random, IStore sqlite, MemoryStore memory, string scope)
    {
        var writes = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomWrite(random, scope)).DistinctBy(write => write.Key).ToArray();
        var token = random.Next(4) == 0 ? $"{scope}{random.Next(1_000)}" : null;
        for (var times = token is null ? 1 : 2; times > 0; times--)
            Assert.Equal(await Answer(() => sqlite.Commit(writes, token, Cancellation)), await Answer(() => memory.Commit(writes, token, Cancellation)));

        var keys = new[] { RandomKey(random, scope), RandomKey(random, scope) };
        Assert.Equal(await sqlite.GetMany(keys, true, Cancellation), await memory.GetMany(keys, random.Next(2) == 0, Cancellation));
        Assert.Equal(await sqlite.Get(keys[0], true, Cancellation), await memory.Get(keys[0], random.Next(2) == 0, Cancellation));

        var query = RandomQuery(random, scope);
        do
        {
            var (expected, actual) = (await sqlite.Query(query, Cancellation), await memory.Query(query, Cancellation));
            Assert.Equal(expected.Items, actual.Items);
            Assert.Equal(expected.Next, actual.Next);
            query = query with { After = expected.Next };
        }
        while (query.After is not null);
    }

    private static async Task<string> Answer(Func<Task<CommitResult>> commit)
    {
        try
        {
            var result = await commit();
            return string.Join("; ", result.Rejections.Select(rejection => $"{rejection.Index} {rejection.Reason} {Sorted(rejection.Current)}"));
        }
        catch (StoreLimitException e)
        {
            return e.GetType().Name;
        }
    }

    private static string Sorted(Item? item) => item is null ? "none" : string.Join(",", item.OrderBy(entry => entry.Key, StringComparer.Ordinal));

    private static Write RandomWrite(Random random, string scope)
    {
        var key = RandomKey(random, scope);
        return random.Next(10) switch
        {
            < 5 => new Put(key.Table, RandomItem(random, key, scope), RandomExpectation(random)),
            < 8 => new Adjust(key, random.Next(2) == 0 ? new Delta("n", random.Next(-3, 4), Min: 0) : new Delta("n", random.Next(-3, 4), Max: 5)),
            8 => new Delete(key, RandomExpectation(random)),
            _ => new Check(key, random.Next(2) == 0 ? Expect.Present : Expect.Absent),
        };
    }

    private static ItemKey RandomKey(Random random, string scope) => random.Next(2) == 0
        ? Things.Key($"{scope}{random.Next(4)}")
        : Notes.Key($"{scope}day{random.Next(2)}", random.Next(3).ToString(CultureInfo.InvariantCulture));

    private static Expect RandomExpectation(Random random) => random.Next(5) switch
    {
        0 => Expect.Anything,
        1 => Expect.Present,
        var version => Expect.AtVersion(version - 2),
    };

    private static Item RandomItem(Random random, ItemKey key, string scope)
    {
        var item = new Item { [key.Table.Partition.Name] = key.Partition };
        if (key.Table.Sort is { } sort) item[sort.Name] = key.Sort;
        item["n"] = random.Next(3);
        if (random.Next(3) > 0) item["queue"] = $"{scope}q";
        if (random.Next(3) > 0) item["dueAt"] = random.Next(3);
        if (random.Next(3) > 0) item["owner"] = $"{scope}o";
        return item;
    }

    private static Query RandomQuery(Random random, string scope)
    {
        var query = random.Next(3) switch
        {
            0 => new Query(Things, $"{scope}q") { Index = Things.Index("due"), To = random.Next(2) == 0 ? random.Next(3) : Value.None },
            1 => new Query(Things, $"{scope}o") { Index = Things.Index("owner") },
            _ => new Query(Notes, $"{scope}day{random.Next(2)}") { From = random.Next(2) == 0 ? "1" : Value.None, Consistent = random.Next(2) == 0 },
        };
        return query with { Descending = random.Next(2) == 0, Limit = random.Next(1, 4) };
    }
}
