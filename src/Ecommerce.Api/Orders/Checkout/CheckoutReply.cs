using Ecommerce.Api.Http;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>What a checkout is answered. It follows from the order alone, so that a repeated request is answered as the first was.</summary>
internal static class CheckoutReply
{
    public static Problem InProgress => Problem.Of(ErrorCode.IdempotencyInProgress, "This checkout is under way. Ask again in a moment.");

    /// <summary>The reply that the order's state means; an order that was ever paid keeps the reply it was given then.</summary>
    public static OrderResult Of(Order order, bool replayed = false)
    {
        if (order.WasEver(OrderStatus.Confirmed)) return OrderResult.Of(order, replayed);
        return order.Status switch
        {
            OrderStatus.PaymentPending => OrderResult.Of(order, replayed),
            OrderStatus.PaymentFailed when order.AnswerTraceId is not null => Declined(order) with { Replayed = replayed },
            OrderStatus.Reserved => InProgress,
            _ => InvalidTransition(order),
        };
    }

    public static Problem InvalidTransition(Order order) =>
        Problem.Of(ErrorCode.InvalidTransition, $"The order is {EnumNames<OrderStatus>.Of(order.Status)}.") with
        {
            OrderId = order.OrderId,
            OrderStatus = order.Status,
            AllowedActions = order.Status.ActionsFor(isAdmin: false),
        };

    private static Problem Declined(Order order) => Problem.Of(ErrorCode.PaymentDeclined, "Try another card, as a new request.") with
    {
        OrderId = order.OrderId,
        DeclineCode = order.Payment!.DeclineCode,
        TraceId = order.AnswerTraceId,
    };
}
