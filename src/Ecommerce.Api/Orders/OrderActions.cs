using Ecommerce.Api.Http;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>
/// What people ask of orders beside buying. Of several at once the first to write wins; the others read again and are told that the
/// order's state does not allow it any more.
/// </summary>
internal sealed class OrderActions(OrderCommits commits, OrderRepository orders, OrderDriver driver, TimeProvider clock)
{
    private const int Attempts = 10;

    public Task<OrderResult> Cancel(string orderId, Caller caller, string? reason, CancellationToken cancellation) =>
        Act(orderId, caller, OrderAction.Cancel, async order => OrderDecisions.Cancel(order, reason, await driver.BoughtCart(order), clock.Now()), cancellation);

    public Task<OrderResult> Ship(string orderId, Caller caller, string? trackingNumber, CancellationToken cancellation) =>
        Act(orderId, caller, OrderAction.Ship, order => Task.FromResult(OrderDecisions.Ship(order, trackingNumber, clock.Now())), cancellation);

    public Task<OrderResult> Deliver(string orderId, Caller caller, CancellationToken cancellation) =>
        Act(orderId, caller, OrderAction.Deliver, order => Task.FromResult(OrderDecisions.Deliver(order, clock.Now())), cancellation);

    private async Task<OrderResult> Act(
        string orderId, Caller caller, OrderAction action, Func<Order, Task<OrderChange>> decide, CancellationToken cancellation)
    {
        var budget = RequestBudget.From(clock);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await orders.Find(orderId, caller, cancellation) is not { } order) return Problem.NotFound("order");
            if (!order.Status.Allows(action)) return OrderProblems.InvalidTransition(order, caller.IsAdmin);
            if (await commits.Commit(await decide(order)) is { } written) return OrderResult.Of(await driver.DriveWithin(budget, written));
        }

        throw new StoreUnavailableException("The order changed under every attempt to write it.");
    }
}
