using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>
/// Looks at the stock of products beside whoever buys it. Stock and holds are read before the ledgers and after them: a SKU that has the
/// same version, and is held by the same orders, both times did not move in between.
/// </summary>
internal sealed class StockTaking(IStore store, StockLedger ledger, Holds holds)
{
    private const int AtOnce = 8;

    /// <summary>A look at each product that is still sold.</summary>
    /// <param name="productIds">At most 100.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<ProductCount>> Look(IReadOnlyList<string> productIds, CancellationToken cancellation)
    {
        if (productIds.Count == 0) return [];
        var stock = await ForEach(productIds, productId => Stock(productId, cancellation));
        var products = await store.GetMany([.. productIds.Select(productId => Tables.Products.Key(productId))], consistent: true, cancellation);
        var held = await holds.Read(cancellation);
        var pending = await PendingMoves.Read(store, cancellation);
        var ledgers = await ForEach(productIds, productId => Ledger(productId, pending, cancellation));
        var heldAfter = await holds.Read(cancellation);
        var stockAfter = await ForEach(productIds, productId => Stock(productId, cancellation));

        return [.. productIds.Select((_, i) => products[i] is { } product ? Count(product.ToProduct(), stock[i], stockAfter[i], ledgers[i]) : null).OfType<ProductCount>()];

        ProductCount Count(Product product, IReadOnlyDictionary<Sku, Item> before, IReadOnlyDictionary<Sku, Item> after, IReadOnlyDictionary<Sku, long> sums)
        {
            var skus = product.Skus.Union(after.Keys).Union(sums.Keys);
            return new(product, [.. skus.Select(sku => new SkuCount(
                sku, VersionOf(after, sku), after.GetValueOrDefault(sku)?.Number(Sku.Available) ?? 0, sums.GetValueOrDefault(sku), heldAfter.Of(sku),
                IsSteady: pending.IsWhole && VersionOf(before, sku) == VersionOf(after, sku) && held.IsSameOf(sku, heldAfter)))]);
        }
    }

    private async Task<IReadOnlyDictionary<Sku, Item>> Stock(string productId, CancellationToken cancellation)
    {
        var page = await store.Query(new(Tables.Inventory, productId) { Limit = StoreLimits.ItemsPerPage, Consistent = true }, cancellation);
        return page.Items.ToDictionary(Sku.Of);
    }

    /// <summary>What the lines add up to, with those that entries are still to become. A line of both counts once.</summary>
    private async Task<IReadOnlyDictionary<Sku, long>> Ledger(string productId, PendingMoves pending, CancellationToken cancellation)
    {
        var sums = new Dictionary<Sku, long>();
        var missing = pending.Of(productId);
        await foreach (var line in ledger.All(productId, cancellation))
        {
            missing.Remove(line.Text("entryId"));
            Add(new(Sku.Named(productId, line.Text("sku")), line.Number("delta")));
        }

        foreach (var move in missing.Values) Add(move);
        return sums;

        void Add(StockMove move) => sums[move.Sku] = sums.GetValueOrDefault(move.Sku) + move.Delta;
    }

    private static async Task<IReadOnlyList<T>> ForEach<T>(IReadOnlyList<string> productIds, Func<string, Task<T>> read)
    {
        var all = new List<T>(productIds.Count);
        foreach (var some in productIds.Chunk(AtOnce)) all.AddRange(await Task.WhenAll(some.Select(read)));
        return all;
    }

    private static long VersionOf(IReadOnlyDictionary<Sku, Item> stock, Sku sku) => stock.GetValueOrDefault(sku)?.Version ?? 0;
}
