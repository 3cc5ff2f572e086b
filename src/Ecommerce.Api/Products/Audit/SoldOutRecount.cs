using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>
/// Sets right how many of a product's SKUs are sold out, where a crash left it wrong: see <see cref="StockCommits"/>. One commit, which
/// checks that no SKU has moved since it was counted and writes the product's entries too; there is room for all of them, as when the
/// product was made.
/// </summary>
internal sealed class SoldOutRecount(IStore store)
{
    /// <summary>False when something moved meanwhile, and the count with it: then the next audit looks again.</summary>
    public async Task<bool> Repair(ProductCount count) => (await store.Commit(Writes(count))).IsCommitted;

    private static IReadOnlyList<Write> Writes(ProductCount count) =>
    [
        .. ProductEntries.Writes(count.Product, count.Product with { SoldOut = count.SoldOut }),
        .. count.Own.Select(sku => new Check(sku.Sku.Key, Expect.AtVersion(sku.Version))),
    ];
}
