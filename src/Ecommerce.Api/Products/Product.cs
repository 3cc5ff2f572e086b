using Ecommerce.Api.Products.Images;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>What the shop sells. Its stock is kept apart, one item per SKU, so that editing a product never overwrites stock.</summary>
public sealed record Product
{
    public const string IdPrefix = "prod";

    public const int MaxSizes = 50;

    /// <summary>Characters of a category or a tag.</summary>
    public const int MaxWord = 50;

    public required string ProductId { get; init; }

    public required string Name { get; init; }

    public required Money Price { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Facts of a kind of goods: a kit's team, side and season, a boot's brand and model.</summary>
    public Item Attributes { get; init; } = [];

    /// <summary>Empty for a product that comes in one size only.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>
    /// How many of the product's SKUs have nothing left. Counted in the very commits that take a SKU's last unit or bring its first,
    /// so that a list knows what is in stock without reading any stock.
    /// </summary>
    public long SoldOut { get; init; }

    public ProductImage? Image { get; init; }

    /// <summary>Counts the edits; stock does not change it. The entity tag.</summary>
    public long Revision { get; init; } = 1;

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    /// <summary>As stored; 0 for a product that is not yet.</summary>
    public long Version { get; init; }

    /// <summary>One per size, or one in all.</summary>
    public IEnumerable<Sku> Skus => Sizes.Count == 0 ? [new(ProductId, null)] : Sizes.Select(size => new Sku(ProductId, size));

    public string Label => ProductLabel.Of(this);

    /// <summary>Where the image is, under this host; null without one.</summary>
    public string? ImageUrl => Image?.UrlOf(ProductId);

    public bool InStock => SoldOut < Math.Max(1, Sizes.Count);
}
