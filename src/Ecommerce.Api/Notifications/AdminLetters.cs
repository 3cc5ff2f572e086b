using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Notifications;

/// <summary>What the shop's administrator is told.</summary>
internal static class AdminLetters
{
    public static Letter NewOrder(Order order) => OrderLetters.WithLines(new($"New order {order.OrderId}: {order.Total} {order.Currency}")
    {
        Opening = [$"order {order.OrderId} is paid and to be sent."],
    }, order);

    public static Letter Unfulfillable(Order order) => OrderLetters.WithLines(new($"Order {order.OrderId} cannot be delivered")
    {
        Opening = [$"order {order.OrderId} was paid after it had been given up, and there is no stock for it any more. The buyer is told, and the money goes back by itself."],
    }, order);

    /// <param name="facts">Of the event: product, SKU, size, name, how many there are, how many are few.</param>
    public static Letter LowStock(Item facts)
    {
        var (product, available) = (facts.TextOrNull("name") ?? facts.Text("productId"), facts.Number("available"));
        return new($"Low stock: {product}{(facts.TextOrNull("size") is { } size ? $", size {size}" : "")}")
        {
            Opening = [$"of this product there are few left (the limit is {facts.Number("threshold")}):"],
            Lines = [new(product, facts.TextOrNull("size") is { } named ? $"size {named}" : "", $"{available} left")],
            Closing = [$"Product id: {facts.Text("productId")}"],
        };
    }
}
