using Ecommerce.Api.Products;
using Ecommerce.Api.Products.LowStock;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>What one pass of the dispatcher found and did.</summary>
/// <param name="Dispatched">Entries of the log that were dispatched.</param>
/// <param name="Failed">Entries that could not be; they stay, and the next pass tries them again.</param>
public readonly record struct DispatchCounts(int Dispatched, int Failed)
{
    public static DispatchCounts operator +(DispatchCounts left, DispatchCounts right) => new(left.Dispatched + right.Dispatched, left.Failed + right.Failed);
}

/// <summary>
/// Carries the log on to what is read out of it: <see cref="Projections"/>. What an entry leads to and the mark that it was dispatched
/// are one commit, so it is counted once, however many dispatchers meet and wherever one of them is killed. What can be done twice
/// without harm is done before: <see cref="EntryUpkeep"/>.
/// </summary>
internal sealed partial class EventDispatcher(IStore store, EntryUpkeep entries, LowStockWatch lowStock, TimeProvider clock, ILogger<EventDispatcher> log)
{
    private const int AtOnce = 4;

    /// <summary>After which a pass begins nothing more, so that a long queue keeps nobody waiting. The next one goes on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    /// <summary>One look at everything that is pending. Without anything it costs a query of each shard.</summary>
    /// <exception cref="StoreUnavailableException">What is pending could not be listed.</exception>
    public async Task<DispatchCounts> Pass(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard => Walk(shard, started, cancellation)));
        return counts.Aggregate(default(DispatchCounts), (sum, one) => sum + one);
    }

    private async Task<DispatchCounts> Walk(int shard, long started, CancellationToken cancellation)
    {
        var counts = default(DispatchCounts);
        var query = EventLog.PendingIn(shard) with { Limit = StoreLimits.KeysPerGetMany };
        do
        {
            var page = await store.Query(query, cancellation);
            if (page.Items.Count == 0) break;
            var entries = await store.GetMany([.. page.Items.Select(Tables.EventLogs.KeyOf)], consistent: true, cancellation);
            foreach (var some in entries.OfType<Item>().Where(EventLog.IsPending).Chunk(AtOnce))
            {
                if (cancellation.IsCancellationRequested || clock.GetElapsedTime(started) > Budget) return counts;
                var dispatched = await Task.WhenAll(some.Select(TryDispatch));
                counts = dispatched.Aggregate(counts, (sum, one) => sum + one);
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return counts;
    }

    /// <summary>One entry that cannot be dispatched is not the end of the pass.</summary>
    private async Task<DispatchCounts> TryDispatch(Item entry)
    {
        try
        {
            var logged = LogEntry.Of(entry);
            await entries.Follow(logged);
            await lowStock.Prepare([logged]);

            // Refused only to a dispatcher that came second: the work is done.
            var result = await store.Commit([EventLog.Dispatched(entry), .. Projections.Of(logged)]);
            return new(result.IsCommitted ? 1 : 0, 0);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, entry.Text("entryId"));
        }
#pragma warning disable CA1031 // Whatever it is, it concerns this entry only.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBug(e, entry.Text("entryId"));
        }

        return new(0, 1);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable while {EntryId} was dispatched.")]
    private partial void LogUnavailable(Exception exception, string entryId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dispatching {EntryId} failed unexpectedly.")]
    private partial void LogBug(Exception exception, string entryId);
}
