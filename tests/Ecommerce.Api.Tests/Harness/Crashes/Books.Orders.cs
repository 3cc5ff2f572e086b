using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Harness.Crashes;

internal sealed partial class Books
{
    private async Task AuditOrder(Order order, List<string> wrong)
    {
        var said = wrong.Count;
        AuditLife(order, wrong);
        await AuditDue(order, wrong);
        await AuditMoney(order, wrong);
        await AuditEvents(order, wrong);
        for (var i = said; i < wrong.Count; i++) wrong[i] = $"{order.OrderId} ({string.Join(" > ", order.History.Select(entry => entry.Status))}): {wrong[i]}";
    }

    private static void AuditLife(Order order, List<string> wrong)
    {
        foreach (var (from, to) in order.History.Zip(order.History.Skip(1)))
            if (!from.Status.CanBecome(to.Status))
                wrong.Add($"an order cannot go from {from.Status} to {to.Status}");
        if (order.History[^1].Status != order.Status) wrong.Add($"it is {order.Status}");
        if (order.Refundable < Money.Zero) wrong.Add("more is paid back than was paid");
    }

    /// <summary>At its end with nothing open, or due, and then to be found through the index.</summary>
    private async Task AuditDue(Order order, List<string> wrong)
    {
        var isOpen = order.Work() != OpenWork.None;
        if (isOpen != order.DueAt is not null) wrong.Add($"what is left to do is {order.Work()}, and it is due {order.DueAt:o}");
        var isFound = false;
        foreach (var queue in new[] { OrderItems.HeldQueue(Ids.Shard(order.OrderId)), OrderItems.OpenQueue(Ids.Shard(order.OrderId)) })
        {
            var query = new Query(Tables.Orders, queue) { Index = Tables.Orders.Index("due") };
            if (order.DueAt is { } due) query = query with { From = due.ToMilliseconds(), To = due.ToMilliseconds() };
            var isHere = (await All(_app.Store, query)).Any(item => item.Text("orderId") == order.OrderId);
            if (isHere && queue.StartsWith("held", StringComparison.Ordinal) != order.HoldsStock) wrong.Add($"it stands in {queue}");
            isFound |= isHere;
        }

        if (isFound != isOpen) wrong.Add(isFound ? "it is in the index of due orders, and nothing is left to do" : "nobody will ever find it");
    }

    /// <summary>The provider's books, the order and the payment's record say the same, unless something is still to be done.</summary>
    private async Task AuditMoney(Order order, List<string> wrong)
    {
        var charge = await ChargeOf(_app, order.OrderId);
        var captured = charge is null || charge.TextOrNull("declineCode") is not null ? 0 : charge.Number("amount");
        var paidBack = charge?.NumberOrNull("refunded") ?? 0;
        var done = order.Refunds.Where(refund => refund.DoneAt is not null).Sum(refund => refund.Amount.Minor);
        if (captured != 0 && captured != order.Total.Minor) wrong.Add($"{captured} was taken for an order of {order.Total.Minor}");
        if (done > paidBack) wrong.Add($"{done} is said to be paid back, and {paidBack} is");
        if (captured == 0 && order.WasEver(OrderStatus.Confirmed)) wrong.Add("it was confirmed and is not paid");
        if (order.Work() is not OpenWork.None) return;

        if (done != paidBack) wrong.Add($"{paidBack} was paid back, and the order knows of {done}");
        if (captured != 0 && !order.WasEver(OrderStatus.Confirmed) && paidBack != captured) wrong.Add($"{captured} was taken for nothing, {paidBack} was paid back");
        if (order.Status is OrderStatus.Cancelled or OrderStatus.Refunded && paidBack != captured) wrong.Add($"{paidBack} of {captured} was paid back");
        if (order.Payment is not { } payment)
        {
            if (captured != 0) wrong.Add("it has no payment, and was charged");
            return;
        }

        var expected = captured == 0 ? PaymentStatus.Declined : paidBack == 0 ? PaymentStatus.Success
            : paidBack == captured ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded;
        var record = await _app.PaymentRecord(payment.PaymentId);
        if (payment.Status != expected) wrong.Add($"its payment is {payment.Status} and should be {expected}");
        if (record?.TextOrNull("status") != EnumNames<PaymentStatus>.Of(expected)) wrong.Add($"its payment's record says {record?.TextOrNull("status") ?? "nothing"} and should say {expected}");
        if (captured != 0 && record?.TextOrNull("reference") != $"sim_{order.OrderId}:charge") wrong.Add("its payment's record names another charge");
    }

    /// <summary>The log has what happened, all of it and once, and tells it to whoever asks.</summary>
    private async Task AuditEvents(Order order, List<string> wrong)
    {
        var expected = order.History.Skip(1).Select(entry => entry.Status switch
        {
            OrderStatus.Confirmed => EventType.OrderConfirmed,
            OrderStatus.PaymentFailed => EventType.PaymentDeclined,
            OrderStatus.Expired => EventType.OrderExpired,
            OrderStatus.Cancelled => EventType.OrderCancelled,
            OrderStatus.Shipped => EventType.OrderShipped,
            OrderStatus.Delivered => EventType.OrderDelivered,
            _ => (EventType?)null,
        }).OfType<EventType>().Append(EventType.OrderCreated).ToList();
        if (order.Payment?.Status is not (null or PaymentStatus.Pending or PaymentStatus.Declined)) expected.Add(EventType.PaymentSuccess);
        if (order.History[^1].Reason == ChargeOutcome.Unfulfillable) expected.Add(EventType.OrderUnfulfillable);
        expected.AddRange(order.Refunds.Where(refund => refund.DoneAt is not null).Select(_ => EventType.RefundIssued));

        Compare("the log has", _events[order.OrderId]);
        var told = await _app.Admin.Get($"/order/{order.OrderId}/events?limit=100").ShouldBe(200);
        Compare("the order's list of events has", told.Items().Select(e => e.Text("eventType")));

        void Compare(string who, IEnumerable<string> logged)
        {
            var (should, does) = (string.Join('+', expected.Select(type => type.ToString()).Order()), string.Join('+', logged.Order()));
            if (should != does) wrong.Add($"{who} {does} and should have {should}");
        }
    }
}
