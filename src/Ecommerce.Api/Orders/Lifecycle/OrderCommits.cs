using Ecommerce.Api.Products;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>Commits changes of orders, with the stock that moves for them.</summary>
internal sealed class OrderCommits(StockCommits stock)
{
    /// <summary>Commits a change of an order; the order as stored, or null when the change was made on a version that is past.</summary>
    /// <exception cref="StoreUnavailableException">The outcome is unknown; whoever comes next reads it from the order.</exception>
    public async Task<Order?> Commit(OrderChange change) => await Outcome(change) switch
    {
        StockOutcome.Committed => change.Stored,
        StockOutcome.Short or StockOutcome.Gone when change.WithoutStock is { } instead => await Commit(instead),
        StockOutcome.Gone gone => await Commit(change.WithoutMovesOf(gone.Skus)),
        StockOutcome.Refused refused when change.Cart is not null && refused.Rejections.All(rejection => rejection.Index == change.Writes.Count) =>
            await Commit(change with { Cart = null }),
        _ => null,
    };

    /// <summary>Commits a change as it is, and says what came of it.</summary>
    public async Task<StockOutcome> Outcome(OrderChange change, CancellationToken cancellation = default)
    {
        var outcome = await stock.Commit(change.Cart is { } cart ? [.. change.Writes, cart.ToPut()] : change.Writes, change.Moves, cancellation);
        if (outcome is StockOutcome.Committed) ShopMeter.Count(change.Order);
        return outcome;
    }
}
