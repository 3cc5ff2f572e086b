using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// Looks at the orders of every commit. An order only goes where the table of transitions leads, adding to its history; while
/// something is left to do about it, it is due at a known time; and the cart that it empties is the one that it buys.
/// </summary>
internal sealed class OrderLedger(World world)
{
    /// <summary>An unpaid order waits a day; a clock may be ten minutes wrong, and two passes an hour apart.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(26);

    private readonly Dictionary<(string OrderId, string Event), int> _events = [];

    /// <summary>How often an event of an order was logged.</summary>
    public int Logged(string orderId, EventType type) => _events.GetValueOrDefault((orderId, type.ToString()));

    public void See(IReadOnlyList<Change> changes)
    {
        Order? order = null;
        foreach (var change in changes)
        {
            if (change.Key.Table == Tables.Orders) order = SeeOrder(change) ?? order;
            else if (change.Key.Table == Tables.EventLogs) SeeEvents(change);
        }

        foreach (var change in changes)
            if (change.Key.Table == Tables.Carts && order is not null && change.Before?.Version != order.CartVersion)
                Fail(order, "changes a cart in another state than it buys");
    }

    private Order? SeeOrder(Change change)
    {
        if (change.After is null) world.Scheduler.Fail($"{change.Key} was deleted.");
        if (change.After?.ToOrderOrNull() is not { } order) return null;
        if (change.Before?.ToOrderOrNull() is { } before) SeeStep(before, order);
        else if (order.Status is not (OrderStatus.Created or OrderStatus.Reserved)) Fail(order, "begins so");
        SeeDue(order, change.After);
        return order;
    }

    private void SeeStep(Order before, Order after)
    {
        if (before.Status != after.Status && !before.Status.CanBecome(after.Status)) Fail(after, $"was {before.Status}");
        if (before.Status != after.Status && after.History.Count == before.History.Count) Fail(after, "does not remember becoming so");
        if (!after.History.Take(before.History.Count).SequenceEqual(before.History)) Fail(after, "has forgotten some of its history");
        if (after.Total != before.Total || after.UserId != before.UserId) Fail(after, "is another order now");
    }

    private void SeeDue(Order order, Item item)
    {
        var isOpen = order.Status is OrderStatus.Created or OrderStatus.Reserved or OrderStatus.PaymentPending
            || order.Payment?.Status is PaymentStatus.Pending or PaymentStatus.RefundPending || order.Refunds.Any(refund => refund.DoneAt is null);
        var isDue = !item["dueQueue"].IsNone && !item["dueAt"].IsNone;
        if (isOpen != isDue) Fail(order, $"has {(isOpen ? "something" : "nothing")} left to do, and is due {(isDue ? "still" : "never")}");
        if (order.DueAt - world.Now > LongestWait) Fail(order, $"is due only at {order.DueAt}");
    }

    private void SeeEvents(Change change)
    {
        if (change.Before is not null) return;
        foreach (var logged in change.After!.List("events"))
        {
            if (logged.AsMap.MapOrNull("metadata")?.TextOrNull("orderId") is not { } orderId) continue;
            var key = (orderId, logged.AsMap.Text("eventType"));
            _events[key] = _events.GetValueOrDefault(key) + 1;
        }
    }

    private void Fail(Order order, string what) => world.Scheduler.Fail($"{order.OrderId}, {order.Status}, {what}.");
}
