namespace Ecommerce.Api.Products.Audit;

/// <summary>One look at a SKU: what there is of it, and what its ledger says and orders hold of it.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Version">Of its item; 0 where there is none.</param>
/// <param name="Available">What is there to be sold.</param>
/// <param name="Ledger">What the lines of its ledger add up to.</param>
/// <param name="Held">What orders hold of it while they are being paid.</param>
/// <param name="IsSteady">Nothing moved it while it was looked at, and every pending entry was read, so that all of this is of one moment.</param>
internal readonly record struct SkuCount(Sku Sku, long Version, long Available, long Ledger, long Held, bool IsSteady)
{
    /// <summary>What should be available.</summary>
    public long Expected => Ledger - Held;

    public long Off => Available - Expected;
}

/// <summary>One look at a product, all of its SKUs and their count.</summary>
internal sealed record ProductCount(Product Product, IReadOnlyList<SkuCount> Skus)
{
    public int SoldOut => Own.Count(sku => sku.Available == 0);

    /// <summary>Those that the product comes in. A stray item or line makes another, which is wrong and no more than that.</summary>
    public IEnumerable<SkuCount> Own => Skus.Where(sku => Product.Skus.Contains(sku.Sku));

    /// <summary>How far the product is from knowing how many of its SKUs are sold out.</summary>
    public long CountOff => Product.SoldOut - SoldOut;

    public bool IsSteady => Skus.All(sku => sku.IsSteady);
}
