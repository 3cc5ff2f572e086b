using static Ecommerce.Api.Orders.OrderStatus;

namespace Ecommerce.Api.Orders;

/// <summary>The life of an order, in one table. What an order allows its owner or an administrator to ask for follows from it.</summary>
public static class Transitions
{
    /// <summary>Where each state leads, and by which action; null where time or the payment provider decides.</summary>
    private static readonly Dictionary<OrderStatus, (OrderStatus To, OrderAction? By)[]> Next = new()
    {
        [Created] = [(Reserved, OrderAction.Checkout), (Expired, null), (Cancelled, OrderAction.Cancel)],
        [Reserved] = [(Confirmed, null), (PaymentPending, null), (PaymentFailed, null), (Expired, null), (Cancelled, OrderAction.Cancel)],
        [PaymentPending] = [(Confirmed, null), (PaymentFailed, null), (Expired, null), (Cancelled, OrderAction.Cancel)],
        [Confirmed] = [(Shipped, OrderAction.Ship), (Cancelled, OrderAction.Cancel), (Refunded, OrderAction.Refund)],
        [Shipped] = [(Delivered, OrderAction.Deliver), (Refunded, OrderAction.Refund)],
        [Delivered] = [(Refunded, OrderAction.Refund)],
        [Cancelled] = [],
        [Refunded] = [],

        // Given up, and then it turns out to be paid: there is still stock for it, or the money goes back.
        [PaymentFailed] = [(Confirmed, null), (Cancelled, null)],
        [Expired] = [(Confirmed, null), (Cancelled, null)],
    };

    private static readonly OrderAction[] Owners = [OrderAction.Checkout, OrderAction.Cancel];

    public static bool CanBecome(this OrderStatus from, OrderStatus to) => Next[from].Any(edge => edge.To == to);

    public static bool Allows(this OrderStatus status, OrderAction action) => Next[status].Any(edge => edge.By == action);

    public static IReadOnlyList<OrderAction> ActionsFor(this OrderStatus status, bool isAdmin) =>
        [.. Enum.GetValues<OrderAction>().Where(action => status.Allows(action) && (isAdmin || Owners.Contains(action)))];
}
