using System.Globalization;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>What is logged of an order's changes of state.</summary>
internal static class OrderEvents
{
    /// <summary>
    /// The log entry of the commit that brought the order to its present state. Its id follows from order and state, so the log
    /// of an order is found from its history, and no state is ever logged twice.
    /// </summary>
    public static Put Log(Order order, params ReadOnlySpan<EventType> types)
    {
        var entryId = Ids.DeriveAt("evt", order.UpdatedAt, order.OrderId, order.History.Count.ToString(CultureInfo.InvariantCulture));
        var facts = new Item
        {
            ["orderId"] = order.OrderId,
            ["status"] = EnumNames<OrderStatus>.Of(order.Status),
            ["totalAmount"] = order.Total.Minor,
            ["currency"] = order.Currency,
            ["paymentId"] = order.Payment?.PaymentId,
            ["reason"] = order.History[^1].Reason,
        };
        var events = new List<ShopEvent>();
        foreach (var type in types) events.Add(new(type, facts));
        return EventLog.Append(entryId, order.UpdatedAt, order.UserId, events);
    }
}
