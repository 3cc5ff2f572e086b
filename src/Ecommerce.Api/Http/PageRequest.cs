using Ecommerce.Storage;

namespace Ecommerce.Api.Http;

/// <summary>A page of a list, as every list answers it.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Count">How many items this page has.</param>
/// <param name="NextCursor">Where the next page begins; null at the end.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Count, string? NextCursor);

/// <summary>The <c>limit</c> and <c>cursor</c> of a list request, checked.</summary>
public readonly record struct PageRequest(string Scope, int Limit, string? After)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <param name="scope">Names the list, its filters and, for a private one, its owner; a cursor is good for one scope only.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">As an earlier page gave it.</param>
    /// <param name="cursors">Made the cursor.</param>
    /// <param name="page">The checked request.</param>
    /// <param name="defaultLimit">Where the caller gives none.</param>
    /// <returns>What is wrong, or null.</returns>
    public static Problem? Check(string scope, string? limit, string? cursor, SignedCursors cursors, out PageRequest page, int defaultLimit = DefaultLimit)
    {
        page = default;
        if (QueryText.Integer("limit", limit, out var given) is { } wrong) return wrong;
        var wanted = given ?? defaultLimit;
        if (wanted is < 1 or > MaxLimit) return Problem.Invalid("limit", $"must be between 1 and {MaxLimit}");
        if (!cursors.TryOpen(scope, string.IsNullOrEmpty(cursor) ? null : cursor, out var after))
            return Problem.Of(ErrorCode.InvalidCursor, "Use nextCursor as the last page gave it, with the same filters.");
        page = new(scope, wanted, after);
        return null;
    }

    public PageOf<T> Answer<T>(Page page, Func<Item, T> show, SignedCursors cursors) => Answer(new Found<Item>(page.Items, page.Next), show, cursors);

    public PageOf<TShown> Answer<T, TShown>(Found<T> found, Func<T, TShown> show, SignedCursors cursors) =>
        new([.. found.Items.Select(show)], found.Items.Count, cursors.Seal(Scope, found.Next));

    /// <summary>A page of a list that is at hand as a whole. A cursor names the last item that was seen.</summary>
    public PageOf<T> Answer<T>(IReadOnlyList<T> all, Func<T, string> idOf, SignedCursors cursors)
    {
        var after = After;
        var rest = after is null ? all : [.. all.SkipWhile(item => idOf(item) != after).Skip(1)];
        var items = rest.Take(Limit).ToList();
        return new(items, items.Count, cursors.Seal(Scope, rest.Count > items.Count ? idOf(items[^1]) : null));
    }
}
