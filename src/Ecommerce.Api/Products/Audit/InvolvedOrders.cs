using Ecommerce.Api.Http;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>
/// Finds the orders that may have to do with a drift: those that moved or hold the SKU since it was last right. Before all others come
/// those for which the ledger does not have what their state says: a sale that is not noted, a sale of an order that was never paid.
/// </summary>
internal sealed class InvolvedOrders(IStore store, StockLedger ledger, OrderListing listing)
{
    private const int MostNamed = 50;

    /// <summary>Orders looked at, newest first: of those in the list of all orders, and of those in one ledger.</summary>
    private const int MostListed = 2_000;
    private const int MostMoved = 500;

    /// <param name="drifts">SKUs, and since when each of them drifts at the earliest; null for ever.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>For each SKU at most 50 order ids.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> Of(IReadOnlyList<(Sku Sku, DateTime? Since)> drifts, CancellationToken cancellation)
    {
        if (drifts.Count == 0) return [];
        var listed = await ListedSince(drifts.Min(drift => drift.Since ?? DateTime.MinValue), cancellation);
        var named = new List<IReadOnlyList<string>>();
        foreach (var (sku, since) in drifts) named.Add(await Of(sku, since ?? DateTime.MinValue, listed, cancellation));
        return named;
    }

    private async Task<IReadOnlyList<string>> Of(Sku sku, DateTime since, IReadOnlyList<Order> listed, CancellationToken cancellation)
    {
        var moved = await Moved(sku, cancellation);
        var recent = moved.Where(order => order.Value.LastAt >= since).OrderByDescending(order => order.Value.LastAt).Take(MostMoved).Select(order => order.Key).ToList();
        var orders = listed.Where(order => UnitsOf(order, sku) > 0).ToDictionary(order => order.OrderId);
        var others = await store.GetAll(recent.Except(orders.Keys).Select(orderId => Tables.Orders.Key(orderId)), cancellation);
        foreach (var order in others.Select(OrderItems.ToOrder)) orders[order.OrderId] = order;

        var suspects = recent.Union(orders.Keys).Select(orderId =>
        {
            var (order, noted) = (orders.GetValueOrDefault(orderId), moved.GetValueOrDefault(orderId));
            var isCulprit = order is null || noted.Units != MoveOf(order, sku);
            return (orderId, isCulprit, isInvolved: isCulprit || order!.HoldsStock || recent.Contains(orderId), at: order?.CreatedAt ?? noted.LastAt);
        });
        return [.. suspects.Where(order => order.isInvolved).OrderByDescending(order => order.isCulprit).ThenByDescending(order => order.at).Take(MostNamed).Select(order => order.orderId)];
    }

    /// <summary>What the ledger notes of a SKU for each order.</summary>
    private async Task<IReadOnlyDictionary<string, (long Units, DateTime LastAt)>> Moved(Sku sku, CancellationToken cancellation)
    {
        var moved = new Dictionary<string, (long Units, DateTime LastAt)>();
        await foreach (var line in ledger.All(sku.ProductId, cancellation))
            if (line.TextOrNull("orderId") is { } orderId && line.Text("sku") == sku.ToString())
                moved[orderId] = (moved.GetValueOrDefault(orderId).Units + line.Number("delta"), line.Number("at").ToTime());
        return moved;
    }

    /// <summary>What the ledger should note of a SKU for an order.</summary>
    private static long MoveOf(Order order, Sku sku) => order.WasEver(OrderStatus.Confirmed) && order.Status != OrderStatus.Cancelled ? -UnitsOf(order, sku) : 0;

    private static long UnitsOf(Order order, Sku sku) => order.Lines.Where(line => line.ProductId == sku.ProductId && line.Size == sku.Size).Sum(line => (long)line.Qty);

    /// <summary>Also those that were placed before and may have been paid since.</summary>
    private async Task<IReadOnlyList<Order>> ListedSince(DateTime since, CancellationToken cancellation)
    {
        var from = since == DateTime.MinValue ? default(DateTime?) : since - OpenWorkOfOrders.UnpaidLife;
        var listed = new List<Order>();
        string? after = null;
        do
        {
            var page = await listing.Read(null, from, null, new PageRequest("", PageRequest.MaxLimit, after), cancellation);
            listed.AddRange(page.Items.Select(OrderItems.ToOrder));
            after = page.Next;
        }
        while (after is not null && listed.Count < MostListed);
        return listed;
    }
}
