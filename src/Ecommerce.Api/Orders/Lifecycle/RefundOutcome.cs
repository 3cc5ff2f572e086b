using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>What the provider's answers about refunds make of an order.</summary>
internal static class RefundOutcome
{
    /// <summary>The reason of a refund that was made at the provider, not here.</summary>
    public const string AtTheProvider = "refunded_by_provider";

    /// <summary>What an answer makes of the order; null when it is recorded already.</summary>
    /// <param name="order">The order as it is by now.</param>
    /// <param name="asked">The refund as it was asked for.</param>
    /// <param name="result">The answer.</param>
    /// <param name="record">The payment's record.</param>
    /// <param name="now">The time.</param>
    public static OrderChange? Of(Order order, OrderRefund asked, RefundResult result, Item record, DateTime now)
    {
        var refund = order.Refunds[asked.Number - 1];
        if (!refund.IsPending) return null;
        if (result is RefundResult.Succeeded) return Done(order, refund with { DoneAt = now }, record, now);

        // A refusal of an earlier try says nothing of the present one, which may have been made: yet another would pay twice.
        if (refund.Failures != asked.Failures) return null;
        var waiting = result is RefundResult.Failed ? order.WithRefund(refund with { Failures = refund.Failures + 1 }) : order;
        return new(waiting.BackedOff(now));
    }

    /// <summary>
    /// The provider has paid back more than the shop knows to be done; null when it has not. It may be a refund of the shop's own, or
    /// one at somebody's desk. The shop asks for its refunds one after the other, so what is paid back counts for the first that is
    /// pending; what is less than that one was not asked for by the shop, and leaves less to ask for. As long as the payment itself is
    /// not known, it is only remembered.
    /// </summary>
    /// <param name="order">The order as it is by now.</param>
    /// <param name="total">All that was ever paid back, in minor units.</param>
    /// <param name="record">The payment's record, if there is one.</param>
    /// <param name="now">The time.</param>
    public static OrderChange? OfNotice(Order order, Money total, Item? record, DateTime now)
    {
        if (!order.IsPaid || record is null) return total > (order.PaidBackEarly ?? Money.Zero) ? new(order with { PaidBackEarly = total }) : null;
        var unknown = Math.Min(total.Minor, order.Total.Minor) - order.PaidBack.Minor;
        if (unknown <= 0) return null;

        var done = new List<OrderRefund>();
        while (order.Refunds.FirstOrDefault(refund => refund.IsPending) is { } pending && pending.Amount.Minor <= unknown)
        {
            done.Add(pending with { DoneAt = now });
            order = order.WithRefund(done[^1]);
            unknown -= pending.Amount.Minor;
        }

        if (unknown > 0)
        {
            if (unknown > order.Refundable.Minor) order = order.WithRefund(Less(order.NextRefund(), unknown - order.Refundable.Minor));
            order = order.AddRefund(new(unknown), AtTheProvider, null, now);
            done.Add(order.Refunds[^1] with { DoneAt = now });
            order = order.WithRefund(done[^1]);
        }

        var changed = order.EndedIfRefunded(now).Rescheduled(now);
        return new(changed, [PaymentRecord.Of(changed, record), .. done.Select(refund => OrderEvents.LogRefund(changed, refund))]);
    }

    /// <summary>Another amount is another refund to the provider.</summary>
    private static OrderRefund Less(OrderRefund refund, long by) => refund with { Amount = new(refund.Amount.Minor - by), Failures = refund.Failures + 1 };

    private static OrderChange Done(Order order, OrderRefund refund, Item record, DateTime now)
    {
        var done = order.WithRefund(refund).Rescheduled(now);
        return new(done, PaymentRecord.Of(done, record), OrderEvents.LogRefund(done, refund));
    }
}
