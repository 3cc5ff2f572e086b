using Ecommerce.Api.Events;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Deliveries;

/// <summary>
/// Sends single deliveries of one channel. One is taken in hand by a write at the version read, so two processes never both send it; when
/// one of them dies it is free again when the lease ends, and then it may be sent a second time; one that has no more time lets go of it
/// at once. What came of it is committed together with the progress of the event that led to it.
/// </summary>
internal sealed partial class DeliverySender(IStore store, IDeliveryChannel channel, TimeProvider clock, ILogger<DeliverySender> log)
{
    /// <summary>Longer than any channel tries once.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly RouteBreakers _breakers = new();

    /// <summary>
    /// Sends it, or puts it off while its receiver is left alone, which takes no time. One that cannot be worked on is not the end of the pass.
    /// </summary>
    /// <param name="due">As it was read.</param>
    /// <param name="hasTime">Without time it is left as it is, rather than sent.</param>
    /// <param name="cancellation">No more time: the process ends, or the pass is over.</param>
    public async Task<DeliveryCounts> Serve(Delivery due, bool hasTime, CancellationToken cancellation)
    {
        try
        {
            if (_breakers.FindOpen(channel.RouteOf(due), clock.Now()) is { } open) return await PutOff(due, open);
            return hasTime ? await Send(due, cancellation) : default;
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, due.DeliveryId);
            return new(0, 1, 0);
        }
    }

    private async Task<DeliveryCounts> Send(Delivery due, CancellationToken cancellation)
    {
        var begun = due.Begun(clock.Now() + Lease);
        if (!(await store.Commit([begun.ToPut()], cancellation: cancellation)).IsCommitted) return default;
        begun = begun with { Version = due.Version + 1 };
        using var span = Spans.Start("delivery.send")?.SetTag(Spans.DeliveryId, due.DeliveryId);
        var entry = await Entry(begun);
        return await Settle(begun, span.Ends(await Ask(begun, entry, cancellation), Outcomes.Of), entry);
    }

    /// <summary>Not tried, and neither counted nor logged as if it had been; given up when its time is over, if it was ever tried.</summary>
    private async Task<DeliveryCounts> PutOff(Delivery due, Breaker open)
    {
        var now = clock.Now();
        var isGivenUp = due.Tries > 0 && due.IsHopeless(now);
        var after = isGivenUp ? due.Over(DeliveryStatus.Failed, open.Reason, now) : due.Postponed(open.Reason, open.Until);
        return await Write(after, isGivenUp ? await Entry(after) : null) && isGivenUp ? Report(after) : default;
    }

    private async Task<DeliveryResult> Ask(Delivery delivery, Item? item, CancellationToken cancellation)
    {
        try
        {
            var entry = item is null ? null : LogEntry.Of(item);
            var result = await channel.Send(delivery, entry, entry?.Events.FirstOrDefault(told => told.EventId == delivery.EventId), cancellation);

            // A channel may take being broken off for a failure of the receiver.
            return result is DeliveryResult.Again && cancellation.IsCancellationRequested ? new DeliveryResult.CutShort() : result;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new DeliveryResult.CutShort();
        }
#pragma warning disable CA1031 // Whatever it is, it concerns this delivery only. Its message could tell what a mail says, its type and place cannot.
        catch (Exception e) when (e is not StoreUnavailableException)
#pragma warning restore CA1031
        {
            LogBug(delivery.DeliveryId, e.GetType().Name, e.StackTrace);
            return new DeliveryResult.Again($"It failed unexpectedly: {e.GetType().Name}.") { IsAlone = true };
        }
    }

    /// <summary>Commits what came of it. Not cancelled: it did happen.</summary>
    private async Task<DeliveryCounts> Settle(Delivery begun, DeliveryResult result, Item? entry)
    {
        var now = clock.Now();
        var after = begun.After(result, now);
        if (result is DeliveryResult.Again { IsAlone: false } again) _breakers.Fail(channel.RouteOf(begun), again.Reason, now);
        else if (result is not (DeliveryResult.Again or DeliveryResult.CutShort)) _breakers.Succeed(channel.RouteOf(begun));
        if (await Write(after, entry)) return Report(after);
        LogOvertaken(begun.DeliveryId);
        return default;
    }

    /// <summary>With the progress of its event, when it is over. False when somebody else has written it.</summary>
    /// <param name="after">As it is from now on.</param>
    /// <param name="entry">That led to it, as it was read.</param>
    /// <exception cref="StoreUnavailableException">The event changed under every attempt.</exception>
    private async Task<bool> Write(Delivery after, Item? entry)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            Write[] writes = after.DueAt is null && entry is not null ? [after.ToPut(), Progress(after, entry, clock.Now()).ToPut(entry)] : [after.ToPut()];
            var refused = (await store.Commit(writes)).Rejections;
            if (refused.Count == 0) return true;
            if (refused.Any(rejection => rejection.Index == 0)) return false;
            await Contention.Pause(attempt, CancellationToken.None);
            entry = await Entry(after);
        }

        throw new StoreUnavailableException("The event changed under every attempt to write it.");
    }

    private static EntryProgress Progress(Delivery over, Item entry, DateTime now)
    {
        var progress = EntryProgress.Of(entry);
        return over.Status == DeliveryStatus.Failed ? progress.GivenUp(over.DeliveryId, now) : progress.Arrived(over.DeliveryId);
    }

    private DeliveryCounts Report(Delivery after)
    {
        ShopMeter.Count(after);
        if (after.Status == DeliveryStatus.Failed) LogGivenUp(after.DeliveryId, after.Kind, after.Tries, after.Reason);
        else if (after.DueAt is not null) LogPostponed(after.DeliveryId, after.Kind, after.Tries, after.Reason);
        return after.DueAt is not null ? new(0, 1, 0) : after.Status == DeliveryStatus.Failed ? new(0, 0, 1) : new(1, 0, 0);
    }

    private async Task<Item?> Entry(Delivery delivery) =>
        delivery.Entry is { } key ? await store.Get(key, consistent: true, CancellationToken.None) : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable while {DeliveryId} was sent.")]
    private partial void LogUnavailable(Exception exception, string deliveryId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{DeliveryId} ({Kind}) was not sent at try {Tries}: {Reason}")]
    private partial void LogPostponed(string deliveryId, string kind, int tries, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{DeliveryId} ({Kind}) is given up after {Tries} tries: {Reason}")]
    private partial void LogGivenUp(string deliveryId, string kind, int tries, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{DeliveryId} took longer than its lease; somebody else has it.")]
    private partial void LogOvertaken(string deliveryId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{DeliveryId} failed unexpectedly: {Type}\n{Place}")]
    private partial void LogBug(string deliveryId, string type, string? place);
}
