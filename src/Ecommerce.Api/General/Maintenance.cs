using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products.Audit;

namespace Ecommerce.Api.General;

/// <summary>What a maintenance pass did.</summary>
/// <param name="Orders">With the orders that were due.</param>
/// <param name="Events">With the entries of the log that were pending.</param>
/// <param name="Deliveries">With what was to be sent.</param>
/// <param name="Audit">With the audit of the stock; null when none was due.</param>
public sealed record MaintenanceAnswer(RecoveryCounts Orders, DispatchCounts Events, DeliveryCounts Deliveries, StockAuditAnswer? Audit);

/// <summary>One pass of all that must be seen to now and then, for a schedule that calls for it.</summary>
internal sealed class Maintenance(
    Recovery recovery, EventDispatcher dispatcher, IEnumerable<DeliveryLane> lanes, StockAudits audits, TimeProvider clock)
{
    /// <summary>After which the audit waits for another pass: a Lambda has 29 seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Orders first: what they come to is told in the same pass, and what that leads to is sent.</summary>
    /// <exception cref="Storage.StoreUnavailableException">What is to be done could not be listed.</exception>
    public async Task<MaintenanceAnswer> Pass(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var orders = await recovery.Pass(cancellation);
        var events = await dispatcher.Pass(cancellation);
        var deliveries = DeliveryCounts.Sum(await Task.WhenAll(lanes.Select(lane => lane.Pass(cancellation))));
        var audit = clock.GetElapsedTime(started) < Patience ? await audits.RunIfDue(cancellation) : null;
        return new(orders, events, deliveries, audit is null ? null : StockAuditAnswer.Of(audit));
    }
}
