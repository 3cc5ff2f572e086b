using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Payments;

/// <summary>
/// The payment's own record, for the books. It is written only beside its order, whose version guards both. The provider's reference
/// stands here and not on the order, so that an order of five lines stays within one write unit (1 KB).
/// </summary>
internal static class PaymentRecord
{
    private const string Reference = "reference";

    public static ItemKey Key(Order order) => Tables.Payments.Key(order.Payment!.PaymentId);

    /// <param name="order">The order as it will stand.</param>
    /// <param name="provider">Who took the money, or did not.</param>
    /// <param name="reference">The provider's id of the charge; null when there is none.</param>
    public static Put Of(Order order, string provider, string? reference) => new(Tables.Payments, new()
    {
        ["paymentId"] = order.Payment!.PaymentId,
        ["orderId"] = order.OrderId,
        ["userId"] = order.UserId,
        ["amount"] = order.Total.Minor,
        ["currency"] = order.Currency,
        ["method"] = order.Payment.Method,
        ["status"] = EnumNames<PaymentStatus>.Of(order.Payment.Status),
        ["declineCode"] = order.Payment.DeclineCode,
        ["provider"] = provider,
        [Reference] = reference,
        ["createdAt"] = order.InStateSince.ToMilliseconds(),
    }, Expect.Anything);

    /// <summary>The same record with the payment's present state.</summary>
    public static Put Of(Order order, Item earlier)
    {
        var record = earlier.Copy();
        record["status"] = EnumNames<PaymentStatus>.Of(order.Payment!.Status);
        record["refunded"] = order.PaidBack.Minor;
        return new(Tables.Payments, record, Expect.Anything);
    }

    public static string ReferenceOf(Item record) => record.Text(Reference);
}
