using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Which events somebody wants to see.</summary>
/// <param name="Type">Of one type; null for all.</param>
/// <param name="State">That stand there; null for wherever.</param>
/// <param name="From">Not earlier.</param>
/// <param name="To">Earlier than that.</param>
internal sealed record EventFilter(EventType? Type, EventState? State, DateTime? From, DateTime? To)
{
    public bool Wants(DispatchedEvent found) =>
        (Type is not { } type || found.Told.Is(type)) && (State is not { } state || found.State == state)
        && !(found.Entry.At < From) && !(found.Entry.At >= To);
}

/// <summary>The event log as an administrator sees it, newest first.</summary>
internal sealed class EventListing(IStore store, EventDispatcher dispatcher)
{
    /// <summary>How many of each queue are looked at where only what is not done is wanted. The others follow as these are done.</summary>
    private const int MaxOfQueue = StoreLimits.KeysPerGetMany;

    /// <summary>
    /// A page of the log. What can be told is told before, so that what is pending was tried. A page reads some
    /// <see cref="FilteredQuery.MaxRead"/> entries at most, and may be short where few of them are wanted.
    /// </summary>
    /// <returns>The events, and behind which of them the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<DispatchedEvent> Events, string? Next)> List(EventFilter filter, PageRequest page, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        return filter.State switch
        {
            EventState.Parked => await OfQueues([EntryProgress.ParkedQueue], filter, page, cancellation),
            EventState.Pending => await OfQueues(PendingQueues, filter, page, cancellation),
            _ => await OfLog(filter, page, cancellation),
        };
    }

    private static IEnumerable<string> PendingQueues => Enumerable.Range(0, Tables.Shards)
        .SelectMany(shard => new[] { EntryProgress.TellQueue(shard), EntryProgress.DeliveryQueue(shard) });

    /// <summary>Few by nature: what is not done, in order.</summary>
    private async Task<(IReadOnlyList<DispatchedEvent>, string?)> OfQueues(
        IEnumerable<string> queues, EventFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var found = new List<DispatchedEvent>();
        foreach (var queue in queues)
        {
            var keys = await store.Query(EntryProgress.In(queue) with { Limit = MaxOfQueue }, cancellation);
            if (keys.Items.Count == 0) continue;
            var entries = await store.GetMany([.. keys.Items.Select(Tables.EventLogs.KeyOf)], consistent: true, cancellation);
            found.AddRange((await DispatchedEvent.Of([.. entries.OfType<Item>()], store, cancellation)).Where(filter.Wants));
        }

        var rest = found.Where(one => page.After is null || string.CompareOrdinal(one.Told.EventId, page.After) < 0)
            .OrderByDescending(one => one.Told.EventId, StringComparer.Ordinal).ToList();
        return (rest[..Math.Min(page.Limit, rest.Count)], rest.Count > page.Limit ? rest[page.Limit - 1].Told.EventId : null);
    }

    /// <summary>A cursor names the day and the event that was seen last.</summary>
    private async Task<(IReadOnlyList<DispatchedEvent>, string?)> OfLog(EventFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var (found, read) = (new List<DispatchedEvent>(), 0);
        var (startDay, seen) = page.After?.Split('/') is [var day, var eventId] ? (day, eventId) : (null, null);
        await foreach (var today in store.Days(filter.From, filter.To, cancellation))
        {
            var name = LogDays.Name(today);
            if (startDay is not null && string.CompareOrdinal(name, startDay) > 0) continue;
            var upTo = name == startDay ? EventLog.EntryIdOf(seen!) : null;
            await foreach (var entries in store.EntriesOf(today, upTo, page.Limit + 1, cancellation))
            {
                foreach (var one in await DispatchedEvent.Of(entries, store, cancellation))
                {
                    if (name == startDay && string.CompareOrdinal(one.Told.EventId, seen) >= 0) continue;
                    if (!filter.Wants(one)) continue;
                    if (found.Count == page.Limit) return (found, $"{found[^1].Day}/{found[^1].Told.EventId}");
                    found.Add(one);
                }

                read += entries.Count;
                if (read >= FilteredQuery.MaxRead && entries.Count > 0) return (found, $"{name}/{entries[^1].Text("entryId")}");
            }
        }

        return (found, null);
    }
}
