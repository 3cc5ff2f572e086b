using Ecommerce.Storage;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>A SKU that is running low, from the fall that was told until there is more of it again.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Available">What was left when it was told.</param>
/// <param name="Since">When that was.</param>
/// <param name="Version">As stored; 0 before it is.</param>
internal sealed record LowSku(Sku Sku, long Available, DateTime Since, long Version = 0)
{
    /// <summary>Sorts behind everything that a product's SKUs can be called.</summary>
    private const string Behind = ":\U0010FFFF";

    /// <summary>All of them, by the names of the SKUs.</summary>
    public static Query All => new(Tables.EventLogs, "low") { Consistent = true };

    public static ItemKey KeyOf(Sku sku) => Tables.EventLogs.Key(All.Partition, sku.ToString());

    /// <summary>Those of one product.</summary>
    public static Query Of(string productId) => All with { From = productId, To = productId + Behind, Limit = Product.MaxSizes };

    public static LowSku Of(Item item)
    {
        var productId = item.Text("productId");
        return new(Sku.Named(productId, item.Text("entryId")), item.Number("available"), item.Number("since").ToTime(), item.Version);
    }

    public Put ToPut() => new(Tables.EventLogs, new()
    {
        ["stream"] = All.Partition,
        ["entryId"] = Sku.ToString(),
        ["productId"] = Sku.ProductId,
        ["available"] = Available,
        ["since"] = Since.ToMilliseconds(),
    }, Expect.AtVersion(Version));

    public Delete ToDelete() => new(KeyOf(Sku), Expect.AtVersion(Version));
}
