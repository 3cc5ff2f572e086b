using System.Globalization;
using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>Orders as the store keeps them.</summary>
internal static class OrderItems
{
    public const string Fingerprint = "fingerprint";
    private const string Claims = "claims";

    /// <summary>An order that nobody pays for is given up after a day.</summary>
    public static readonly TimeSpan UnpaidLife = TimeSpan.FromDays(1);

    public static Put ToPut(this Order order) => new(Tables.Orders, order.ToItem(), Expect.AtVersion(order.Version));

    /// <summary>The queues of the index by due time, one per shard: orders that hold stock, and orders that are only placed.</summary>
    public static string HeldQueue(int shard) => string.Create(CultureInfo.InvariantCulture, $"held.{shard}");

    public static string CreatedQueue(int shard) => string.Create(CultureInfo.InvariantCulture, $"created.{shard}");

    /// <summary>
    /// Stands under the id of the order that an idempotency key would make, when the key was used to buy another order: so a key
    /// means one thing only, whatever route it is used on.
    /// </summary>
    public static Put Claim(string keyId, Order order) => new(Tables.Orders, new()
    {
        ["orderId"] = keyId,
        [Claims] = order.OrderId,
        [Fingerprint] = order.CheckoutFingerprint,
    }, Expect.Absent);

    public static bool IsClaim(this Item item) => !item[Claims].IsNone;

    /// <summary>Null for a claim, which stands among the orders and is none.</summary>
    public static Order? ToOrderOrNull(this Item item) => item.IsClaim() ? null : item.ToOrder();

    public static Order ToOrder(this Item item) => new()
    {
        OrderId = item.Text("orderId"),
        UserId = item.Text("userId"),
        Status = EnumNames<OrderStatus>.Parse(item.Text("status")),
        Lines = [.. item.List("lines").Select(ToLine)],
        Currency = item.Text("currency"),
        Payment = item.MapOrNull("payment") is { } payment ? ToPayment(payment) : null,
        ShippingAddress = item["shippingAddress"] is { IsNone: false } address ? new(address) : null,
        History = [.. item.List("history").Select(entry => ToEntry(entry.AsMap))],
        CartVersion = item.NumberOrNull("cartVersion"),
        Fingerprint = item.TextOrNull(Fingerprint),
        CheckoutFingerprint = item.TextOrNull("checkoutFingerprint"),
        AnswerTraceId = item.TextOrNull("answerTraceId"),
        Attempt = (int)item.Number("attempt"),
        LeaseUntil = item.NumberOrNull("leaseUntil")?.ToTime(),
        HoldExpiresAt = item.NumberOrNull("holdExpiresAt")?.ToTime(),
        Version = item.Version,
    };

    private static Item ToItem(this Order order)
    {
        var (queue, at) = Due(order);
        return new()
        {
            ["orderId"] = order.OrderId,
            ["userId"] = order.UserId,
            ["createdAt"] = order.CreatedAt.ToMilliseconds(),
            ["status"] = EnumNames<OrderStatus>.Of(order.Status),
            ["lines"] = Value.Of([.. order.Lines.Select(ToValue)]),
            ["total"] = order.Total.Minor,
            ["currency"] = order.Currency,
            ["payment"] = order.Payment is { } payment ? ToItem(payment) : null,
            ["shippingAddress"] = order.ShippingAddress?.Content ?? Value.None,
            ["history"] = Value.Of([.. order.History.Select(ToValue)]),
            ["cartVersion"] = order.CartVersion,
            [Fingerprint] = order.Fingerprint,
            ["checkoutFingerprint"] = order.CheckoutFingerprint,
            ["answerTraceId"] = order.AnswerTraceId,
            ["attempt"] = order.Attempt,
            ["leaseUntil"] = order.LeaseUntil?.ToMilliseconds(),
            ["holdExpiresAt"] = order.HoldExpiresAt?.ToMilliseconds(),
            ["dueQueue"] = queue,
            ["dueAt"] = at?.ToMilliseconds(),
        };
    }

    /// <summary>When somebody must look at the order again, if nothing happens to it until then.</summary>
    private static (string? Queue, DateTime? At) Due(Order order)
    {
        var shard = Ids.Shard(order.OrderId);
        if (order.HoldsStock) return (HeldQueue(shard), order.LeaseUntil);
        return order.Status == OrderStatus.Created ? (CreatedQueue(shard), order.CreatedAt + UnpaidLife) : (null, null);
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

    private static Item ToItem(Payment payment) => new()
    {
        ["paymentId"] = payment.PaymentId,
        ["method"] = payment.Method,
        ["status"] = EnumNames<PaymentStatus>.Of(payment.Status),
        ["declineCode"] = payment.DeclineCode,
    };

    private static Payment ToPayment(Item payment) => new(
        payment.Text("paymentId"), payment.Text("method"), EnumNames<PaymentStatus>.Parse(payment.Text("status")),
        payment.TextOrNull("declineCode"));
}
