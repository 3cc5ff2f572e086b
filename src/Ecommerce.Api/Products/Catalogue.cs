using System.Globalization;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>What a caller wants to see of the shop window.</summary>
public readonly record struct CatalogueFilter(
    string? Category, string? Tag, Money? MinPrice, Money? MaxPrice, bool? InStock, string? Sort)
{
    public static readonly IReadOnlyList<string> Sorts = ["newest", "price", "-price", "name"];

    public bool ByPrice => Sort is "price" or "-price";

    /// <summary>Whether the wanted products are just those the index gives.</summary>
    public bool IsExact => Tag is null && InStock is null && (ByPrice || (MinPrice is null && MaxPrice is null));

    public string Scope => string.Join('\n', "product", Category, Tag, MinPrice, MaxPrice, InStock, Sort);

    /// <summary>Reads the query parameters; answers what is wrong with one, or null.</summary>
    public static Problem? Check(
        string? category, string? tag, string? minPrice, string? maxPrice, string? inStock, string? sort, out CatalogueFilter filter)
    {
        filter = default;
        if (QueryText.Amount("minPrice", minPrice, out var min) is { } wrongMin) return wrongMin;
        if (QueryText.Amount("maxPrice", maxPrice, out var max) is { } wrongMax) return wrongMax;
        if (min > max) return Problem.Invalid("minPrice", "must not be above maxPrice");
        if (QueryText.Flag("inStock", inStock, out var available) is { } wrongFlag) return wrongFlag;
        if (category is not null && (category.Length > Product.MaxWord || category.Any(char.IsControl)))
            return Problem.Invalid("category", $"must have at most {Product.MaxWord} characters and no control characters");
        if (!string.IsNullOrEmpty(sort) && !Sorts.Contains(sort)) return Problem.Invalid("sort", $"must be one of {string.Join(", ", Sorts)}");
        filter = new(Text(category), Text(tag), min, max, available, Text(sort));
        return null;
    }

    public bool Wants(Item item) =>
        (MinPrice is null || item.Number("price") >= MinPrice.Value.Minor)
        && (MaxPrice is null || item.Number("price") <= MaxPrice.Value.Minor)
        && (InStock is not { } inStock || item.ToProduct().InStock == inStock)
        && (Tag is not { } tag || item.List("tags").Any(t => string.Equals(t.AsText, tag, StringComparison.OrdinalIgnoreCase)));

    private static string? Text(string? parameter) => string.IsNullOrWhiteSpace(parameter) ? null : parameter.Trim();
}

/// <summary>
/// Lists products in one query of one index, whatever the size of the catalogue. An index gives the order, the category and, in order
/// of price, the price range; what it cannot give is filtered, within <see cref="FilteredQuery.MaxRead"/> products a request.
/// </summary>
public sealed class Catalogue(IStore store)
{
    public Task<Page> List(CatalogueFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var query = Query(filter) with { Limit = page.Limit, After = page.After };
        return filter.IsExact ? store.Query(query, cancellation) : store.QueryWhere(query, filter.Wants, cancellation);
    }

    private static Query Query(CatalogueFilter filter)
    {
        var order = filter.Sort switch { "price" or "-price" => "price", "name" => "name", _ => "newest" };
        var index = filter.Category is null ? order : string.Create(CultureInfo.InvariantCulture, $"category{char.ToUpperInvariant(order[0])}{order[1..]}");
        return new(Tables.Products, filter.Category is { } category ? ProductItems.CategoryKey(category) : ProductItems.Shelf)
        {
            Index = Tables.Products.Index(index),
            Descending = filter.Sort is null or "newest" or "-price",
            From = filter.ByPrice ? filter.MinPrice?.Minor : Value.None,
            To = filter.ByPrice ? filter.MaxPrice?.Minor : Value.None,
        };
    }
}
