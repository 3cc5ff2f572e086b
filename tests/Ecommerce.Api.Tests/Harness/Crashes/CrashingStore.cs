using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>A store whose calls are subject to the <see cref="Fate"/> of whoever makes them.</summary>
internal sealed class CrashingStore(IStore inner) : IStore
{
    public string Engine => inner.Engine;

    /// <summary>The store belongs to the app that survives.</summary>
    public void Dispose() { }

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation) =>
        Call($"Get {key.Table}", () => inner.Get(key, consistent, cancellation));

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation) =>
        Call($"GetMany {Names(keys)}", () => inner.GetMany(keys, consistent, cancellation));

    public Task<Page> Query(Query query, CancellationToken cancellation) => Call($"Query {query.Table}", () => inner.Query(query, cancellation));

    public Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default) =>
        Call($"Commit {Names(writes.Select(write => write.Key))}", () => inner.Commit(writes, token, cancellation));

    private static Task<T> Call<T>(string name, Func<Task<T>> call) =>
        Fate.Current is { } fate ? fate.Call(name, call, () => throw new StoreUnavailableException("The store is out of reach, by fate.")) : call();

    private static string Names(IEnumerable<ItemKey> keys) => string.Join('+', keys.Select(key => key.Table.Name).Distinct());
}
