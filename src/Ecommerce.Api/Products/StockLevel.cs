using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>What is on hand of one SKU.</summary>
public readonly record struct StockLevel(Sku Sku, long Available)
{
    /// <summary>The most units that a request can set or move.</summary>
    public const long Max = 1_000_000_000;

    public static StockLevel Of(Item item) => new(Sku.Of(item), item.Number(Sku.Available));
}
