using Ecommerce.Storage;

namespace Ecommerce.Api.Http;

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
        var found = new List<Item>();
        var after = query.After;
        var step = Math.Min(query.Limit + 1, MaxStep);
        for (var read = 0; read < MaxRead;)
        {
            var page = await store.Query(query with { After = after, Limit = step }, cancellation);
            foreach (var item in page.Items)
            {
                if (!wanted(item)) continue;
                if (found.Count == query.Limit) return new(found, query.CursorAt(found[^1]));
                found.Add(item);
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
