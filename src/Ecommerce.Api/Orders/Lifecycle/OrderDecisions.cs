using Ecommerce.Api.Carts;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>What people decide about an order, and what time does. The caller has seen that the order's state allows it.</summary>
internal static class OrderDecisions
{
    private const string Unpaid = "unpaid";

    /// <summary>
    /// Called off: what the order has taken goes back, stock in the same commit and money by what is then left to do. An order whose
    /// payment is under way must be seen not to be charged any more, and is refunded if it was.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="reason">Why, in somebody's words.</param>
    /// <param name="cart">The cart that the order buys, while it is still in the state that is bought.</param>
    /// <param name="now">The time.</param>
    public static OrderChange Cancel(Order order, string? reason, Cart? cart, DateTime now)
    {
        var cancelled = order.To(OrderStatus.Cancelled, now, reason);
        var owing = order.Status == OrderStatus.Confirmed ? cancelled.AddRefund(order.Refundable, reason, null, now) : cancelled;
        var leased = owing.Work() == OpenWork.None ? owing : owing.Leased(now);
        var log = OrderEvents.Log(leased, EventType.OrderCancelled);
        IReadOnlyList<StockMove> back = order.Status == OrderStatus.Created ? [] : Reservation.Release(order);
        return new(leased.Rescheduled(now), order.Status == OrderStatus.Confirmed ? log.Noting(back, order.OrderId) : log.Releasing(back))
        {
            Moves = back,
            Cart = cart,
        };
    }

    /// <summary>Pays back some of what was paid. No stock moves: the goods are with the customer, or come back by an adjustment.</summary>
    /// <param name="order">The order.</param>
    /// <param name="amount">In minor units; the caller has seen that so much is left.</param>
    /// <param name="reason">Why, in somebody's words.</param>
    /// <param name="keyId">The id that the idempotency key of the request makes, if one was sent.</param>
    /// <param name="now">The time.</param>
    public static OrderChange Refund(Order order, Money amount, string? reason, string? keyId, DateTime now) =>
        new(order.AddRefund(amount, reason, keyId, now).EndedIfRefunded(now, reason).Leased(now));

    public static OrderChange Ship(Order order, string? trackingNumber, DateTime now)
    {
        var shipped = order.To(OrderStatus.Shipped, now) with { TrackingNumber = trackingNumber };
        return new(shipped, OrderEvents.Log(shipped, EventType.OrderShipped));
    }

    public static OrderChange Deliver(Order order, DateTime now)
    {
        var delivered = order.To(OrderStatus.Delivered, now);
        return new(delivered, OrderEvents.Log(delivered, EventType.OrderDelivered));
    }

    /// <summary>Placed, and nobody paid for it.</summary>
    public static OrderChange Expire(Order order, DateTime now)
    {
        var expired = order.To(OrderStatus.Expired, now, Unpaid).Rescheduled(now);
        return new(expired, OrderEvents.Log(expired, EventType.OrderExpired));
    }
}
