using Ecommerce.Api.Products.Images;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>Products as the store keeps them.</summary>
internal static class ProductItems
{
    public const string SoldOut = "soldOut";
    public const string ShelfKey = "shelf";
    public const string NameKey = "nameKey";
    public const string CategoryKey = "categoryKey";

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
        [ShelfKey] = Shelf,
        [NameKey] = WordKey(product.Name),
        [CategoryKey] = product.Category is { } category ? WordKey(category) : null,
    };

    /// <summary>The product, out of its own item or an entry's.</summary>
    public static Product ToProduct(this Item item) => new()
    {
        ProductId = ProductEntries.ProductId(item.Text("productId")),
        Name = item.Text("name"),
        Price = new(item.Number("price")),
        Description = item.TextOrNull("description"),
        Category = item.TextOrNull("category"),
        Tags = item.Texts("tags"),
        Attributes = item.MapOrNull("attributes") ?? [],
        Sizes = item.Texts("sizes"),
        SoldOut = item.Number(SoldOut),
        Image = ProductImage.Of(item["image"]),
        Revision = item.Number("revision"),
        CreatedAt = item.Number("createdAt").ToTime(),
        UpdatedAt = item.Number("updatedAt").ToTime(),
        Version = item.Version,
    };

    /// <summary>The form in which names, categories and tags are ordered and compared.</summary>
    public static string WordKey(string text) => text.ToLowerInvariant();
}
