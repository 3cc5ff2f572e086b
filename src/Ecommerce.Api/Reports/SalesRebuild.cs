using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>An item that was wrong.</summary>
internal readonly record struct Correction(ItemKey Key, Sales Before, Sales After);

/// <summary>
/// Counts the sales anew from the log, beside a running shop; entries that <see cref="SalesCounter"/> is still to be told of are left to
/// it. A day's items are read before its log, and one that differs is replaced at the version that was read: had an entry been counted
/// meanwhile, it would be at another.
/// </summary>
internal sealed class SalesRebuild(IStore store, TimeProvider clock)
{
    private const int Attempts = 60;

    /// <summary>
    /// A commit shows one item after the other for a moment, so an item may know of an entry that the log shows as untold. What differs
    /// counts once it has differed twice in the same way, with this between.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The days within bounds; where there is no bound, all that the reports or the log know of.</summary>
    public async Task<IEnumerable<DateOnly>> Days(DateOnly? from, DateOnly? to, CancellationToken cancellation)
    {
        var known = await store.ReadAll(SalesItems.Days(null, null), cancellation).Select(LogDays.DayOf)
            .Concat(store.Days(null, null, cancellation)).ToListAsync(cancellation);
        if (known.Count == 0 && (from is null || to is null)) return [];
        return new ReportRange(from ?? known.Min(), to ?? known.Max()).Days;
    }

    /// <summary>Sets a day's items right, and answers which were wrong.</summary>
    /// <exception cref="StoreUnavailableException">The shop sold so fast that nothing stayed as it was read. Can be repeated.</exception>
    public async Task<IReadOnlyCollection<Correction>> Rebuild(DateOnly day, CancellationToken cancellation)
    {
        var shards = Enumerable.Range(0, Tables.Shards).Select(shard => new ShardCount(store, EventLog.OfDay(day, shard))).ToList();
        var corrections = new Dictionary<ItemKey, Correction>();
        var seen = new HashSet<Put>();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var items = await Items(day, cancellation);
            var wrong = Wrong(items, await Count(shards, cancellation));
            if (wrong.Count == 0) return corrections.Values;
            foreach (var puts in wrong.Where(seen.Contains).Chunk(StoreLimits.WritesPerCommit))
            {
                if (!(await store.Commit(puts, cancellation: cancellation)).IsCommitted) continue;
                foreach (var put in puts) corrections[put.Key] = new(put.Key, items.GetValueOrDefault(put.Key)?.ToSales() ?? default, put.Item.ToSales());
            }

            seen = wrong;
            await Task.Delay(Pause, cancellation);
        }

        throw new StoreUnavailableException($"The sales of {LogDays.Name(day)} changed under every attempt to count them.");
    }

    private async Task<Dictionary<ItemKey, Item>> Items(DateOnly day, CancellationToken cancellation)
    {
        var items = new Dictionary<ItemKey, Item>();
        foreach (var query in (IEnumerable<Query>)[SalesItems.Days(day, day), .. SalesItems.Products(day, day)])
            await foreach (var item in store.ReadAll(query, cancellation))
                items[Tables.EventLogs.KeyOf(item)] = item;
        return items;
    }

    private async Task<SalesTally> Count(IEnumerable<ShardCount> shards, CancellationToken cancellation)
    {
        var tally = new SalesTally();
        foreach (var counted in await Task.WhenAll(shards.Select(shard => shard.Count(clock.Now(), cancellation)))) tally.Add(counted);
        return tally;
    }

    /// <summary>What is to be written so that the items say what was counted. One without any sales is not removed: see <see cref="SalesItems"/>.</summary>
    private static HashSet<Put> Wrong(IReadOnlyDictionary<ItemKey, Item> items, SalesTally counted)
    {
        var wrong = new HashSet<Put>();
        foreach (var key in items.Keys.Union(counted.Sales.Keys))
        {
            var (item, right) = (items.GetValueOrDefault(key), counted.Sales.GetValueOrDefault(key).ToItem(key));
            right[Item.VersionAttribute] = item?.Version ?? 0;
            if (!right.Equals(item)) wrong.Add(new(Tables.EventLogs, right, Expect.AtVersion(right.Version)));
        }

        return wrong;
    }
}
