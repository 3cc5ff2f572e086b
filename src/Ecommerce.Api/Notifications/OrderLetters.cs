using Ecommerce.Api.Orders;
using Ecommerce.Api.Users;

namespace Ecommerce.Api.Notifications;

/// <summary>What buyers are told of their orders. What the letters say stays true, whatever becomes of the order before they are sent.</summary>
internal static class OrderLetters
{
    public static Letter Receipt(Order order, Profile buyer) => WithLines(new($"Receipt for order {order.OrderId}")
    {
        Name = buyer.Name,
        Opening = ["thank you for your order. It is paid, and this is your receipt.", Number(order)],
    }, order);

    public static Letter Shipped(Order order, Profile buyer) => new($"Order {order.OrderId} is on its way")
    {
        Name = buyer.Name,
        Opening = ["your order is on its way.", Number(order), .. order.TrackingNumber is null ? (string[])[] : ["You can follow the parcel by its tracking number:"]],
        Highlight = order.TrackingNumber,
        Closing = order.Lines.Count == 0 ? [] : [$"In it: {string.Join(", ", order.Lines.Select(line => $"{line.Qty} × {Title(line)}"))}."],
    };

    /// <param name="order">The order, as it is by now.</param>
    /// <param name="buyer">Who paid for it.</param>
    /// <param name="amount">What is paid back now.</param>
    /// <param name="reason">In an administrator's words; null for none.</param>
    public static Letter Refund(Order order, Profile buyer, Money amount, string? reason) => new($"Refund for order {order.OrderId}")
    {
        Name = buyer.Name,
        Opening =
        [
            order.Status == OrderStatus.Cancelled ? "your order was cancelled, and we have paid your money back." : "we have paid money back for your order.",
            Number(order),
            .. reason is null ? (string[])[] : [$"The reason: {reason}"],
        ],
        Highlight = $"{amount} {order.Currency}",
        Closing = [MoneyTakesDays],
    };

    public static Letter Unfulfillable(Order order, Profile buyer) => WithLines(new($"We cannot deliver order {order.OrderId}")
    {
        Name = buyer.Name,
        Opening = ["we are sorry: your payment came after we had given up waiting for it, and what you ordered is sold out by now. You get all of your money back.", Number(order)],
        Closing = [MoneyTakesDays],
    }, order);

    public static Letter WithLines(Letter letter, Order order) => letter with
    {
        Lines = [.. order.Lines.Select(line => new LetterLine(Title(line), $"{line.Qty} × {line.Price}", line.Total.ToString()))],
        Total = $"{order.Total} {order.Currency}",
    };

    private const string MoneyTakesDays = "It goes back the way it was paid. That can take some days.";

    private static string Number(Order order) => $"Order number: {order.OrderId}";

    private static string Title(OrderLine line) => line.Size is null ? line.Label : $"{line.Label}, size {line.Size}";
}
