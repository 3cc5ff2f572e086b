using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>
/// Finds every order that is due, whatever died over it, and drives it on. An order is leased by a write at the version read, which
/// makes it due later than all that are waiting: so two passes never both act, and no order holds up another.
/// </summary>
internal sealed partial class Recovery(IStore store, OrderCommits commits, OrderDriver driver, TimeProvider clock, ILogger<Recovery> log)
{
    private const int Batch = 100;
    private const int AtOnce = 8;

    /// <summary>After which a pass begins nothing more. The next one goes on with the orders that have waited longest.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    /// <summary>One look at everything that is due now.</summary>
    /// <exception cref="StoreUnavailableException">The orders that are due could not be listed.</exception>
    public async Task<RecoveryCounts> Pass(CancellationToken cancellation)
    {
        var (now, started) = (clock.Now(), clock.GetTimestamp());
        string[] queues = [.. Enumerable.Range(0, Tables.Shards).SelectMany(shard => new[] { OrderItems.HeldQueue(shard), OrderItems.OpenQueue(shard) })];
        return RecoveryCounts.Sum(await Task.WhenAll(queues.Select(queue => Walk(queue, now, started, cancellation))));
    }

    /// <summary>Drives one order on, if it is due.</summary>
    public async Task<RecoveryCounts> Recover(string orderId)
    {
        using var span = Spans.Start("order.recover", orderId);
        var now = clock.Now();
        var due = (await store.Get(Tables.Orders.Key(orderId), consistent: true, CancellationToken.None))?.ToOrderOrNull();
        if (due?.IsDue(now) != true) return new() { Due = 1, Skipped = 1 };
        var driven = due.Work() == OpenWork.Expiry ? await commits.Commit(OrderDecisions.Expire(due, now)) : await LeaseAndDrive(due, now);
        if (driven is null) return new() { Due = 1, Skipped = 1 };
        LogDriven(orderId, driven.Status);
        span.Ends(driven, Outcomes.Of);
        return driven.DueAt is null ? new() { Due = 1, Settled = 1 } : new() { Due = 1, Waiting = 1 };
    }

    private async Task<Order?> LeaseAndDrive(Order order, DateTime now) =>
        await commits.Commit(new OrderChange(order.Leased(now))) is { } leased ? await driver.Drive(leased) : null;

    private async Task<RecoveryCounts> Walk(string queue, DateTime now, long started, CancellationToken cancellation)
    {
        var counts = default(RecoveryCounts);
        var query = new Query(Tables.Orders, queue) { Index = Tables.Orders.Index("due"), To = now.ToMilliseconds(), Limit = Batch };
        do
        {
            var page = await store.Query(query, cancellation);
            foreach (var some in page.Items.Chunk(AtOnce))
            {
                if (cancellation.IsCancellationRequested || clock.GetElapsedTime(started) > Budget) return counts;
                counts += RecoveryCounts.Sum(await Task.WhenAll(some.Select(item => TryRecover(item.Text("orderId")))));
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return counts;
    }

    /// <summary>One order that cannot be worked on is not the end of the pass.</summary>
    private async Task<RecoveryCounts> TryRecover(string orderId)
    {
        try
        {
            return await Recover(orderId);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, orderId);
        }
#pragma warning disable CA1031 // Whatever it is, it concerns this order only.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBug(e, orderId);
        }

        return new() { Due = 1, Failed = 1 };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recovered {OrderId}: {Status}.")]
    private partial void LogDriven(string orderId, OrderStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable while {OrderId} was recovered.")]
    private partial void LogUnavailable(Exception exception, string orderId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recovering {OrderId} failed unexpectedly.")]
    private partial void LogBug(Exception exception, string orderId);
}
