using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>What a caller wants to see of the shop window.</summary>
public readonly record struct CatalogueFilter(
    string? Category, string? Tag, Money? MinPrice, Money? MaxPrice, bool? InStock, SearchTerms? Search, string? Sort)
{
    public static readonly IReadOnlyList<string> Sorts = ["newest", "price", "-price", "name"];

    public bool ByPrice => Sort is "price" or "-price";

    /// <summary>Whether the wanted products are just those a shelf's index gives.</summary>
    public bool IsExact =>
        Search is null && InStock is null && (Tag is null || Category is null) && (ByPrice || (MinPrice is null && MaxPrice is null));

    public string Scope => string.Join('\n', "product", Category, Tag, MinPrice, MaxPrice, InStock, Search, Sort);

    /// <summary>Reads the query parameters; answers what is wrong with one, or null.</summary>
    public static Problem? Check(
        string? category, string? tag, string? minPrice, string? maxPrice, string? inStock, string? q, string? sort, out CatalogueFilter filter)
    {
        filter = default;
        if (QueryText.Amount("minPrice", minPrice, out var min) is { } wrongMin) return wrongMin;
        if (QueryText.Amount("maxPrice", maxPrice, out var max) is { } wrongMax) return wrongMax;
        if (min > max) return Problem.Invalid("minPrice", "must not be above maxPrice");
        if (QueryText.Flag("inStock", inStock, out var available) is { } wrongFlag) return wrongFlag;
        if (WrongWord("category", category) is { } wrongCategory) return wrongCategory;
        if (WrongWord("tag", tag) is { } wrongTag) return wrongTag;
        if (SearchTerms.Check(q, out var search) is { } wrongSearch) return wrongSearch;
        if (!string.IsNullOrEmpty(sort) && !Sorts.Contains(sort)) return Problem.Invalid("sort", $"must be one of {string.Join(", ", Sorts)}");
        filter = new(Text(category), Text(tag), min, max, available, search, Text(sort));
        return null;
    }

    /// <summary>Whether a product, or an entry of one, is wanted.</summary>
    public bool Wants(Item item)
    {
        var product = item.ToProduct();
        return (MinPrice is null || product.Price >= MinPrice)
            && (MaxPrice is null || product.Price <= MaxPrice)
            && (InStock is null || product.InStock == InStock)
            && (Category is not { } category || (product.Category is { } its && IsSame(its, category)))
            && (Tag is not { } tag || product.Tags.Any(its => IsSame(its, tag)))
            && (Search is not { } terms || terms.Match(SearchWords.Of(product)));
    }

    private static bool IsSame(string one, string other) => ProductItems.WordKey(one) == ProductItems.WordKey(other);

    private static Problem? WrongWord(string name, string? word) => word is not null && (word.Length > Product.MaxWord || word.Any(char.IsControl))
        ? Problem.Invalid(name, $"must have at most {Product.MaxWord} characters and no control characters")
        : null;

    private static string? Text(string? parameter) => string.IsNullOrWhiteSpace(parameter) ? null : parameter.Trim();
}
