using System.Runtime.CompilerServices;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Reads the log from its end, over all of its days and shards.</summary>
internal static class LogReading
{
    /// <summary>The days within bounds that have entries which somebody was told of, latest first.</summary>
    public static async IAsyncEnumerable<DateOnly> Days(this IStore store, DateTime? from, DateTime? before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = LogDays.Between(Day(from), Day(before)) with { Descending = true };
        do
        {
            var page = await store.Query(query, cancellation);
            foreach (var line in page.Items) yield return LogDays.DayOf(line);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>The entries of a day, latest first, a step at a time.</summary>
    /// <param name="store">The store.</param>
    /// <param name="day">The day.</param>
    /// <param name="upTo">The id of the first entry to read; null for the day's last.</param>
    /// <param name="step">How many entries are read of each shard at once.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async IAsyncEnumerable<IReadOnlyList<Item>> EntriesOf(
        this IStore store, DateOnly day, string? upTo, int step, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? seen = null;
        while (true)
        {
            var bound = seen ?? upTo;
            var queries = Enumerable.Range(0, Tables.Shards).Select(shard => EventLog.OfDay(day, shard) with { Descending = true, To = bound is null ? Value.None : bound, Limit = step });
            var pages = await Task.WhenAll(queries.Select(query => store.Query(query, cancellation)));

            // Before the last entry of a page that has a next one, another shard's may be missing.
            var floor = pages.Where(page => page.Next is not null).Select(page => page.Items[^1].Text("entryId")).Max(StringComparer.Ordinal);
            yield return [.. pages.SelectMany(page => page.Items)
                .Where(entry => entry.Text("entryId") is var id && id != seen && (floor is null || string.CompareOrdinal(id, floor) >= 0))
                .OrderByDescending(entry => entry.Text("entryId"), StringComparer.Ordinal)];
            if (floor is null) break;
            seen = floor;
        }
    }

    private static DateOnly? Day(DateTime? at) => at is { } time ? DateOnly.FromDateTime(time) : null;
}
