using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products.Audit;

namespace Ecommerce.Api.General;

/// <summary>What a maintenance pass did.</summary>
/// <param name="Orders">With the orders that were due.</param>
/// <param name="Events">With the entries of the log that were pending.</param>
/// <param name="Audit">With the audit of the stock; null when none was due.</param>
public sealed record MaintenanceAnswer(RecoveryCounts Orders, DispatchCounts Events, StockAuditAnswer? Audit);

/// <summary>What must be seen to now and then, whoever calls for it: the hosted service, or a schedule through its route.</summary>
internal sealed class Maintenance(Recovery recovery, EventDispatcher dispatcher, StockAudits audits)
{
    /// <summary>Orders first: what they come to is dispatched in the same pass.</summary>
    /// <exception cref="Storage.StoreUnavailableException">What is to be done could not be listed.</exception>
    public async Task<MaintenanceAnswer> Pass(CancellationToken cancellation) =>
        new(await recovery.Pass(cancellation), await dispatcher.Pass(cancellation), await audits.RunIfDue(cancellation) is { } audit ? StockAuditAnswer.Of(audit) : null);
}
