using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>The store, which raises the signal after each commit that logs something.</summary>
internal sealed class SignallingStore(IStore inner, DispatchSignal signal) : IStore
{
    public string Engine => inner.Engine;

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation) => inner.Get(key, consistent, cancellation);

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation) =>
        inner.GetMany(keys, consistent, cancellation);

    public Task<Page> Query(Query query, CancellationToken cancellation) => inner.Query(query, cancellation);

    public async Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        var result = await inner.Commit(writes, token, cancellation);
        if (result.IsCommitted && writes.Any(write => write is Put { Table: var table, Item: var item } && table == Tables.EventLogs && EventLog.IsPending(item)))
            signal.Raise();
        return result;
    }

    public void Dispose() => inner.Dispose();
}
