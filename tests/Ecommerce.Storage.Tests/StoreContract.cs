using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

/// <summary>
/// Every fact of the port, for every engine. Tests share the tables of their class and keep apart by keys: each has a scope that
/// begins its texts and orders of its own.
/// </summary>
public abstract partial class StoreContract(StoreFixture fixture) : IAsyncLifetime
{
    private static long s_orders;

    private readonly string _scope = Guid.NewGuid().ToString("N");

    private IStore Store { get; set; } = null!;

    private static Value NoElements => Value.Of(Array.Empty<Value>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await fixture.Store();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private string Scoped(string name) => $"{_scope}-{name}";

    private ItemKey ThingKey(string name = "a") => Things.Key(Scoped(name));

    private Item Thing(string name = "a", params ReadOnlySpan<(string Name, Value Value)> attributes) =>
        With(new() { ["id"] = Scoped(name) }, attributes);

    private ItemKey NoteKey(string at, string owner = "o") => Notes.Key(Scoped(owner), at);

    private Item Note(string at, string owner = "o", params ReadOnlySpan<(string Name, Value Value)> attributes) =>
        With(new() { ["owner"] = Scoped(owner), ["at"] = at }, attributes);

    private static long NewOrder() => Interlocked.Increment(ref s_orders);

    private static Put Create(TableDefinition table, Item item) => new(table, item, Expect.Absent);

    private static Put Create(Item thing) => Create(Things, thing);

    private Put CreateNote(string at, string owner = "o", params ReadOnlySpan<(string Name, Value Value)> attributes) =>
        Create(Notes, Note(at, owner, attributes));

    private Task<Item?> Get(ItemKey key) => Store.Get(key, consistent: true, Cancellation);

    private async Task<long> NumberAt(ItemKey key, string attribute) => (await Get(key))!.Number(attribute);

    private Task<CommitResult> Commit(params Write[] writes) => Store.Commit(writes, null, Cancellation);

    private async Task MustCommit(params Write[] writes)
    {
        var result = await Commit(writes);
        Assert.True(result.IsCommitted, result.ToString());
    }

    private async Task MustCommitAll(IEnumerable<Write> writes)
    {
        foreach (var commit in writes.Chunk(StoreLimits.WritesPerCommit)) await MustCommit(commit);
    }

    private Task<StoreLimitException> MustBreakALimit(params Write[] writes) => Assert.ThrowsAsync<StoreLimitException>(() => Commit(writes));

    private async Task MustReject(Write write, RejectionReason reason, Item? current) =>
        Same(Assert.Single((await Commit(write)).Rejections), 0, reason, current);

    private static void Same(Rejection actual, int index, RejectionReason reason, Item? current)
    {
        Assert.Equal((index, reason), (actual.Index, actual.Reason));
        Same(current, actual.Current);
    }

    /// <summary>Items compare without the order of their attributes, which Assert.Equal would mind.</summary>
    private static void Same(Item? expected, Item? actual) =>
        Assert.True(Equals(expected, actual), $"Expected {expected?.ToString() ?? "none"}, found {actual?.ToString() ?? "none"}.");

    private static Item With(Item item, params ReadOnlySpan<(string Name, Value Value)> attributes)
    {
        var copy = item.Copy();
        foreach (var (name, value) in attributes) copy[name] = value;
        return copy;
    }

    private static Item AtVersion(long version, Item item) => With(item, (Item.VersionAttribute, version));
}

public sealed class SqliteContract(SqliteFixture fixture) : StoreContract(fixture), IClassFixture<SqliteFixture>;

public sealed class DynamoDbContract(DynamoDbFixture fixture) : StoreContract(fixture), IClassFixture<DynamoDbFixture>;
