using System.Text.Json.Serialization;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>A SKU that is running low.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Sku">The SKU's name.</param>
/// <param name="Size">Left out for a product without sizes.</param>
/// <param name="Name">The product's.</param>
/// <param name="Available">Units that can be sold.</param>
/// <param name="Since">When it was told.</param>
public sealed record LowStockAnswer(
    string ProductId, string Sku, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Size, string Name, long Available, DateTime Since)
{
    internal static LowStockAnswer Of(ListedSku listed) => new(
        listed.Low.Sku.ProductId, listed.Low.Sku.ToString(), listed.Low.Sku.Size, listed.Name, listed.Available, listed.Low.Since);
}
