using Ecommerce.Storage;

namespace Ecommerce.Api.Http;

/// <summary>A page of what is to be shown.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record Found<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Pages of a query from which the caller wants only some items, where no index can pick them.</summary>
internal static class FilteredQuery
{
    /// <summary>
    /// What one request reads at most. A page that has seen as many is answered with what it found, however little, and a cursor:
    /// the price of a request stays bounded whatever the size of the list.
    /// </summary>
    public const int MaxRead = 400;

    private const int MinStep = 20;
    private const int MaxStep = 100;

    public static async Task<Page> QueryWhere(this IStore store, Query query, Predicate<Item> wanted, CancellationToken cancellation)
    {
        var found = await store.QueryWhere(query, items => Task.FromResult<IReadOnlyList<Item?>>([.. items.Select(item => wanted(item) ? item : null)]), cancellation);
        return new(found.Items, found.Next);
    }

    /// <summary>The same of a list whose items only name what is to be shown.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">The list.</param>
    /// <param name="look">Answers for each item what is to be shown for it; null for nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Found<T>> QueryWhere<T>(
        this IStore store, Query query, Func<IReadOnlyList<Item>, Task<IReadOnlyList<T?>>> look, CancellationToken cancellation) where T : class
    {
        var (found, last) = (new List<T>(), default(Item));
        var after = query.After;
        var step = Math.Min(query.Limit + 1, MaxStep);
        for (var read = 0; read < MaxRead;)
        {
            var page = await store.Query(query with { After = after, Limit = step }, cancellation);
            foreach (var (item, shown) in page.Items.Zip(await look(page.Items)))
            {
                if (shown is null) continue;
                if (found.Count == query.Limit) return new(found, query.CursorAt(last!));
                found.Add(shown);
                last = item;
            }

            after = page.Next;
            if (after is null) break;
            read += step;
            step = Step(query.Limit + 1 - found.Count, found.Count, read);
        }

        return new(found, after);
    }

    /// <summary>As many as hold what is missing, if the rest of the list is like what was read of it.</summary>
    private static int Step(int missing, int found, int read) => Math.Clamp(missing * read / Math.Max(found, 1), MinStep, MaxStep);
}
