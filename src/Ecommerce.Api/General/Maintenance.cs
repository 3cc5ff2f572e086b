using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Storage;

namespace Ecommerce.Api.General;

/// <summary>What a maintenance pass did. Null stands for what had not come to its end when the pass's time was over.</summary>
/// <param name="Orders">With the orders that were due.</param>
/// <param name="Events">With the entries of the log that were pending.</param>
/// <param name="Deliveries">With what was to be sent.</param>
/// <param name="Audit">With the audit of the stock; null when none was due, too.</param>
/// <param name="Backlog">What is left of the log's events.</param>
public sealed record MaintenanceAnswer(RecoveryCounts? Orders, DispatchCounts? Events, DeliveryCounts? Deliveries, StockAuditAnswer? Audit, Backlog? Backlog);

/// <summary>One pass of all that must be seen to now and then, for a schedule that calls for it.</summary>
internal sealed partial class Maintenance(
    Recovery recovery, EventDispatcher dispatcher, IEnumerable<DeliveryLane> lanes, StockAudits audits, EventBacklog backlog, Stragglers stragglers,
    TimeProvider clock, ILogger<Maintenance> log)
{
    /// <summary>Within which a pass answers, whatever hangs: a Lambda is killed after 29 seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Orders first: what they come to is told in the same pass, and what that leads to is sent. But each keeps the next one waiting for a
    /// third of the time at most, so that a provider that hangs keeps no mail. What is still under way when the time is over goes on as long
    /// as the process lives; leases keep everybody else off it, and leave it to the next pass if the process does not.
    /// </summary>
    /// <exception cref="StoreUnavailableException">What is to be done could not be listed.</exception>
    public async Task<MaintenanceAnswer> Pass(CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Share(0.8));

        var orders = recovery.Pass(time.Token);
        await End(orders, Share(1 / 3.0));
        var events = dispatcher.Pass(time.Token);
        await End(events, Share(1 / 3.0));
        var deliveries = Task.WhenAll(lanes.Select(lane => lane.Pass(time.Token)));
        var audit = audits.RunIfDue(time.Token);
        var all = Task.WhenAll(orders, events, deliveries, audit);
        await End(all, Share(0.9) - clock.GetElapsedTime(began));
        if (!all.IsCompleted) stragglers.Add(LogEnd(all));
        cancellation.ThrowIfCancellationRequested();

        var answer = new MaintenanceAnswer(
            IsOver(orders) ? await orders : null, IsOver(events) ? await events : null,
            IsOver(deliveries) ? DeliveryCounts.Sum(await deliveries) : null,
            IsOver(audit) && await audit is { } audited ? StockAuditAnswer.Of(audited) : null, null);
        var left = backlog.Read(cancellation);
        await End(left, TimeLimit - clock.GetElapsedTime(began));
        if (!IsOver(left)) return answer;
        var (parked, lagSeconds) = await left;
        LogPass(parked, lagSeconds);
        return answer with { Backlog = await left };

        TimeSpan Share(double part) => TimeLimit * part;
    }

    /// <summary>Ended, with a result or an error; not because the time was over.</summary>
    private static bool IsOver(Task work) => work.IsCompleted && !work.IsCanceled;

    /// <summary>Waits until work ends, however it does, for some time at most.</summary>
    private async Task End(Task work, TimeSpan atMost) =>
        await work.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task LogEnd(Task late)
    {
        LogLate();
        await late.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.Exception is { } trouble) LogFailed(trouble);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Maintenance: {Parked} parked, oldest pending {LagSeconds} s")]
    private partial void LogPass(int parked, int lagSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A maintenance pass is answered before all of it has ended.")]
    private partial void LogLate();

    [LoggerMessage(Level = LogLevel.Error, Message = "What a maintenance pass had left under way failed.")]
    private partial void LogFailed(Exception exception);
}
