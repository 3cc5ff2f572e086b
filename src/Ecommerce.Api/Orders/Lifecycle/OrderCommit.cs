using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

internal static class OrderCommit
{
    /// <summary>Commits a change of an order; the order as stored, or null when the change was made on a version that is past.</summary>
    /// <exception cref="StoreUnavailableException">The outcome is unknown; whoever comes next reads it from the order.</exception>
    public static async Task<Order?> Commit(this StockCommits stock, OrderChange change) => await stock.Outcome(change) switch
    {
        StockOutcome.Committed => change.Stored,
        StockOutcome.Short or StockOutcome.Gone when change.WithoutStock is { } instead => await stock.Commit(instead),
        StockOutcome.Gone gone => await stock.Commit(change.WithoutMovesOf(gone.Skus)),
        StockOutcome.Refused refused when change.Cart is not null && refused.Rejections.All(rejection => rejection.Index == change.Writes.Count) =>
            await stock.Commit(change with { Cart = null }),
        _ => null,
    };

    private static Task<StockOutcome> Outcome(this StockCommits stock, OrderChange change) => stock.Commit(
        change.Cart is { } cart ? [.. change.Writes, cart.ToPut()] : change.Writes, change.Moves);
}
