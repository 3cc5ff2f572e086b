using Ecommerce.Api.Http;

namespace Ecommerce.Api.Products;

/// <summary>An order of the shop window.</summary>
/// <param name="Name">The value of the query parameter <c>sort</c>.</param>
/// <param name="Index">The index that has the whole shop, or a tag, in this order.</param>
/// <param name="CategoryIndex">The index that has a category in this order.</param>
/// <param name="Descending">Whether the index is read from its end.</param>
public sealed record SortOrder(string Name, string Index, string CategoryIndex, bool Descending)
{
    public static readonly SortOrder Newest = new("newest", "newest", "categoryNewest", Descending: true);

    public static readonly IReadOnlyList<SortOrder> All =
    [
        Newest,
        new("price", "price", "categoryPrice", Descending: false),
        new("-price", "price", "categoryPrice", Descending: true),
        new("name", "name", "categoryName", Descending: false),
    ];

    public bool ByPrice => Index == "price";

    /// <summary>Reads the query parameter; answers what is wrong with it, or null. Empty is none.</summary>
    public static Problem? Check(string? sort, out SortOrder? order)
    {
        order = All.FirstOrDefault(one => one.Name == sort);
        return order is not null || string.IsNullOrEmpty(sort)
            ? null
            : Problem.Invalid("sort", $"must be one of {string.Join(", ", All.Select(one => one.Name))}");
    }
}
