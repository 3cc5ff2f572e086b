using static Ecommerce.Api.Orders.OrderStatus;

namespace Ecommerce.Api.Orders;

/// <summary>The life of an order, in one table. What an order allows its owner or an administrator to ask for follows from it.</summary>
public static class Transitions
{
    private static readonly Dictionary<OrderStatus, OrderStatus[]> Next = new()
    {
        [Created] = [Reserved, Expired, Cancelled],
        [Reserved] = [Confirmed, PaymentPending, PaymentFailed, Expired, Cancelled],
        [PaymentPending] = [Confirmed, PaymentFailed, Expired, Cancelled],
        [Confirmed] = [Shipped, Refunded, Cancelled],
        [Shipped] = [Delivered, Refunded],
        [Delivered] = [Refunded],
        [PaymentFailed] = [],
        [Expired] = [],
        [Cancelled] = [],
        [Refunded] = [],
    };

    /// <summary>Where each action leads, and whether it is the owner's to ask for.</summary>
    private static readonly (OrderAction Action, OrderStatus Target, bool IsOwners)[] Actions =
    [
        (OrderAction.Checkout, Reserved, true),
        (OrderAction.Cancel, Cancelled, true),
        (OrderAction.Ship, Shipped, false),
        (OrderAction.Deliver, Delivered, false),
        (OrderAction.Refund, Refunded, false),
    ];

    public static bool CanBecome(this OrderStatus from, OrderStatus to) => Next[from].Contains(to);

    public static IReadOnlyList<OrderAction> ActionsFor(this OrderStatus status, bool isAdmin) =>
        [.. Actions.Where(action => (isAdmin || action.IsOwners) && status.CanBecome(action.Target)).Select(action => action.Action)];
}
