using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>A stock keeping unit: a product, or one of its sizes.</summary>
public readonly record struct Sku(string ProductId, string? Size)
{
    public const string Available = "available";

    /// <summary>Stands for the size of a product without sizes, since a key has no empty part; no size may be called that.</summary>
    public const string NoSize = "-";

    public const int MaxSize = 20;

    public ItemKey Key => Tables.Inventory.Key(ProductId, Size ?? NoSize);

    /// <summary>The SKU's name for people and logs.</summary>
    public override string ToString() => Size is null ? ProductId : $"{ProductId}:{Size}";

    /// <summary>The SKU of a product that has this name.</summary>
    public static Sku Named(string productId, string name) => new(productId, name == productId ? null : name[(productId.Length + 1)..]);

    public static Sku Of(Item item) => new(item.Text("productId"), item.Text("size") is var size && size == NoSize ? null : size);

    /// <summary>Whether a size can be called so at all; what cannot is not worth a look into the store.</summary>
    public static bool IsSize(string size) =>
        size.Length is > 0 and <= MaxSize && size == size.Trim() && size != NoSize && !size.Contains('#') && !size.Any(char.IsControl);

    public Item ToItem(long available) => new() { ["productId"] = ProductId, ["size"] = Size ?? NoSize, [Available] = available };
}
