using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>Step 2 of checkout: the order that holds its stock while it is being paid.</summary>
internal static class Reservation
{
    /// <summary>The order, about to be paid for the first time.</summary>
    public static Order Hold(Order order, string paymentId, CheckoutRequest request, DateTime now, TimeSpan hold) => (order with
    {
        Payment = new(paymentId, request.Payment!.Method!, PaymentStatus.Pending),
        ShippingAddress = request.ShippingAddress,
        HoldExpiresAt = now + hold,
    }).Leased(now);

    /// <summary>Takes the order's stock.</summary>
    public static IReadOnlyList<StockMove> Take(Order order) => Moves(order, -1);

    /// <summary>Gives the order's stock back.</summary>
    public static IReadOnlyList<StockMove> Release(Order order) => Moves(order, 1);

    private static IReadOnlyList<StockMove> Moves(Order order, int sign) =>
        [.. order.Lines.Select(line => new StockMove(new(line.ProductId, line.Size), sign * line.Qty))];
}
