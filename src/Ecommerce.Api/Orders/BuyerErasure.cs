using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>Takes what is personal out of the orders of somebody whose account goes. The orders stay, for the books.</summary>
internal sealed class BuyerErasure(IStore store)
{
    /// <summary>Can be repeated, and does what is left. An order of the last moment may not be in the index yet, and is missed.</summary>
    public async Task Erase(string userId, CancellationToken cancellation)
    {
        await foreach (var some in store.ReadIndexed(new(Tables.Orders, userId) { Index = Tables.Orders.Index("user") }, cancellation))
            foreach (var item in some) await Erase(item, cancellation);
    }

    private async Task Erase(Item? found, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            if (found?.ToOrderOrNull() is not { BuyerErased: false } order) return;
            if ((await store.Commit([order.WithoutBuyer().ToPut()], cancellation: cancellation)).IsCommitted) return;
            await Contention.Pause(attempt, cancellation);
            found = await store.Get(Tables.Orders.Key(order.OrderId), consistent: true, cancellation);
        }

        throw new StoreUnavailableException("The order changed under every attempt to write it.");
    }
}
