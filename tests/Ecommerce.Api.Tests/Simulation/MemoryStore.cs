using Ecommerce.Storage;
using Ecommerce.Storage.Sqlite;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>One item that a commit changed; null before it was, or after it is no more.</summary>
internal readonly record struct Change(ItemKey Key, Item? Before, Item? After);

/// <summary>
/// The store port over dictionaries, for one thread. The rule by which a write is refused is the engines' own, which are proved
/// elsewhere; <see cref="MemoryStoreTests"/> hold the rest of it against SQLite.
/// </summary>
/// <param name="tables">What it keeps.</param>
/// <param name="now">Milliseconds, for the life of tokens.</param>
/// <param name="lag">How far behind an index is: see <see cref="MemoryTable.Seen"/>.</param>
internal sealed class MemoryStore(IReadOnlyList<TableDefinition> tables, Func<long> now, Func<int, int> lag) : IStore
{
    private const long TokenLife = 10 * 60 * 1000;

    private readonly Dictionary<string, MemoryTable> _tables = tables.ToDictionary(table => table.Name, _ => new MemoryTable());
    private readonly Dictionary<string, (long At, string Writes)> _tokens = [];

    public string Engine => "Memory";

    /// <summary>Told of each commit, once it is made.</summary>
    public Action<IReadOnlyList<Change>>? OnCommit { get; set; }

    /// <summary>What stands in a table at this moment.</summary>
    public IEnumerable<Item> All(TableDefinition table) => _tables[table.Name].Items.Values;

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation)
    {
        StoreLimits.Validate(key);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(One(key, consistent));
    }

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation)
    {
        StoreLimits.Validate(keys);
        cancellation.ThrowIfCancellationRequested();
        var items = new Item?[keys.Count];
        for (var i = 0; i < items.Length; i++) items[i] = One(keys[i], consistent);
        return Task.FromResult<IReadOnlyList<Item?>>(items);
    }

    public Task<Page> Query(Query query, CancellationToken cancellation)
    {
        StoreLimits.Validate(query);
        cancellation.ThrowIfCancellationRequested();
        var table = _tables[query.Table.Name];
        return Task.FromResult(MemoryQuery.Read(query, query.Consistent ? table.Items : table.Seen(lag)));
    }

    public Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        StoreLimits.Validate(writes, token);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Make(writes, token));
    }

    public void Dispose() { }

    private Item? One(ItemKey key, bool consistent)
    {
        var table = _tables[key.Table.Name];
        return (consistent ? table.Get(key) : table.Seen(lag).GetValueOrDefault(key))?.Copy();
    }

    private CommitResult Make(IReadOnlyList<Write> writes, string? token)
    {
        if (token is not null && _tokens.TryGetValue(token, out var known) && now() - known.At < TokenLife)
            return known.Writes == CommitFingerprint.Of(writes) ? CommitResult.Committed : throw new StoreLimitException("The token belongs to another commit.");

        var rejections = new List<Rejection>();
        var changes = new List<Change>(writes.Count);
        for (var i = 0; i < writes.Count; i++)
        {
            var (write, before) = (writes[i], _tables[writes[i].Key.Table.Name].Get(writes[i].Key));
            if (Precondition.Refusal(write, before) is { } reason) rejections.Add(new(i, reason, before?.Copy()));
            else if (write is not Check) changes.Add(new(write.Key, before, After(write, before)));
        }

        if (rejections.Count > 0) return CommitResult.Rejected(rejections);
        foreach (var change in changes) _tables[change.Key.Table.Name].Set(change.Key, change.After);
        if (token is not null) _tokens[token] = (now(), CommitFingerprint.Of(writes));
        OnCommit?.Invoke(changes);
        return CommitResult.Committed;
    }

    private static Item? After(Write write, Item? before) => write switch
    {
        Put put => Precondition.Apply(put),
        Adjust adjust => Precondition.Apply(adjust, before),
        _ => null,
    };
}
