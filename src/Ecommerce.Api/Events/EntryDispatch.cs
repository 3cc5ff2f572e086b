using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// Dispatches entries to all subscribers. What an entry leads to and the mark that it was dispatched are one commit, so it counts once,
/// however many meet over it and wherever one of them is killed.
/// </summary>
internal sealed partial class EntryDispatch(IStore store, IEnumerable<ISubscriber> subscribers, TimeProvider clock, ILogger<EntryDispatch> log)
{
    private const int MaxError = 300;

    private readonly IReadOnlyList<ISubscriber> _subscribers = [.. subscribers];

    /// <summary>Dispatches entries that no subscriber knows of yet, as many in a commit as it takes.</summary>
    /// <returns>What was done, and the entries that lead to more than a commit takes: these are to be dispatched one by one.</returns>
    /// <exception cref="Exception">Of any subscriber; some of the entries may be dispatched.</exception>
    public async Task<(DispatchCounts Counts, IReadOnlyList<ItemKey> TooWide)> Batch(IReadOnlyList<PendingEntry> pending)
    {
        var entries = pending.Select(one => LogEntry.Of(one.Item)).ToList();
        foreach (var subscriber in _subscribers) await subscriber.Prepare(entries);
        var marked = pending.Zip(entries, WithAll).ToLookup(entry => entry.Writes.Count <= StoreLimits.WritesPerCommit);
        var counts = default(DispatchCounts);
        for (var left = marked[true].ToList(); left.Count > 0;)
        {
            var some = AsManyAsFit(left);
            left.RemoveRange(0, some.Count);
            var committed = await Commit(some);
            foreach (var entry in committed) ShopMeter.Dispatched(entry.Mark.Item, clock.Now());
            counts += new DispatchCounts(committed.Count, 0);
        }

        return (counts, [.. marked[false].Select(entry => entry.Mark.Key)]);
    }

    /// <summary>Dispatches an entry to one subscriber after the other, each in a commit, so that what one cannot take the others do.</summary>
    public async Task<DispatchCounts> One(ItemKey key)
    {
        var now = clock.Now();
        if (await store.Get(key, consistent: true, CancellationToken.None) is not { } item) return default;
        var (progress, error) = (EntryProgress.Of(item), default(string));
        if (!progress.IsDue(now)) return default;
        foreach (var subscriber in _subscribers.Where(subscriber => !progress.ToldTo.Contains(subscriber.Name)))
        {
            try
            {
                var entry = LogEntry.Of(item);
                await subscriber.Prepare([entry]);
                var writes = subscriber.WritesOf(entry).ToList();
                var further = progress.With(subscriber.Name, DeliveryItems.IdsIn(writes));

                // Who leads to nothing is marked with the next one.
                if (writes.Count > 0)
                {
                    var mark = further.ToPut(item);
                    if ((await Commit([new(mark, writes)])).Count == 0) return default;
                    item = Stored(mark);
                }

                progress = further;
            }
#pragma warning disable CA1031 // Whatever it is, it is held against this entry and this subscriber.
            catch (Exception e) when (e is not StoreUnavailableException)
#pragma warning restore CA1031
            {
                LogFailed(e, item.Text("entryId"), subscriber.Name);
                var said = $"{subscriber.Name}: {e.GetType().Name}: {e.Message}";
                error = said.Length > MaxError ? said[..MaxError] : said;
            }
        }

        progress = error is null ? progress.WithAll([], now) : progress.Failed(error, now);
        if ((await Commit([new(progress.ToPut(item), [])])).Count == 0) return default;
        if (progress.State == EventState.Parked) LogParked(item.Text("entryId"), error);
        if (error is not null) return new(0, 1);
        ShopMeter.Dispatched(item, now);
        return new(1, 0);
    }

    private MarkedEntry WithAll(PendingEntry pending, LogEntry entry)
    {
        var writes = _subscribers.SelectMany(subscriber => subscriber.WritesOf(entry)).ToList();
        return new(pending.Progress.WithAll(DeliveryItems.IdsIn(writes), clock.Now()).ToPut(pending.Item), writes);
    }

    private static List<MarkedEntry> AsManyAsFit(IEnumerable<MarkedEntry> entries)
    {
        var keys = new HashSet<ItemKey>();
        return [.. entries.TakeWhile(entry =>
        {
            keys.UnionWith(entry.Writes.Select(write => write.Key));
            return keys.Count <= StoreLimits.WritesPerCommit;
        })];
    }

    /// <summary>Commits what some entries lead to, but for those that somebody else dispatched meanwhile; answers the others.</summary>
    private async Task<IReadOnlyList<MarkedEntry>> Commit(IReadOnlyList<MarkedEntry> entries)
    {
        while (entries.Count > 0)
        {
            var writes = MergedWrites.Of(entries.SelectMany(entry => entry.Writes));
            var result = await store.Commit(writes);
            if (result.IsCommitted) break;
            var refused = result.Rejections.Select(rejection => writes[rejection.Index].Key).ToHashSet();
            var left = entries.Where(entry => !refused.Contains(entry.Mark.Key)).ToList();
            entries = left.Count < entries.Count ? left : throw new InvalidOperationException($"What a subscriber writes was refused: {result}.");
        }

        return entries;
    }

    /// <summary>An item as it is in the store once this is written.</summary>
    private static Item Stored(Put put)
    {
        var stored = put.Item.Copy();
        stored[Item.VersionAttribute] = put.Expect.Version + 1;
        return stored;
    }

    /// <param name="Mark">The entry, with its progress.</param>
    /// <param name="LeadsTo">What subscribers write for it.</param>
    private sealed record MarkedEntry(Put Mark, IReadOnlyList<Write> LeadsTo)
    {
        public IReadOnlyList<Write> Writes { get; } = [Mark, .. LeadsTo];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{EntryId} could not be dispatched to {Subscriber}.")]
    private partial void LogFailed(Exception exception, string entryId, string subscriber);

    [LoggerMessage(Level = LogLevel.Error, Message = "{EntryId} is parked until somebody has it tried again: {Error}")]
    private partial void LogParked(string entryId, string? error);
}
