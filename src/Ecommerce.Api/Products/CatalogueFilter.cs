using Ecommerce.Api.Http;

namespace Ecommerce.Api.Products;

/// <summary>What a caller wants to see of the shop window.</summary>
public readonly record struct CatalogueFilter(
    string? Category, string? Tag, Money? MinPrice, Money? MaxPrice, bool? InStock, SearchTerms? Search, SortOrder? Sort)
{
    public bool ByPrice => Sort is { ByPrice: true };

    /// <summary>Whether the wanted products are just those a shelf's index gives.</summary>
    public bool IsExact =>
        Search is null && InStock is null && (Tag is null || Category is null) && (ByPrice || (MinPrice is null && MaxPrice is null));

    public string Scope => string.Join('\n', "product", Category, Tag, MinPrice, MaxPrice, InStock, Search, Sort?.Name);

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
        if (SortOrder.Check(sort, out var order) is { } wrongSort) return wrongSort;
        filter = new(Text(category), Text(tag), min, max, available, search, order);
        return null;
    }

    public bool Wants(Product product) => WantsFields(product) && (Search is not { } terms || terms.Match(SearchWords.Of(product)));

    /// <summary>For who has split the product's words already.</summary>
    public bool Wants(Product product, SearchWords words) => WantsFields(product) && (Search is not { } terms || terms.Match(words));

    private bool WantsFields(Product product) =>
        (MinPrice is null || product.Price >= MinPrice)
        && (MaxPrice is null || product.Price <= MaxPrice)
        && (InStock is null || product.InStock == InStock)
        && (Category is not { } category || (product.Category is { } its && IsSame(its, category)))
        && (Tag is not { } tag || product.Tags.Any(its => IsSame(its, tag)));

    private static bool IsSame(string one, string other) => ProductItems.WordKey(one) == ProductItems.WordKey(other);

    private static Problem? WrongWord(string name, string? word) => word is not null && (word.Length > Product.MaxWord || word.Any(char.IsControl))
        ? Problem.Invalid(name, $"must have at most {Product.MaxWord} characters and no control characters")
        : null;

    private static string? Text(string? parameter) => string.IsNullOrWhiteSpace(parameter) ? null : parameter.Trim();
}
