using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Orders;

/// <summary>
/// The refunds of an order. One is added before the provider is asked for it, which bounds the sum of all, and is done once the
/// provider says so.
/// </summary>
internal static class OrderRefunds
{
    private const string Refused = "refund_refused";

    /// <summary>The order with a refund decided. The caller has seen that so much is left.</summary>
    public static Order AddRefund(this Order order, Money amount, string? reason, string? keyId, DateTime now) =>
        Counted(order with { Refunds = [.. order.Refunds, new(order.Refunds.Count + 1, amount, reason, now, KeyId: keyId)] });

    /// <summary>The order with a refund as it stands by now.</summary>
    public static Order WithRefund(this Order order, OrderRefund refund) =>
        Counted(order with { Refunds = [.. order.Refunds.Select(present => present.Number == refund.Number ? refund : present)] });

    /// <summary>The order is over when all of its payment goes back.</summary>
    public static Order EndedIfRefunded(this Order order, DateTime now, string? reason = null) =>
        order.Refundable == Money.Zero && order.Status.CanBecome(OrderStatus.Refunded) ? order.To(OrderStatus.Refunded, now, reason) : order;

    /// <summary>The refund to ask for next.</summary>
    public static OrderRefund NextRefund(this Order order) => order.Refunds.First(refund => refund.IsPending);

    /// <summary>The idempotency key of a refund. One that the provider has refused for good is another refund when it is tried again.</summary>
    public static string RefundKey(this Order order, OrderRefund refund) =>
        $"{order.OrderId}:refund:{refund.Number}{(refund.Failures == 0 ? "" : $":{refund.Failures}")}";

    /// <summary>The payment's state follows from its refunds; one that the provider refuses is for a person to look into.</summary>
    private static Order Counted(Order order) => order with
    {
        Payment = order.Payment! with
        {
            Status = order.Refunds.Any(refund => refund.IsPending) ? PaymentStatus.RefundPending
                : order.Refundable == Money.Zero ? PaymentStatus.Refunded
                : PaymentStatus.PartiallyRefunded,
            Issue = order.Refunds.Any(refund => refund is { IsPending: true, Failures: > 0 }) ? Refused : null,
        },
    };
}
