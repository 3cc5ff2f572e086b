namespace Ecommerce.Api.Products;

/// <summary>What a shop window writes on a product: put together from its attributes for some categories, its name otherwise.</summary>
public static class ProductLabel
{
    /// <summary>The attributes that make the label of a category, in their order.</summary>
    public static IReadOnlyList<string> AttributesOf(string? category) => category?.ToLowerInvariant() switch
    {
        "kits" => ["team", "side", "season"],
        "boots" => ["brand", "model"],
        _ => [],
    };

    public static string Of(Product product) => AttributesOf(product.Category) is { Count: > 0 } names
        ? string.Join(' ', names.Select(name => product.Attributes[name].ToString()))
        : product.Name;
}
