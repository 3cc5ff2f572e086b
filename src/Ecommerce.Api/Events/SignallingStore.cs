using Ecommerce.Api.Deliveries;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>The store, which raises a signal after each commit that logs something, or leaves something to be sent.</summary>
internal sealed class SignallingStore(IStore inner, Signals signals) : IStore
{
    public string Engine => inner.Engine;

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation) => inner.Get(key, consistent, cancellation);

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation) =>
        inner.GetMany(keys, consistent, cancellation);

    public Task<Page> Query(Query query, CancellationToken cancellation) => inner.Query(query, cancellation);

    public async Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        var result = await inner.Commit(writes, token, cancellation);
        if (!result.IsCommitted) return result;
        foreach (var put in writes.OfType<Put>())
        {
            if (EventLog.IsToBeDispatched(put)) signals.Logged.Raise();
            else if (DeliveryItems.IsToBeSent(put)) signals.ToDeliver(DeliveryItems.ChannelOf(put)).Raise();
        }

        return result;
    }

    public void Dispose() => inner.Dispose();
}
