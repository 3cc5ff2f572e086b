using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>What one pass of the dispatcher found and did.</summary>
/// <param name="Dispatched">Entries of the log that every subscriber was told of.</param>
/// <param name="Failed">Entries that somebody could not be told of; they wait, for a while or for a person.</param>
public readonly record struct DispatchCounts(int Dispatched, int Failed)
{
    public static DispatchCounts operator +(DispatchCounts left, DispatchCounts right) => new(left.Dispatched + right.Dispatched, left.Failed + right.Failed);
}

/// <summary>
/// Finds what is to be told in the log, and has it told: many entries to a commit, and only those that make trouble alone. It is called
/// when this process has logged something, at every interval, and before something is answered that is read out of the log.
/// </summary>
internal sealed partial class EventDispatcher(IStore store, EntryTeller teller, TimeProvider clock, ILogger<EventDispatcher> log)
{
    /// <summary>Few enough that a second dispatcher in the way costs little.</summary>
    private const int BatchSize = 25;

    /// <summary>After which a pass begins nothing more, so that a long queue keeps nobody waiting. The next one goes on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    /// <summary>One look at everything that is to be told. Without anything it costs a query of each shard.</summary>
    /// <exception cref="StoreUnavailableException">What is to be told could not be listed.</exception>
    public async Task<DispatchCounts> Pass(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var counts = default(DispatchCounts);
        for (var shard = 0; shard < Tables.Shards; shard++) counts += await Walk(shard, started, cancellation);
        return counts;
    }

    private async Task<DispatchCounts> Walk(int shard, long started, CancellationToken cancellation)
    {
        var (counts, now) = (default(DispatchCounts), clock.Now());
        var query = EntryProgress.In(EntryProgress.TellQueue(shard)) with { To = now.ToMilliseconds(), Limit = StoreLimits.KeysPerGetMany };
        do
        {
            var page = await store.Query(query, cancellation);
            if (page.Items.Count == 0) break;
            var read = await store.GetMany([.. page.Items.Select(Tables.EventLogs.KeyOf)], consistent: true, cancellation);
            var due = read.OfType<Item>().Where(entry => EntryProgress.Of(entry).IsToBeTold(now));
            foreach (var batch in due.OrderByDescending(entry => EntryProgress.Of(entry).IsUntouched).Chunk(BatchSize))
            {
                if (cancellation.IsCancellationRequested || clock.GetElapsedTime(started) > Budget) return counts;
                using var span = Spans.Start("events.dispatch");
                counts += span.Ends(await Tell(batch), Outcomes.Of);
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return counts;
    }

    private async Task<DispatchCounts> Tell(Item[] batch)
    {
        var counts = default(DispatchCounts);
        IReadOnlyList<Item> left = batch;
        try
        {
            if (batch.All(entry => EntryProgress.Of(entry).IsUntouched)) (counts, left) = await teller.Together(batch);
        }
#pragma warning disable CA1031 // Told alone, it will fail again, and is held against the entry and the subscriber that it comes from.
        catch (Exception e) when (e is not StoreUnavailableException)
#pragma warning restore CA1031
        {
            LogAlone(e, batch.Length);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, batch.Length);
            return new(0, batch.Length);
        }

        foreach (var entry in left) counts += await TellAlone(Tables.EventLogs.KeyOf(entry));
        return counts;
    }

    /// <summary>One entry that cannot be told is not the end of the pass.</summary>
    private async Task<DispatchCounts> TellAlone(ItemKey entry)
    {
        try
        {
            return await teller.Alone(entry);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, 1);
            return new(0, 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} entries are told one by one: something stands in the way of one of them.")]
    private partial void LogAlone(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable while {Count} entries were told.")]
    private partial void LogUnavailable(Exception exception, int count);
}
