using System.Globalization;
using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>Orders as the store keeps them.</summary>
internal static class OrderItems
{
    public const string Fingerprint = "fingerprint";
    private const string Refunds = "refunds";

    public static Put ToPut(this Order order) => new(Tables.Orders, order.ToItem(), Expect.AtVersion(order.Version));

    /// <summary>The queues of the index by due time, one per shard: orders that hold stock, and others that something is left to do about.</summary>
    public static string HeldQueue(int shard) => string.Create(CultureInfo.InvariantCulture, $"held.{shard}");

    public static string OpenQueue(int shard) => string.Create(CultureInfo.InvariantCulture, $"open.{shard}");

    /// <summary>Null for a claim, which stands among the orders and is none.</summary>
    public static Order? ToOrderOrNull(this Item item) => OrderClaim.Is(item) ? null : item.ToOrder();

    public static Order ToOrder(this Item item) => new()
    {
        OrderId = item.Text("orderId"),
        UserId = item.Text("userId"),
        Status = EnumNames<OrderStatus>.Parse(item.Text("status")),
        Lines = [.. item.List("lines").Select(ToLine)],
        Currency = item.Text("currency"),
        Payment = item.MapOrNull("payment") is { } payment ? ToPayment(payment) : null,
        Refunds = [.. item.List(Refunds).Select((refund, position) => ToRefund(refund.AsMap, position))],
        PaidBackEarly = item.NumberOrNull("paidBackEarly") is { } paidBack ? new(paidBack) : null,
        ShippingAddress = item["shippingAddress"] is { IsNone: false } address ? new(address) : null,
        BuyerErased = item.Flag("buyerErased"),
        TrackingNumber = item.TextOrNull("trackingNumber"),
        History = [.. item.List("history").Select(entry => ToEntry(entry.AsMap))],
        CartVersion = item.NumberOrNull("cartVersion"),
        Fingerprint = item.TextOrNull(Fingerprint),
        CheckoutFingerprint = item.TextOrNull("checkoutFingerprint"),
        AnswerTraceId = item.TextOrNull("answerTraceId"),
        Attempt = (int)item.Number("attempt"),
        DueAt = item.NumberOrNull("dueAt")?.ToTime(),
        IsLeased = item.Flag("leased"),
        HoldExpiresAt = item.NumberOrNull("holdExpiresAt")?.ToTime(),
        Version = item.Version,
        HistoryStored = item.List("history").Count,
    };

    private static Item ToItem(this Order order) => new()
    {
        ["orderId"] = order.OrderId,
        ["userId"] = order.UserId,
        ["createdAt"] = order.CreatedAt.ToMilliseconds(),
        ["status"] = EnumNames<OrderStatus>.Of(order.Status),
        ["lines"] = Value.Of([.. order.Lines.Select(ToValue)]),
        ["total"] = order.Total.Minor,
        ["currency"] = order.Currency,
        ["payment"] = order.Payment is { } payment ? ToItem(payment) : null,
        [Refunds] = order.Refunds.Count == 0 ? Value.None : Value.Of([.. order.Refunds.Select(ToValue)]),
        ["paidBackEarly"] = order.PaidBackEarly?.Minor,
        ["shippingAddress"] = order.ShippingAddress?.Content ?? Value.None,
        ["buyerErased"] = order.BuyerErased ? true : Value.None,
        ["trackingNumber"] = order.TrackingNumber,
        ["history"] = Value.Of([.. order.History.Select(ToValue)]),
        ["cartVersion"] = order.CartVersion,
        [Fingerprint] = order.Fingerprint,
        ["checkoutFingerprint"] = order.CheckoutFingerprint,
        ["answerTraceId"] = order.AnswerTraceId,
        ["attempt"] = order.Attempt,
        ["holdExpiresAt"] = order.HoldExpiresAt?.ToMilliseconds(),
        ["dueQueue"] = order.DueAt is null ? null : Queue(order),
        ["dueAt"] = order.DueAt?.ToMilliseconds(),
        ["leased"] = order.IsLeased ? true : Value.None,
    };

    private static string Queue(Order order)
    {
        var shard = Ids.Shard(order.OrderId);
        return order.HoldsStock ? HeldQueue(shard) : OpenQueue(shard);
    }

    private static Value ToValue(OrderLine line) =>
        new StoredLine(line.ProductId, line.Size, line.Name, line.Qty, line.Price, line.Label).ToValue();

    private static OrderLine ToLine(Value value)
    {
        var line = StoredLine.Of(value);
        return new(line.ProductId, line.Size, line.Name, line.Label, line.Qty, line.Price);
    }

    private static Value ToValue(HistoryEntry entry) => new Item
    {
        ["status"] = EnumNames<OrderStatus>.Of(entry.Status),
        ["at"] = entry.At.ToMilliseconds(),
        ["reason"] = entry.Reason,
    };

    private static HistoryEntry ToEntry(Item entry) =>
        new(EnumNames<OrderStatus>.Parse(entry.Text("status")), entry.Number("at").ToTime(), entry.TextOrNull("reason"));

    private static Value ToValue(OrderRefund refund) => new Item
    {
        ["amount"] = refund.Amount.Minor,
        ["reason"] = refund.Reason,
        ["at"] = refund.At.ToMilliseconds(),
        ["doneAt"] = refund.DoneAt?.ToMilliseconds(),
        ["failures"] = refund.Failures,
        ["keyId"] = refund.KeyId,
    };

    private static OrderRefund ToRefund(Item refund, int position) => new(
        position + 1, new(refund.Number("amount")), refund.TextOrNull("reason"), refund.Number("at").ToTime(),
        refund.NumberOrNull("doneAt")?.ToTime(), (int)refund.Number("failures"), refund.TextOrNull("keyId"));

    private static Item ToItem(Payment payment) => new()
    {
        ["paymentId"] = payment.PaymentId,
        ["method"] = payment.Method,
        ["status"] = EnumNames<PaymentStatus>.Of(payment.Status),
        ["declineCode"] = payment.DeclineCode,
        ["issue"] = payment.Issue,
    };

    private static Payment ToPayment(Item payment) => new(
        payment.Text("paymentId"), payment.Text("method"), EnumNames<PaymentStatus>.Parse(payment.Text("status")),
        payment.TextOrNull("declineCode"), payment.TextOrNull("issue"));
}
