using System.Text.Json.Serialization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>A product to sell, with its first stock: a number, or one per size.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Price">More than 0, at most 99,999,999.99.</param>
/// <param name="Description">At most 4,000 characters.</param>
/// <param name="Category">At most 50 characters; <c>kits</c> and <c>boots</c> need the attributes of their label.</param>
/// <param name="Tags">At most 20.</param>
/// <param name="Attributes">At most 20 texts, whole numbers or flags.</param>
/// <param name="Stock">Units on hand of a product without sizes.</param>
/// <param name="Sizes">Units on hand of each size, at most 50.</param>
public sealed record CreateProductRequest(
    string? Name,
    Money? Price,
    string? Description,
    string? Category,
    IReadOnlyList<string?>? Tags,
    ProductAttributes? Attributes,
    long? Stock,
    IReadOnlyDictionary<string, long>? Sizes) : IProductFields;

/// <summary>A product's new description; its stock stays what it is.</summary>
public sealed record UpdateProductRequest(
    string? Name,
    Money? Price,
    string? Description,
    string? Category,
    IReadOnlyList<string?>? Tags,
    ProductAttributes? Attributes) : IProductFields;

/// <summary>What creating and editing a product have in common.</summary>
public interface IProductFields
{
    string? Name { get; }

    Money? Price { get; }

    string? Description { get; }

    string? Category { get; }

    IReadOnlyList<string?>? Tags { get; }

    ProductAttributes? Attributes { get; }
}

internal static class ProductFields
{
    /// <summary>The product as fields describe it that have been validated.</summary>
    public static Product ApplyTo(this IProductFields fields, Product product) => product with
    {
        Name = fields.Name!.Trim(),
        Price = fields.Price!.Value,
        Description = fields.Description,
        Category = fields.Category?.Trim(),
        Tags = fields.Tags is null ? [] : [.. fields.Tags.Select(tag => tag!.Trim()).Distinct()],
        Attributes = fields.Attributes?.Values ?? [],
    };
}

public sealed record ProductCreated(string Message, string ProductId);

/// <summary>A product in a list.</summary>
public sealed record ProductSummary(
    string ProductId,
    string Name,
    string Label,
    Money Price,
    string Currency,
    string? Category,
    IReadOnlyList<string> Tags,
    string? Description,
    string? ImageUrl,
    bool InStock)
{
    public static ProductSummary Of(Product product, string currency) => new(
        product.ProductId, product.Name, product.Label, product.Price, currency,
        product.Category, product.Tags, product.Description, product.ImageUrl, product.InStock);
}

/// <summary>A product, whole.</summary>
/// <param name="Sizes">Empty for a product without sizes.</param>
/// <param name="Available">Units on hand, of all sizes.</param>
public sealed record ProductDetails(
    string ProductId,
    string Name,
    string Label,
    Money Price,
    string Currency,
    string? Category,
    IReadOnlyList<string> Tags,
    string? Description,
    string? ImageUrl,
    bool InStock,
    ProductAttributes Attributes,
    IReadOnlyList<SizeAvailability> Sizes,
    long Available,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static ProductDetails Of(Product product, IReadOnlyList<StockLevel> stock, string currency)
    {
        var available = stock.ToDictionary(level => level.Sku.Size ?? Sku.NoSize, level => level.Available);
        var total = available.Values.Sum();
        return new(
            product.ProductId, product.Name, product.Label, product.Price, currency,
            product.Category, product.Tags, product.Description, product.ImageUrl, total > 0, new(product.Attributes),
            [.. product.Sizes.Select(size => new SizeAvailability(size, available.GetValueOrDefault(size)))],
            total, product.CreatedAt, product.UpdatedAt);
    }
}

public sealed record SizeAvailability(string Size, long Available);

/// <summary>A change of stock by hand: a delivery, a breakage, a recount.</summary>
/// <param name="Delta">Units to add, or to take when negative; not 0.</param>
/// <param name="Reason">Why, for the ledger; at most 200 characters.</param>
/// <param name="Size">Which size, for a product that comes in sizes.</param>
public sealed record AdjustStockRequest(long? Delta, string? Reason, string? Size);

/// <param name="ProductId">The product.</param>
/// <param name="Skus">One entry per size, or one in all.</param>
public sealed record StockAnswer(string ProductId, IReadOnlyList<SkuStock> Skus);

/// <param name="Sku">The SKU's name.</param>
/// <param name="Size">Null for a product without sizes.</param>
/// <param name="Available">Units that can be sold.</param>
/// <param name="Reserved">Units held by orders that are being paid.</param>
public sealed record SkuStock(string Sku, string? Size, long Available, long Reserved);

/// <summary>A line of the stock ledger.</summary>
/// <param name="At">When the stock moved.</param>
/// <param name="Sku">The SKU's name.</param>
/// <param name="Delta">Units brought, or taken when negative.</param>
/// <param name="Reason">As given with an adjustment; otherwise the event that it followed from, such as <c>OrderConfirmed</c>.</param>
/// <param name="Actor">Whose doing it was: a user id.</param>
/// <param name="OrderId">The order that it moved for, if any.</param>
public sealed record StockMoveAnswer(
    DateTime At, string Sku, long Delta, string Reason, string Actor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrderId)
{
    public static StockMoveAnswer Of(Item line) => new(
        line.Number("at").ToTime(), line.Text("sku"), line.Number("delta"), line.Text("reason"), line.Text("actor"), line.TextOrNull("orderId"));
}

/// <summary>A product's attributes, as one JSON object of texts, whole numbers and flags.</summary>
[JsonConverter(typeof(ProductAttributesConverter))]
public sealed record ProductAttributes(Item Values);
