using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// Tells entries to all subscribers. What an entry leads to and the mark that it was told are one commit, so it counts once, however
/// many meet over it and wherever one of them is killed.
/// </summary>
internal sealed partial class EntryTeller(IStore store, IEnumerable<ISubscriber> subscribers, TimeProvider clock, ILogger<EntryTeller> log)
{
    private const int MaxError = 300;

    private readonly IReadOnlyList<ISubscriber> _subscribers = [.. subscribers];

    /// <summary>Tells entries that nobody was told of yet, as many in a commit as it takes.</summary>
    /// <returns>What was done, and the entries that lead to more than a commit takes: they are to be told alone.</returns>
    /// <exception cref="Exception">Of any subscriber; some of the entries may be told.</exception>
    public async Task<(DispatchCounts Counts, IReadOnlyList<Item> TooWide)> Together(IReadOnlyList<Item> items)
    {
        var entries = items.Select(LogEntry.Of).ToList();
        foreach (var subscriber in _subscribers) await subscriber.Prepare(entries);
        var told = items.Zip(entries, ToldToAll).ToLookup(writes => writes.Count <= StoreLimits.WritesPerCommit);
        var counts = default(DispatchCounts);
        for (var left = told[true].ToList(); left.Count > 0;)
        {
            var some = AsManyAsFit(left);
            left.RemoveRange(0, some.Count);
            counts += new DispatchCounts(await Commit(some), 0);
            foreach (var writes in some) ShopMeter.Dispatched(((Put)writes[0]).Item, clock.Now());
        }

        return (counts, [.. told[false].Select(writes => ((Put)writes[0]).Item)]);
    }

    /// <summary>Tells an entry to one subscriber after the other, each in a commit, so that what one cannot take the others do.</summary>
    public async Task<DispatchCounts> Alone(ItemKey key)
    {
        if (await ToBeTold(key) is not { } item) return default;
        var (progress, error) = (EntryProgress.Of(item), default(string));
        foreach (var subscriber in _subscribers.Where(subscriber => !progress.ToldTo.Contains(subscriber.Name)))
        {
            try
            {
                var entry = LogEntry.Of(item);
                await subscriber.Prepare([entry]);
                var writes = subscriber.WritesOf(entry).ToList();
                progress = progress.Told([subscriber.Name], DeliveryItems.IdsIn(writes));

                // Who leads to nothing is marked with the next one.
                if (writes.Count == 0) continue;
                if (await Commit([[progress.In(item), .. writes]]) == 0 || await ToBeTold(key) is not { } next) return default;
                (item, progress) = (next, EntryProgress.Of(next));
            }
#pragma warning disable CA1031 // Whatever it is, it is held against this entry and this subscriber.
            catch (Exception e) when (e is not StoreUnavailableException)
#pragma warning restore CA1031
            {
                LogFailed(e, item.Text("entryId"), subscriber.Name);
                var said = $"{subscriber.Name}: {e.GetType().Name}: {e.Message}";
                error = said.Length > MaxError ? said[..MaxError] : said;
                progress = EntryProgress.Of(item);
            }
        }

        progress = error is null ? progress.ToldAll(clock.Now()) : progress.Failed(error, clock.Now());
        if (await Commit([[progress.In(item)]]) == 0) return default;
        if (progress.State == EventState.Parked) LogParked(item.Text("entryId"), error);
        if (error is not null) return new(0, 1);
        ShopMeter.Dispatched(item, clock.Now());
        return new(1, 0);
    }

    /// <summary>All that an entry leads to; the mark first.</summary>
    private IReadOnlyList<Write> ToldToAll(Item item, LogEntry entry)
    {
        var writes = _subscribers.SelectMany(subscriber => subscriber.WritesOf(entry)).ToList();
        return [EntryProgress.Of(item).Told([], DeliveryItems.IdsIn(writes)).ToldAll(clock.Now()).In(item), .. writes];
    }

    private static List<IReadOnlyList<Write>> AsManyAsFit(IReadOnlyList<IReadOnlyList<Write>> told)
    {
        var keys = new HashSet<ItemKey>();
        return [.. told.TakeWhile(writes =>
        {
            keys.UnionWith(writes.Select(write => write.Key));
            return keys.Count <= StoreLimits.WritesPerCommit;
        })];
    }

    /// <summary>Commits what some entries lead to, but for those that somebody else told meanwhile; how many were committed.</summary>
    private async Task<int> Commit(List<IReadOnlyList<Write>> told)
    {
        while (told.Count > 0)
        {
            var writes = MergedWrites.Of(told.SelectMany(writes => writes));
            var result = await store.Commit(writes);
            if (result.IsCommitted) return told.Count;
            var refused = result.Rejections.Select(rejection => writes[rejection.Index].Key).ToHashSet();
            if (told.RemoveAll(writes => refused.Contains(writes[0].Key)) == 0) throw new InvalidOperationException($"What a subscriber writes was refused: {result}.");
        }

        return 0;
    }

    private async Task<Item?> ToBeTold(ItemKey key) =>
        await store.Get(key, consistent: true, CancellationToken.None) is { } item && EntryProgress.Of(item).IsToBeTold(clock.Now()) ? item : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "{EntryId} could not be told to {Subscriber}.")]
    private partial void LogFailed(Exception exception, string entryId, string subscriber);

    [LoggerMessage(Level = LogLevel.Error, Message = "{EntryId} is parked until somebody has it tried again: {Error}")]
    private partial void LogParked(string entryId, string? error);
}
