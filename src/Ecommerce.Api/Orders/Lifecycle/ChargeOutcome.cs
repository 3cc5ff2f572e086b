using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>
/// Step 4 of checkout, and every later answer about the same charge: what it makes of an order, in whatever state the order is by
/// then.
/// </summary>
internal static class ChargeOutcome
{
    public const string Unfulfillable = "unfulfillable";
    private const string UnknownPayment = "payment_unknown";
    private const string WrongAmount = "amount_mismatch";

    /// <summary>Null when the answer changes nothing.</summary>
    public static OrderChange? Of(Order order, ChargeResult result, ChargeFacts facts) => result switch
    {
        ChargeResult.Succeeded paid when paid.Amount != order.Total || paid.Currency != order.Currency => Flag(order, facts),
        ChargeResult.Succeeded paid => Paid(order, paid.Reference, facts),
        ChargeResult.Declined declined when order.HoldsStock => Decline(order, declined.Code, facts),
        ChargeResult.Declined declined when order.Work() == OpenWork.Charge => Close(order, declined.Code, facts),
        ChargeResult.Declined => null,
        _ => Unknown(order, facts),
    };

    private static OrderChange? Paid(Order order, string reference, ChargeFacts facts) => order switch
    {
        { HoldsStock: true } => CountPaidBack(Confirm(order, reference, facts), facts),
        { Status: OrderStatus.PaymentFailed or OrderStatus.Expired } => ConfirmLate(order, reference, facts),
        { Status: OrderStatus.Cancelled, Payment.Status: PaymentStatus.Pending or PaymentStatus.Declined } =>
            CountPaidBack(RefundAll(order, order.History[^1].Reason, reference, facts, EventType.PaymentSuccess), facts),
        _ => null,
    };

    /// <summary>Counts what was paid back before the payment was known.</summary>
    private static OrderChange CountPaidBack(OrderChange change, ChargeFacts facts)
    {
        if (change.Order.PaidBackEarly is not { } total) return change;
        var record = change.Beside.OfType<Put>().Single(put => put.Table == Tables.Payments).Item;
        return RefundOutcome.OfNotice(change.Order with { PaidBackEarly = null }, total, record, facts.Now) is { } next ? change.Then(next) : change;
    }

    /// <summary>Paid: the hold becomes a sale by the order's state alone, and the cart is emptied.</summary>
    private static OrderChange Confirm(Order order, string reference, ChargeFacts facts)
    {
        var paid = (order.To(OrderStatus.Confirmed, facts.Now) with { Payment = Succeeded(order) }).Rescheduled(facts.Now);
        var log = OrderEvents.Log(paid, EventType.PaymentSuccess, EventType.OrderConfirmed).Noting(Reservation.Take(order), order.OrderId).Selling(order.Lines);
        return new(paid, PaymentRecord.Of(paid, facts.Provider, reference), log)
        {
            Cart = facts.Cart is { } bought ? bought with { Lines = [], BoughtAs = order.OrderId } : null,
        };
    }

    /// <summary>
    /// Paid after it was given up: the stock is taken again, and where there is none the money goes back. So it does when the buyer's
    /// account is gone, and the address with it.
    /// </summary>
    private static OrderChange ConfirmLate(Order order, string reference, ChargeFacts facts)
    {
        var unfulfillable = order.To(OrderStatus.Cancelled, facts.Now, Unfulfillable);
        var refund = RefundAll(unfulfillable, Unfulfillable, reference, facts, EventType.PaymentSuccess, EventType.OrderUnfulfillable, EventType.OrderCancelled);
        var paidBack = CountPaidBack(refund, facts);
        return order.BuyerErased
            ? paidBack
            : CountPaidBack(Confirm(order, reference, facts), facts) with { Moves = Reservation.Take(order), WithoutStock = paidBack };
    }

    /// <summary>Paid and not to be delivered: all of it goes back.</summary>
    private static OrderChange RefundAll(Order order, string? reason, string reference, ChargeFacts facts, params ReadOnlySpan<EventType> events)
    {
        var owing = (order with { Payment = Succeeded(order) }).AddRefund(order.Total, reason, null, facts.Now).Rescheduled(facts.Now);
        return new(owing, PaymentRecord.Of(owing, facts.Provider, reference), OrderEvents.LogLateCharge(owing, events)) { Cart = facts.Cart };
    }

    /// <summary>
    /// Not paid: the stock goes back. The cart keeps its lines and becomes a new state of itself, so that it can be bought again.
    /// </summary>
    private static OrderChange Decline(Order order, string code, ChargeFacts facts)
    {
        var isAbandoned = order.Status == OrderStatus.Reserved && code == ChargeResult.Voided;
        var ended = isAbandoned ? order.To(OrderStatus.Expired, facts.Now, code) : order.To(OrderStatus.PaymentFailed, facts.Now, code);
        var failed = (ended with { Payment = Declined(order, code), AnswerTraceId = facts.TraceId }).Rescheduled(facts.Now);
        var back = Reservation.Release(order);
        var log = OrderEvents.Log(failed, isAbandoned ? EventType.OrderExpired : EventType.PaymentDeclined).Releasing(back);
        return new(failed, PaymentRecord.Of(failed, facts.Provider, null), log)
        {
            Moves = back,
            Cart = facts.Cart,
        };
    }

    /// <summary>Not paid, and ended already: nothing is open any more.</summary>
    private static OrderChange Close(Order order, string code, ChargeFacts facts)
    {
        var closed = (order with { Payment = Declined(order, code) }).Rescheduled(facts.Now);
        return new(closed, PaymentRecord.Of(closed, facts.Provider, null)) { Cart = facts.Cart };
    }

    /// <summary>
    /// Not known: the order waits, with its stock until the hold ends. Then the stock goes back, and what is left open is to see that
    /// the order is not charged any more. Only then may the same cart be bought again.
    /// </summary>
    private static OrderChange? Unknown(Order order, ChargeFacts facts)
    {
        if (order.Work() != OpenWork.Charge) return null;
        if (!order.HoldsStock) return new(order.BackedOff(facts.Now));
        var pending = order.Status == OrderStatus.PaymentPending ? order : order.To(OrderStatus.PaymentPending, facts.Now);
        if (order.HoldExpiresAt > facts.Now) return new(pending.BackedOff(facts.Now));

        var failed = pending.To(OrderStatus.PaymentFailed, facts.Now, UnknownPayment).BackedOff(facts.Now) with { AnswerTraceId = facts.TraceId };
        var back = Reservation.Release(order);
        return new(failed, OrderEvents.Log(failed, EventType.PaymentDeclined).Releasing(back)) { Moves = back };
    }

    /// <summary>The provider took something else than what the order costs. Nothing is delivered for it; a person has to look.</summary>
    private static OrderChange? Flag(Order order, ChargeFacts facts)
    {
        if (order.Payment is not { } payment || order.WasEver(OrderStatus.Confirmed)) return null;
        var flagged = order with { Payment = payment with { Issue = WrongAmount } };
        return Unknown(flagged, facts) ?? (payment.Issue is null ? new(flagged) : null);
    }

    private static Payment Succeeded(Order order) => order.Payment! with { Status = PaymentStatus.Success, DeclineCode = null };

    private static Payment Declined(Order order, string code) => order.Payment! with { Status = PaymentStatus.Declined, DeclineCode = code };
}
