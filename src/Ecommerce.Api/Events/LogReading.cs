using System.Runtime.CompilerServices;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Reads the log from its end, over all of its days and shards.</summary>
internal static class LogReading
{
    /// <summary>The days within bounds that have entries which somebody was told of, latest first.</summary>
    public static IAsyncEnumerable<DateOnly> Days(this IStore store, DateTime? from, DateTime? before, CancellationToken cancellation) =>
        store.ReadAll(LogDays.Between(Day(from), Day(before)) with { Descending = true }, cancellation).Select(LogDays.DayOf);

    /// <summary>Entries that several queries find, as one list, highest sort key first, a step at a time.</summary>
    /// <param name="store">The store.</param>
    /// <param name="queries">Of one table or index.</param>
    /// <param name="sortKey">The sort key of what they find.</param>
    /// <param name="order">Its order.</param>
    /// <param name="step">How many items are read of each at once; as many as have one key, where those are more (up to a store's page).</param>
    /// <param name="cancellation">Gives up.</param>
    public static async IAsyncEnumerable<IReadOnlyList<Item>> NewestFirst<TKey>(
        this IStore store, IReadOnlyList<Query> queries, Func<Item, TKey> sortKey, IComparer<TKey> order, int step,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var left = queries.Select(query => query with { Descending = true, Limit = step }).ToList();
        while (left.Count > 0)
        {
            var pages = await Task.WhenAll(left.Select(query => store.Query(query, cancellation)));

            // From the last item of a page that has a next one downwards, that query's items are not all known yet: nor are those of the same key.
            var floors = pages.Where(page => page.Next is not null).Select(page => sortKey(page.Items[^1])).ToList();
            var lowest = left.Exists(query => query.Limit < StoreLimits.ItemsPerPage) ? 1 : 0;
            var known = pages.Select(page => page.Items.TakeWhile(item => floors.TrueForAll(floor => order.Compare(sortKey(item), floor) >= lowest)).ToList()).ToList();
            if (lowest > 0 && floors.Count > 0 && known.TrueForAll(items => items.Count == 0))
            {
                left = [.. left.Select(query => query with { Limit = Math.Min(2 * query.Limit, StoreLimits.ItemsPerPage) })];
                continue;
            }

            left = [.. left.Zip(pages, known).Select(Rest).OfType<Query>()];
            yield return [.. known.SelectMany(items => items).OrderByDescending(sortKey, order).ThenByDescending(item => item.Text("entryId"), StringComparer.Ordinal)];
        }
    }

    /// <summary>What is left of a query of which some items of a page were taken; null when nothing is.</summary>
    private static Query? Rest((Query Query, Page Page, List<Item> Taken) read) =>
        read.Taken.Count == read.Page.Items.Count ? (read.Page.Next is { } next ? read.Query with { After = next } : null)
        : read.Taken.Count == 0 ? read.Query
        : read.Query with { After = read.Query.CursorAt(read.Taken[^1]) };

    private static DateOnly? Day(DateTime? at) => at is { } time ? DateOnly.FromDateTime(time) : null;
}
