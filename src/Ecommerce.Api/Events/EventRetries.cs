using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Has events tried again that were given up.</summary>
internal sealed class EventRetries(IStore store, TimeProvider clock)
{
    /// <summary>Begins anew with all that went wrong with an event's entry; one that only waits for its next try is tried at once.</summary>
    /// <returns>Why nothing is tried; null when it is.</returns>
    /// <exception cref="StoreUnavailableException">The entry changed under every attempt.</exception>
    public async Task<Problem?> Retry(string eventId, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            if (await Find(eventId, cancellation) is not { } entry) return Problem.NotFound("event");
            var (progress, now) = (EntryProgress.Of(entry), clock.Now());
            var open = await store.GetAll(progress.Waiting.Concat(progress.Lost).Select(Delivery.KeyOf), cancellation);
            var left = open.Select(DeliveryItems.ToDelivery).Where(delivery => delivery.IsLeft).ToList();
            if (progress.Tries == 0 && left.Count == 0) return Problem.Of(ErrorCode.EventNotParked, "The event was not given up, and does not wait to be tried again.");
            IReadOnlyList<Write> writes = [progress.Again(now).ToPut(entry), .. left.Select(delivery => delivery.Again(now).ToPut())];
            if ((await store.Commit(writes, cancellation: cancellation)).IsCommitted) return null;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The event changed under every attempt to write it.");
    }

    private async Task<Item?> Find(string eventId, CancellationToken cancellation)
    {
        var entryId = EventLog.EntryIdOf(eventId);
        if (!Ids.IsWellFormed("evt", entryId)) return null;
        var entry = await store.Get(EventLog.Key(entryId), consistent: true, cancellation);
        return entry is not null && LogEntry.HasEvent(entry, eventId) ? entry : null;
    }
}
