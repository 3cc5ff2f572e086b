using System.Globalization;
using System.Runtime.CompilerServices;
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
    public bool Wants(TrackedEvent found) =>
        (Type is not { } type || found.Logged.Is(type)) && (State is not { } state || found.State == state)
        && !(found.Entry.At < From) && !(found.Entry.At >= To);
}

/// <summary>The event log as an administrator sees it.</summary>
internal sealed class EventListing(IStore store, EventDispatcher dispatcher)
{
    /// <summary>
    /// A page of the log, newest first; of what is not done, by when it came to stand so. What is to be dispatched is dispatched before, so
    /// that what is pending was tried. A page reads some <see cref="FilteredQuery.MaxRead"/> entries at most, and may be short where few of
    /// them are wanted.
    /// </summary>
    public async Task<Found<TrackedEvent>> List(EventFilter filter, PageRequest page, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        var last = Position.Parse(page.After);
        var (found, read) = (new List<(TrackedEvent Event, Position At)>(), 0);
        await foreach (var (place, entries) in Entries(filter, last, page.Limit + 1, cancellation))
        {
            foreach (var one in await TrackedEvent.Of(entries, store, cancellation))
            {
                var at = new Position(place(one.Entry), one.Logged.EventId);
                if (last?.IsSeen(at) == true || !filter.Wants(one)) continue;
                if (found.Count == page.Limit) return new([.. found.Select(pair => pair.Event)], found[^1].At.ToString());
                found.Add((one, at));
            }

            read += entries.Count;
            if (entries.Count > 0 && read >= FilteredQuery.MaxRead) return new([.. found.Select(pair => pair.Event)], LastOf(entries, place).ToString());
        }

        return new([.. found.Select(pair => pair.Event)], null);
    }

    /// <summary>The entries in their order, a step at a time, each step with what says in which part of the order an entry stands.</summary>
    private IAsyncEnumerable<(Func<LogEntry, string> Place, IReadOnlyList<Item> Entries)> Entries(
        EventFilter filter, Position? last, int step, CancellationToken cancellation) => filter.State switch
    {
        EventState.Parked => OfQueues([EntryProgress.ParkedQueue], last, step, cancellation),
        EventState.Pending => OfQueues(PendingQueues, last, step, cancellation),
        _ => OfDays(filter, last, step, cancellation),
    };

    private static IReadOnlyList<string> PendingQueues =>
        [.. Enumerable.Range(0, Tables.Shards).SelectMany(shard => new[] { EntryProgress.DispatchQueue(shard), EntryProgress.DeliveryQueue(shard) })];

    private async IAsyncEnumerable<(Func<LogEntry, string>, IReadOnlyList<Item>)> OfDays(
        EventFilter filter, Position? last, int step, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var day in store.Days(filter.From, filter.To, cancellation))
        {
            var name = LogDays.Name(day);
            if (last is not null && string.CompareOrdinal(name, last.Place) > 0) continue;
            var upTo = name == last?.Place ? EventLog.EntryIdOf(last.EventId) : Value.None;
            var shards = Enumerable.Range(0, Tables.Shards).Select(shard => EventLog.OfDay(day, shard) with { To = upTo });
            await foreach (var entries in store.NewestFirst([.. shards], entry => entry.Text("entryId"), StringComparer.Ordinal, step, cancellation))
                yield return (_ => name, entries);
        }
    }

    private async IAsyncEnumerable<(Func<LogEntry, string>, IReadOnlyList<Item>)> OfQueues(
        IReadOnlyList<string> names, Position? last, int step, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var upTo = last is null ? Value.None : long.Parse(last.Place, CultureInfo.InvariantCulture);
        var queues = names.Select(name => EntryProgress.InQueue(name) with { To = upTo });
        await foreach (var queued in store.NewestFirst([.. queues], EntryProgress.AtOf, Comparer<long>.Default, step, cancellation))
            foreach (var some in queued.Chunk(StoreLimits.KeysPerGetMany))
            {
                var places = some.ToDictionary(item => item.Text("entryId"), item => EntryProgress.AtOf(item).ToString(CultureInfo.InvariantCulture));
                yield return (entry => places[entry.EntryId], await store.GetAll(some.Select(Tables.EventLogs.KeyOf), cancellation));
            }
    }

    private static Position LastOf(IReadOnlyList<Item> entries, Func<LogEntry, string> place)
    {
        var last = LogEntry.EventsOf(entries[^1]);
        return new(place(last), last.EntryId);
    }

    /// <summary>Where an event stands in a list: in which part of it, and there by its id, highest first.</summary>
    private sealed record Position(string Place, string EventId)
    {
        public static Position? Parse(string? cursor) => cursor?.Split('/') is [var place, var eventId] ? new(place, eventId) : null;

        /// <summary>Whether an event was shown before this one, or is this one.</summary>
        public bool IsSeen(Position other) => other.Place == Place && string.CompareOrdinal(other.EventId, EventId) >= 0;

        public override string ToString() => $"{Place}/{EventId}";
    }
}
