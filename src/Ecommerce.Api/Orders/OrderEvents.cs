using System.Globalization;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>
/// What is logged of an order. The id of an entry follows from the order and from what of it the entry tells, so the log of an order
/// is found from the order, and nothing is ever logged twice.
/// </summary>
internal static class OrderEvents
{
    private const string LateCharge = "charge";

    /// <summary>The entry of the commit that brought the order to its present state.</summary>
    public static Put Log(Order order, params ReadOnlySpan<EventType> types) =>
        Append(order, EntryId(order, order.InStateSince, State(order.History.Count)), order.InStateSince, Facts(order), types);

    /// <summary>The entry of a charge that came to light after its order was over, and is the first thing to be paid back.</summary>
    public static Put LogLateCharge(Order order, params ReadOnlySpan<EventType> types)
    {
        var at = order.Refunds[0].At;
        return Append(order, EntryId(order, at, LateCharge), at, Facts(order), types);
    }

    /// <summary>The entry of a refund that is done. What is paid back of an order that never was confirmed takes nothing from any sale.</summary>
    public static Put LogRefund(Order order, OrderRefund refund)
    {
        var facts = Facts(order);
        facts["amount"] = refund.Amount.Minor;
        facts["reason"] = order.IsCalledOff ? null : refund.Reason;
        var log = Append(order, EntryId(order, refund.DoneAt!.Value, Refund(refund)), refund.DoneAt.Value, facts, EventType.RefundIssued);
        return order.WasEver(OrderStatus.Confirmed) ? log.PayingBack(refund.Amount, refund.Amount == order.Total ? order.Lines : []) : log;
    }

    /// <summary>Where the order's entries stand, oldest first; of some commits there is none.</summary>
    public static IReadOnlyList<ItemKey> Keys(Order order)
    {
        var entries = order.History.Select((entry, position) => (entry.At, What: State(position + 1)))
            .Concat(order.Refunds.Take(1).Select(refund => (refund.At, What: LateCharge)))
            .Concat(order.Refunds.Where(refund => !refund.IsPending).Select(refund => (At: refund.DoneAt!.Value, What: Refund(refund))));
        return [.. entries.OrderBy(entry => entry.At).Select(entry => EventLog.Key(EntryId(order, entry.At, entry.What)))];
    }

    private static string EntryId(Order order, DateTime at, string what) => Ids.DeriveAt("evt", at, order.OrderId, what);

    private static string State(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Refund(OrderRefund refund) => string.Create(CultureInfo.InvariantCulture, $"refund {refund.Number}");

    private static Put Append(Order order, string entryId, DateTime at, Item facts, params ReadOnlySpan<EventType> types)
    {
        var events = new List<ShopEvent>();
        foreach (var type in types) events.Add(new(type, facts));
        return EventLog.Append(entryId, at, order.UserId, events);
    }

    private static Item Facts(Order order) => new()
    {
        ["orderId"] = order.OrderId,
        ["status"] = EnumNames<OrderStatus>.Of(order.Status),
        ["totalAmount"] = order.Total.Minor,
        ["currency"] = order.Currency,
        ["paymentId"] = order.Payment?.PaymentId,
        // Not what the buyer had to say: the log is never erased.
        ["reason"] = order.IsCalledOff ? null : order.History[^1].Reason,
    };
}
