using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>
/// What orders hold while they are being paid. A hold is not written anywhere: it is an order in that state, and there are only as
/// many as there are payments under way.
/// </summary>
public sealed class Holds(IStore store)
{
    /// <summary>
    /// All that is held now. An order is found by the index, so on DynamoDB one that began to hold within the last second may be missing;
    /// whether it still holds is read from the order.
    /// </summary>
    public async Task<HeldStock> Read(CancellationToken cancellation)
    {
        var queues = Enumerable.Range(0, Tables.Shards).Select(shard => new Query(Tables.Orders, OrderItems.HeldQueue(shard)) { Index = Tables.Orders.Index("due") });
        var found = await Task.WhenAll(queues.Select(queue => store.ReadIndexed(queue, cancellation).SelectMany(orders => orders).ToListAsync(cancellation).AsTask()));

        // An order whose due time is moved meanwhile is met twice.
        var orders = found.SelectMany(orders => orders).Select(OrderItems.ToOrder).GroupBy(order => order.OrderId, (_, met) => met.MaxBy(order => order.Version)!);
        return new(orders.Where(order => order.HoldsStock));
    }
}

/// <summary>What some orders hold, by SKU.</summary>
public sealed class HeldStock(IEnumerable<Order> orders)
{
    private readonly ILookup<Sku, (string OrderId, int Units)> _holds = orders
        .SelectMany(order => order.Lines, (order, line) => (Sku: new Sku(line.ProductId, line.Size), order.OrderId, line.Qty))
        .ToLookup(hold => hold.Sku, hold => (hold.OrderId, hold.Qty));

    public long Of(Sku sku) => _holds[sku].Sum(hold => (long)hold.Units);

    /// <summary>Whether a SKU was held by the same orders at another moment.</summary>
    public bool IsSameOf(Sku sku, HeldStock other) => _holds[sku].ToHashSet().SetEquals(other._holds[sku]);
}
