using Ecommerce.Api.Deliveries;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>An event of the log, and how far it has come.</summary>
/// <param name="Entry">Its entry, of which only what happened is read: who is to be shown what is wrong may meet what is damaged.</param>
/// <param name="Logged">The event.</param>
/// <param name="Progress">Of the entry.</param>
/// <param name="Open">The deliveries that the event led to and that are not done.</param>
internal sealed record TrackedEvent(LogEntry Entry, LoggedEvent Logged, EntryProgress Progress, IReadOnlyList<Delivery> Open)
{
    /// <summary>Of the events of an entry that every subscriber knows of, each stands where its own deliveries do.</summary>
    public EventState State => !Progress.IsTold ? Progress.State
        : Open.Any(delivery => delivery.Status == DeliveryStatus.Failed) ? EventState.Parked
        : Open.Count > 0 ? EventState.Pending
        : EventState.Done;

    /// <summary>What went wrong last, while it is not done.</summary>
    public string? Error => Progress.IsTold ? Open.LastOrDefault(delivery => delivery.Reason is not null)?.Reason : Progress.Error;

    /// <summary>When it is dispatched, where it is to be.</summary>
    public DateTime? DispatchedAt => !Progress.IsTold && State == EventState.Pending ? Progress.At : null;

    /// <summary>The events of some entries, each entry's last one first, with the deliveries that are not done.</summary>
    public static async Task<IReadOnlyList<TrackedEvent>> Of(IReadOnlyList<Item> entries, IStore store, CancellationToken cancellation)
    {
        var progress = entries.Select(EntryProgress.Of).ToList();
        var open = await store.GetAll(progress.SelectMany(one => one.Waiting.Concat(one.Lost)).Select(Delivery.KeyOf), cancellation);
        var byEvent = open.Select(DeliveryItems.ToDelivery).ToLookup(delivery => delivery.EventId);
        return [.. entries.Select(LogEntry.EventsOf).Zip(progress)
            .SelectMany(pair => pair.First.Events.Reverse().Select(logged => new TrackedEvent(pair.First, logged, pair.Second, [.. byEvent[logged.EventId]])))];
    }
}
