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
/// Finds what is to be dispatched in the log, and has it dispatched: many entries to a commit, and one by one only where something stands
/// in the way. It is called when this process has logged something, at every interval, and before something is answered that is read out of
/// the log.
/// </summary>
internal sealed partial class EventDispatcher(IStore store, EntryDispatch dispatch, TimeProvider clock, ILogger<EventDispatcher> log)
{
    /// <summary>Few enough that a second dispatcher in the way costs little.</summary>
    private const int BatchSize = 25;

    /// <summary>After which a pass begins nothing more, so that a long queue keeps nobody waiting. The next one goes on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    private int _passes;

    /// <summary>One look at everything that is to be dispatched. Without anything it costs a query of each shard.</summary>
    /// <exception cref="StoreUnavailableException">What is to be dispatched could not be listed.</exception>
    public async Task<DispatchCounts> Pass(CancellationToken cancellation)
    {
        var (started, first) = (clock.GetTimestamp(), Interlocked.Increment(ref _passes) % Tables.Shards);
        var counts = default(DispatchCounts);

        // Beginning with another one each time: no shard waits for the others for longer than a few passes.
        for (var n = 0; n < Tables.Shards; n++) counts += await Walk((Math.Abs(first) + n) % Tables.Shards, started, cancellation);
        return counts;
    }

    private async Task<DispatchCounts> Walk(int shard, long started, CancellationToken cancellation)
    {
        var (counts, now) = (default(DispatchCounts), clock.Now());
        var queue = EntryProgress.InQueue(EntryProgress.DispatchQueue(shard)) with { To = now.ToMilliseconds() };
        await foreach (var read in store.ReadIndexed(queue, cancellation))
        {
            var due = read.Select(PendingEntry.Of).Where(entry => entry.Progress.IsDue(now)).ToLookup(entry => entry.Progress.IsUntouched);
            foreach (var batch in due[true].Chunk(BatchSize))
            {
                if (cancellation.IsCancellationRequested || clock.GetElapsedTime(started) > Budget) return counts;
                counts += await Traced(() => DispatchBatch(batch));
            }

            foreach (var entry in due[false].Select(entry => entry.Key))
            {
                if (cancellation.IsCancellationRequested || clock.GetElapsedTime(started) > Budget) return counts;
                counts += await Traced(() => DispatchOne(entry));
            }
        }

        return counts;
    }

    private async Task<DispatchCounts> DispatchBatch(PendingEntry[] batch)
    {
        var counts = default(DispatchCounts);
        IReadOnlyList<ItemKey> left = [.. batch.Select(entry => entry.Key)];
        try
        {
            (counts, left) = await dispatch.Batch(batch);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, batch.Length);
            return new(0, batch.Length);
        }
#pragma warning disable CA1031 // One by one it will fail again, and is held against the entry and the subscriber that it comes from.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogOneByOne(e, batch.Length);
        }

        foreach (var entry in left) counts += await DispatchOne(entry);
        return counts;
    }

    /// <summary>One entry that cannot be dispatched is not the end of the pass.</summary>
    private async Task<DispatchCounts> DispatchOne(ItemKey entry)
    {
        try
        {
            return await dispatch.One(entry);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, 1);
            return new(0, 1);
        }
    }

    private static async Task<DispatchCounts> Traced(Func<Task<DispatchCounts>> work)
    {
        using var span = Spans.Start("events.dispatch");
        return span.Ends(await work(), Outcomes.Of);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} entries are dispatched one by one: something stands in the way of one of them.")]
    private partial void LogOneByOne(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable while {Count} entries were dispatched.")]
    private partial void LogUnavailable(Exception exception, int count);
}
