using Ecommerce.Api.Http;
using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>How a checkout is answered. It follows from the order alone, so that a repeated request is answered as the first was.</summary>
internal static class CheckoutReply
{
    /// <summary>The reply that the order's state means; an order that was ever paid keeps the reply it was given then.</summary>
    public static OrderResult Of(Order order, bool replayed = false)
    {
        if (order.WasEver(OrderStatus.Confirmed)) return OrderResult.Of(order, replayed);
        return order.Status switch
        {
            OrderStatus.PaymentPending => OrderResult.Of(order, replayed),
            OrderStatus.PaymentFailed when order.Payment!.Status == PaymentStatus.Pending => Pending(order) with { Replayed = replayed },
            OrderStatus.PaymentFailed => Declined(order) with { Replayed = replayed },
            OrderStatus.Reserved => IdempotencyKey.InProgress,
            _ => OrderProblems.InvalidTransition(order, isAdmin: false),
        };
    }

    /// <summary>The payment's outcome is not known, and whoever has the order's lease, or recovery, will find it out.</summary>
    public static OrderResult Pending(Order order) => OrderResult.Of(order with { Status = OrderStatus.PaymentPending });

    private static Problem Declined(Order order) => Problem.Of(ErrorCode.PaymentDeclined, "Try another card, as a new request.") with
    {
        OrderId = order.OrderId,
        DeclineCode = order.Payment!.DeclineCode,
        TraceId = order.AnswerTraceId,
    };
}
