using System.Collections.Concurrent;
using Ecommerce.Api.Events;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Deliveries;

/// <summary>What one pass of a lane did.</summary>
/// <param name="Sent">Taken by whoever takes it, or not needed any more.</param>
/// <param name="Waiting">Tried, and to be tried again.</param>
/// <param name="Failed">Given up.</param>
public readonly record struct DeliveryCounts(int Sent, int Waiting, int Failed)
{
    public static DeliveryCounts operator +(DeliveryCounts left, DeliveryCounts right) =>
        new(left.Sent + right.Sent, left.Waiting + right.Waiting, left.Failed + right.Failed);
}

/// <summary>
/// Sends what is due on one channel. A delivery is taken in hand by a write at the version read, so two passes never both send it; one
/// whose process dies is free again when the lease ends, and then it may be sent a second time. What came of it is committed together
/// with the progress of the event that led to it.
/// </summary>
internal sealed partial class DeliveryLane(IStore store, IDeliveryChannel channel, TimeProvider clock, ILogger<DeliveryLane> log)
{
    /// <summary>Longer than any channel tries once.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>After which it is not tried any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>After which a pass begins nothing more. The next one goes on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    /// <summary>The routes whose receiver did not take what it was last sent.</summary>
    private readonly ConcurrentDictionary<string, Closure> _closed = [];

    public Channel Channel => channel.Channel;

    /// <summary>One look at everything that is due. Without anything it costs a query of each shard.</summary>
    /// <exception cref="StoreUnavailableException">What is due could not be listed.</exception>
    public async Task<DeliveryCounts> Pass(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard => Walk(shard, started, cancellation)));
        return counts.Aggregate(default(DeliveryCounts), (sum, one) => sum + one);
    }

    private async Task<DeliveryCounts> Walk(int shard, long started, CancellationToken cancellation)
    {
        var (counts, now) = (default(DeliveryCounts), clock.Now());
        var query = DeliveryItems.Due(channel.Channel, shard, now) with { Limit = StoreLimits.KeysPerGetMany };
        do
        {
            var page = await store.Query(query, cancellation);
            if (page.Items.Count == 0) break;
            var read = await store.GetMany([.. page.Items.Select(Tables.Notifications.KeyOf)], consistent: true, cancellation);
            var routes = read.OfType<Item>().Select(item => item.ToDelivery().Seen(now)).Where(delivery => delivery.IsDue(now)).GroupBy(channel.RouteOf);
            var sent = await Task.WhenAll(routes.Select(route => Walk(route, started, cancellation)));
            counts = sent.Aggregate(counts, (sum, one) => sum + one);
            query = query with { After = page.Next };
        }
        while (query.After is not null && clock.GetElapsedTime(started) < Budget);
        return counts;
    }

    /// <summary>
    /// One after the other, until one of them has to be tried again. The rest is put off for a while: a receiver who is out of reach is
    /// waited for once, and what piles up for it does not stand before what others are to get.
    /// </summary>
    private async Task<DeliveryCounts> Walk(IGrouping<string, Delivery> route, long started, CancellationToken cancellation)
    {
        var counts = default(DeliveryCounts);
        foreach (var delivery in route)
        {
            if (cancellation.IsCancellationRequested) break;
            if (_closed.TryGetValue(route.Key, out var closed) && closed.Until > clock.Now()) counts += await TryPutOff(delivery, closed);
            else if (clock.GetElapsedTime(started) < Budget) counts += await TrySend(delivery, cancellation);
        }

        return counts;
    }

    /// <summary>One that cannot be worked on is not the end of the pass.</summary>
    private async Task<DeliveryCounts> TrySend(Delivery due, CancellationToken cancellation)
    {
        try
        {
            var begun = due.Begun(clock.Now() + Lease);
            if (!(await store.Commit([begun.ToPut()], cancellation: cancellation)).IsCommitted) return default;
            begun = begun with { Version = due.Version + 1 };
            using var span = Spans.Start("delivery.send")?.SetTag(Spans.DeliveryId, due.DeliveryId);
            return await Settle(begun, span.Ends(await Send(begun, cancellation), Outcomes.Of));
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, due.DeliveryId);
            return new(0, 1, 0);
        }
    }

    private async Task<DeliveryResult> Send(Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            var entry = await Entry(delivery) is { } item ? LogEntry.Of(item) : null;
            return await channel.Send(delivery, entry, entry?.Events.FirstOrDefault(told => told.EventId == delivery.EventId), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new DeliveryResult.Again("The shop was stopped meanwhile.");
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
    private async Task<DeliveryCounts> Settle(Delivery begun, DeliveryResult result)
    {
        var now = clock.Now();
        var after = result switch
        {
            DeliveryResult.Done => begun.Over(DeliveryStatus.Sent, null, now),
            DeliveryResult.Skipped { Reason: var reason } => begun.Over(DeliveryStatus.Skipped, reason, now),
            DeliveryResult.Refused { Reason: var reason } => begun.Over(DeliveryStatus.Failed, reason, now),
            DeliveryResult.Again { Reason: var reason } when now - begun.TriedSince >= Patience => begun.Over(DeliveryStatus.Failed, reason, now),
            DeliveryResult.Again { Reason: var reason } => begun.Postponed(reason, now + Backoff.After(begun.Tries)),
            _ => throw new InvalidOperationException($"Nobody knows what to make of {result}."),
        };
        if (result is not DeliveryResult.Again { IsAlone: true }) Note(after, now);
        if (await Write(after)) return Told(after);
        LogOvertaken(begun.DeliveryId);
        return default;
    }

    /// <summary>
    /// Closes a route by a delivery that has to be tried again, and opens it by one that has not. It is closed for less than that one waits,
    /// so that of a receiver who only does not take this one the others are asked first, and longer with each failure after another.
    /// </summary>
    private void Note(Delivery after, DateTime now)
    {
        var route = channel.RouteOf(after);
        if (after.DueAt is null) _closed.TryRemove(route, out _);
        else _closed.AddOrUpdate(route, _ => Closure.After(1, after.Reason!, now), (_, closed) => closed.Until > now ? closed : Closure.After(closed.Failures + 1, after.Reason!, now));
    }

    /// <summary>Not tried, and neither counted nor logged as if it had been; given up like any other when its time is over.</summary>
    private async Task<DeliveryCounts> TryPutOff(Delivery due, Closure closed)
    {
        var now = clock.Now();
        var after = now - due.TriedSince >= Patience ? due.Over(DeliveryStatus.Failed, closed.Reason, now) : due.Postponed(closed.Reason, closed.Until);
        try
        {
            return await Write(after) && after.Status == DeliveryStatus.Failed ? Told(after) : default;
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, due.DeliveryId);
            return default;
        }
    }

    /// <summary>With the progress of its event, when it is over. False when somebody else has written it.</summary>
    private async Task<bool> Write(Delivery after)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var entry = after.DueAt is null ? await Entry(after) : null;
            var refused = (await store.Commit(entry is null ? [after.ToPut()] : [after.ToPut(), Progress(after, entry, clock.Now()).In(entry)])).Rejections;
            if (refused.Count == 0) return true;
            if (refused.Any(rejection => rejection.Index == 0)) break;
            await Contention.Pause(attempt, CancellationToken.None);
        }

        return false;
    }

    private static EntryProgress Progress(Delivery over, Item entry, DateTime now)
    {
        var progress = EntryProgress.Of(entry);
        return over.Status == DeliveryStatus.Failed
            ? progress.GivenUp(over.DeliveryId, $"{over.Kind} by {EnumNames<Channel>.Of(over.Channel)}: {over.Reason}", now)
            : progress.Arrived(over.DeliveryId);
    }

    private DeliveryCounts Told(Delivery after)
    {
        ShopMeter.Count(after);
        if (after.Status == DeliveryStatus.Failed) LogGivenUp(after.DeliveryId, after.Kind, after.Tries, after.Reason);
        else if (after.DueAt is not null) LogPostponed(after.DeliveryId, after.Kind, after.Tries, after.Reason);
        return after.DueAt is not null ? new(0, 1, 0) : after.Status == DeliveryStatus.Failed ? new(0, 0, 1) : new(1, 0, 0);
    }

    private async Task<Item?> Entry(Delivery delivery) =>
        delivery.Entry is { } key ? await store.Get(key, consistent: true, CancellationToken.None) : null;

    private sealed record Closure(int Failures, string Reason, DateTime Until)
    {
        public static Closure After(int failures, string reason, DateTime now) => new(failures, reason, now + Backoff.After(failures) / 2);
    }

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
