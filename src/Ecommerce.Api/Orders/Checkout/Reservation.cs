using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>Step 2 of checkout: the order that holds its stock while it is being paid.</summary>
internal static class Reservation
{
    /// <summary>
    /// How long a request has an order to itself. Longer than the 25 seconds that a request may take, so that whoever takes the
    /// order over afterwards does not meet it at work.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The order, about to be paid for the first time.</summary>
    public static Order Hold(Order order, string paymentId, CheckoutRequest request, DateTime now, TimeSpan hold) => order with
    {
        Payment = new(paymentId, request.Payment!.Method!, PaymentStatus.Pending),
        ShippingAddress = request.ShippingAddress,
        Attempt = 1,
        LeaseUntil = now + Lease,
        HoldExpiresAt = now + hold,
    };

    /// <summary>The order in the hands of whoever tries again.</summary>
    public static Order TakeOver(Order order, DateTime now) => order with { Attempt = order.Attempt + 1, LeaseUntil = now + Lease };

    /// <summary>Takes the order's stock.</summary>
    public static IReadOnlyList<StockMove> Take(Order order) => Moves(order, -1);

    /// <summary>Gives the order's stock back.</summary>
    public static IReadOnlyList<StockMove> GiveBack(Order order) => Moves(order, 1);

    private static IReadOnlyList<StockMove> Moves(Order order, int sign) =>
        [.. order.Lines.Select(line => new StockMove(new(line.ProductId, line.Size), sign * line.Qty))];
}
