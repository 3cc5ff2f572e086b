using Ecommerce.Api.Products.Images;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>Products as the store keeps them.</summary>
internal static class ProductItems
{
    public const string SoldOut = "soldOut";

    /// <summary>The partition in which every product stands, in the orders of a shop window.</summary>
    public const string Shelf = "all";

    public static Item ToItem(this Product product) => new()
    {
        ["productId"] = product.ProductId,
        ["name"] = product.Name,
        ["price"] = product.Price.Minor,
        ["description"] = product.Description,
        ["category"] = product.Category,
        ["tags"] = product.Tags.Count == 0 ? Value.None : Value.Of(product.Tags),
        ["attributes"] = product.Attributes.Count == 0 ? null : product.Attributes,
        ["sizes"] = product.Sizes.Count == 0 ? Value.None : Value.Of(product.Sizes),
        [SoldOut] = product.SoldOut,
        ["image"] = product.Image?.ToValue() ?? Value.None,
        ["revision"] = product.Revision,
        ["createdAt"] = product.CreatedAt.ToMilliseconds(),
        ["updatedAt"] = product.UpdatedAt.ToMilliseconds(),
        ["shelf"] = Shelf,
        ["nameKey"] = product.Name.ToLowerInvariant(),
        ["categoryKey"] = product.Category is { } category ? CategoryKey(category) : null,
    };

    public static Product ToProduct(this Item item) => new()
    {
        ProductId = item.Text("productId"),
        Name = item.Text("name"),
        Price = new(item.Number("price")),
        Description = item.TextOrNull("description"),
        Category = item.TextOrNull("category"),
        Tags = Texts(item.List("tags")),
        Attributes = item.MapOrNull("attributes") ?? [],
        Sizes = Texts(item.List("sizes")),
        SoldOut = item.Number(SoldOut),
        Image = ProductImage.Of(item["image"]),
        Revision = item.Number("revision"),
        CreatedAt = item.Number("createdAt").ToTime(),
        UpdatedAt = item.Number("updatedAt").ToTime(),
        Version = item.Version,
    };

    public static string CategoryKey(string category) => category.ToLowerInvariant();

    private static string[] Texts(IReadOnlyList<Value> values) => [.. values.Select(value => value.AsText)];
}
