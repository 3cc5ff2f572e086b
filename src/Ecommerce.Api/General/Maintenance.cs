using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Storage;

namespace Ecommerce.Api.General;

/// <summary>
/// What a maintenance pass did. Null stands for what had not come to its end when the pass's time was over; counts may be of a part that
/// was cut short.
/// </summary>
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

    /// <summary>How long orders, and then events, keep what comes after them waiting: a provider that hangs keeps no mail.</summary>
    private TimeSpan Turn => TimeLimit / 3;

    /// <summary>After which nothing more is begun, and what can be broken off is.</summary>
    private TimeSpan BeginsNothingAfter => TimeLimit * 0.8;

    /// <summary>After which nothing is waited for. The rest is for saying what is left.</summary>
    private TimeSpan WaitsAtMost => TimeLimit * 0.9;

    /// <summary>
    /// Orders first: what they come to is told in the same pass, and what that leads to is sent. What is still under way when the time is
    /// over goes on as long as the process lives; leases keep everybody else off it, and leave it to the next pass if the process does not.
    /// </summary>
    /// <exception cref="StoreUnavailableException">What is to be done could not be listed.</exception>
    public async Task<MaintenanceAnswer> Pass(CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        using var time = new CancellationTokenSource(BeginsNothingAfter, clock);
        using var noMore = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);

        var orders = recovery.Pass(noMore.Token);
        await Wait(orders, Turn);
        var events = dispatcher.Pass(noMore.Token);
        await Wait(events, Turn);
        var deliveries = Deliver(noMore.Token);
        var audit = audits.RunIfDue(noMore.Token);
        var all = Task.WhenAll(orders, events, deliveries, audit);
        await Wait(all, WaitsAtMost - clock.GetElapsedTime(began));
        if (!all.IsCompleted) Leave(all);
        cancellation.ThrowIfCancellationRequested();

        var left = backlog.Read(cancellation);
        await Wait(left, TimeLimit - clock.GetElapsedTime(began));
        var answer = new MaintenanceAnswer(
            await Outcome(orders), await Outcome(events), await Outcome(deliveries),
            IsOver(audit) && await audit is { } audited ? StockAuditAnswer.Of(audited) : null, await Outcome(left));
        if (answer.Backlog is var (parked, lagSeconds)) LogPass(parked, lagSeconds);
        return answer;
    }

    private async Task<DeliveryCounts> Deliver(CancellationToken cancellation) =>
        DeliveryCounts.Sum(await Task.WhenAll(lanes.Select(lane => lane.Pass(cancellation))));

    /// <summary>Until work ends, however it does, for some time at most.</summary>
    private async Task Wait(Task work, TimeSpan atMost) =>
        await work.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Null for work that is under way or was broken off.</summary>
    private static async Task<T?> Outcome<T>(Task<T> work) where T : struct => IsOver(work) ? await work : null;

    /// <summary>Ended, with a result or an error; not because the time was over.</summary>
    private static bool IsOver(Task work) => work.IsCompleted && !work.IsCanceled;

    private void Leave(Task late)
    {
        LogLate();
        stragglers.Add(late, LogFailed);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Maintenance: {Parked} parked, oldest pending {LagSeconds} s")]
    private partial void LogPass(int parked, int lagSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A maintenance pass is answered before all of it has ended.")]
    private partial void LogLate();

    [LoggerMessage(Level = LogLevel.Error, Message = "What a maintenance pass had left under way failed.")]
    private partial void LogFailed(Exception exception);
}
