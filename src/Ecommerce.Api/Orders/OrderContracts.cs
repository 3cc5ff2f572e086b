using System.Text.Json.Serialization;
using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Orders;

/// <param name="ProductId">The product.</param>
/// <param name="Qty">1 to 99.</param>
/// <param name="Size">For a product that comes in sizes.</param>
public sealed record CreateOrderLine(string? ProductId, int? Qty, string? Size);

/// <param name="CartItems">1 to 50 lines; lines of the same product and size are merged.</param>
public sealed record CreateOrderRequest(IReadOnlyList<CreateOrderLine?>? CartItems);

/// <param name="Method">Any name: <c>CARD</c>, <c>UPI</c>, ...</param>
/// <param name="Token">The provider's token for the card or account, such as <c>pm_card_visa</c>.</param>
public sealed record PaymentRequest(string? Method, string? Token);

public sealed record CheckoutRequest(PaymentRequest? Payment, PostalAddress? ShippingAddress);

public sealed record OrderLineAnswer(
    string ProductId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Size,
    string Name,
    string Label,
    int Qty,
    Money Price,
    Money LineTotal)
{
    public static IReadOnlyList<OrderLineAnswer> Of(Order order) =>
        [.. order.Lines.Select(line => new OrderLineAnswer(line.ProductId, line.Size, line.Name, line.Label, line.Qty, line.Price, line.Total))];
}

/// <summary>An order that was placed and not paid yet. It holds no stock.</summary>
public sealed record OrderCreated(
    string OrderId, OrderStatus Status, IReadOnlyList<OrderLineAnswer> Items, Money TotalAmount, string Currency, DateTime CreatedAt)
{
    /// <summary>The answer as it was first given, whatever became of the order since.</summary>
    public static OrderCreated Of(Order order) =>
        new(order.OrderId, OrderStatus.Created, OrderLineAnswer.Of(order), order.Total, order.Currency, order.CreatedAt);
}

public sealed record PaymentAnswer(
    string PaymentId,
    PaymentStatus Status,
    string Method,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeclineCode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Issue = null);

/// <summary>An order that was bought, or whose payment is still under way.</summary>
public sealed record CheckoutAnswer(
    string OrderId, OrderStatus Status, IReadOnlyList<OrderLineAnswer> Items, Money TotalAmount, string Currency, PaymentAnswer Payment)
{
    /// <summary>The answer to a checkout that was paid, as it was first given, whatever became of the order since.</summary>
    public static CheckoutAnswer Confirmed(Order order) => Of(order, OrderStatus.Confirmed, PaymentStatus.Success);

    public static CheckoutAnswer Pending(Order order) => Of(order, OrderStatus.PaymentPending, PaymentStatus.Pending);

    private static CheckoutAnswer Of(Order order, OrderStatus status, PaymentStatus payment) => new(
        order.OrderId, status, OrderLineAnswer.Of(order), order.Total, order.Currency,
        new(order.Payment!.PaymentId, payment, order.Payment.Method));
}

/// <param name="Valid">False also, without a problem of any line, for an order that is not <c>CREATED</c> any more.</param>
/// <param name="Problems">What stands against single lines.</param>
public sealed record OrderValidation(bool Valid, IReadOnlyList<LineProblem> Problems);

public sealed record HistoryAnswer(
    OrderStatus Status, DateTime At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);

/// <summary>An order as it stands.</summary>
public sealed record OrderAnswer(
    string OrderId,
    string UserId,
    OrderStatus Status,
    IReadOnlyList<OrderLineAnswer> Items,
    Money TotalAmount,
    string Currency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PaymentAnswer? Payment,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RefundAnswer>? Refunds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PostalAddress? ShippingAddress,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TrackingNumber,
    IReadOnlyList<HistoryAnswer> History,
    IReadOnlyList<OrderAction> AllowedActions,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static OrderAnswer Of(Order order, bool isAdmin) => new(
        order.OrderId, order.UserId, order.Status, OrderLineAnswer.Of(order), order.Total, order.Currency,
        order.Payment is { } payment ? new(payment.PaymentId, payment.Status, payment.Method, payment.DeclineCode, payment.Issue) : null,
        order.Refunds.Count == 0 ? null : [.. order.Refunds.Select(RefundAnswer.Of)],
        order.ShippingAddress, order.TrackingNumber,
        [.. order.History.Select(entry => new HistoryAnswer(entry.Status, entry.At, entry.Reason))],
        order.Status.ActionsFor(isAdmin), order.CreatedAt, order.UpdatedAt);
}
