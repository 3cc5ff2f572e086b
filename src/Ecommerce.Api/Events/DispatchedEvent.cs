using Ecommerce.Api.Deliveries;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>An event of the log with all that is known of its way.</summary>
internal sealed record DispatchedEvent(LogEntry Entry, LoggedEvent Told, EntryProgress Progress, IReadOnlyList<Delivery> Open)
{
    /// <summary>The day of the log on which it stands.</summary>
    public string Day => LogDays.Name(DateOnly.FromDateTime(Entry.At));

    /// <summary>Of the events of an entry that all were told of, each stands where its own deliveries do.</summary>
    public EventState State => !Progress.IsTold ? Progress.State
        : Open.Any(delivery => delivery.Status == DeliveryStatus.Failed) ? EventState.Parked
        : Open.Count > 0 ? EventState.Pending
        : EventState.Done;

    /// <summary>The events of some entries, each entry's last one first, with the deliveries that are not done.</summary>
    public static async Task<IReadOnlyList<DispatchedEvent>> Of(IReadOnlyList<Item> entries, IStore store, CancellationToken cancellation)
    {
        var progress = entries.Select(EntryProgress.Of).ToList();
        var open = new List<Delivery>();
        foreach (var ids in progress.SelectMany(one => one.Waiting.Concat(one.Lost)).Chunk(StoreLimits.KeysPerGetMany))
        {
            var read = await store.GetMany([.. ids.Select(Delivery.KeyOf)], consistent: true, cancellation);
            open.AddRange(read.OfType<Item>().Select(DeliveryItems.ToDelivery));
        }

        var byEvent = open.ToLookup(delivery => delivery.EventId);
        return [.. entries.Select(LogEntry.Of).Zip(progress)
            .SelectMany(pair => pair.First.Events.Reverse().Select(told => new DispatchedEvent(pair.First, told, pair.Second, [.. byEvent[told.EventId]])))];
    }

    public DispatchedEventAnswer Answer() => new(
        Told.EventId, Told.Type, Entry.UserId, new(Told.Metadata), Entry.At, State,
        Progress.Tries,
        State == EventState.Done ? null : Progress.IsTold ? Open.Select(delivery => delivery.Reason).LastOrDefault(reason => reason is not null) : Progress.Error,
        State == EventState.Pending && !Progress.IsTold ? Progress.At : null,
        Open.Count == 0 ? null : [.. Open.Select(DeliveryAnswer.Of)]);
}
