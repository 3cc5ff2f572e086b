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
        var orders = new Dictionary<string, Order>();
        for (var shard = 0; shard < Tables.Shards; shard++)
        {
            var held = new Query(Tables.Orders, OrderItems.HeldQueue(shard)) { Index = Tables.Orders.Index("due") };

            // An order whose due time is moved meanwhile is met twice.
            await foreach (var some in store.ReadIndexed(held, cancellation))
                foreach (var order in some.Select(OrderItems.ToOrder)) orders[order.OrderId] = order;
        }

        return new(orders.Values.Where(order => order.HoldsStock));
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
