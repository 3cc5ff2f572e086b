using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>
/// What orders hold while they are being paid. A hold is not written anywhere: it is an order in that state, and there are only as
/// many as there are payments under way.
/// </summary>
public sealed class Holds(IStore store)
{
    /// <summary>Units held of each SKU of a product; SKUs of which none is held are left out.</summary>
    public async Task<IReadOnlyDictionary<Sku, long>> Of(string productId, CancellationToken cancellation)
    {
        var held = new Dictionary<Sku, long>();
        for (var shard = 0; shard < Tables.Shards; shard++)
        {
            var query = new Query(Tables.Orders, OrderItems.HeldQueue(shard)) { Index = Tables.Orders.Index("due"), Limit = StoreLimits.KeysPerGetMany };
            do
            {
                var page = await store.Query(query, cancellation);
                await Add(held, productId, page.Items, cancellation);
                query = query with { After = page.Next };
            }
            while (query.After is not null);
        }

        return held;
    }

    private async Task Add(Dictionary<Sku, long> held, string productId, IReadOnlyList<Item> due, CancellationToken cancellation)
    {
        if (due.Count == 0) return;
        var orders = await store.GetMany([.. due.Select(Tables.Orders.KeyOf)], consistent: true, cancellation);
        foreach (var order in orders.OfType<Item>().Select(OrderItems.ToOrder).Where(order => order.HoldsStock))
            foreach (var line in order.Lines.Where(line => line.ProductId == productId))
            {
                var sku = new Sku(line.ProductId, line.Size);
                held[sku] = held.GetValueOrDefault(sku) + line.Qty;
            }
    }
}
