using Ecommerce.Api.Http;

namespace Ecommerce.Api.Orders;

internal static class OrderProblems
{
    /// <summary>Names the order's present state, and what the caller can do instead.</summary>
    public static Problem InvalidTransition(Order order, bool isAdmin) =>
        Problem.Of(ErrorCode.InvalidTransition, $"The order is {EnumNames<OrderStatus>.Of(order.Status)}.") with
        {
            OrderId = order.OrderId,
            OrderStatus = order.Status,
            AllowedActions = order.Status.ActionsFor(isAdmin),
        };
}
