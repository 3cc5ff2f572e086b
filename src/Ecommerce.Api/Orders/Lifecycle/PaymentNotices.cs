using Ecommerce.Api.Payments;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>
/// Does what a provider's notice means. Each is heard once, by its event id, in the commit that it leads to; it may come late, early,
/// twice, and in any order.
/// </summary>
internal sealed partial class PaymentNotices(IStore store, OrderDriver driver, Recovery recovery, ILogger<PaymentNotices> log)
{
    /// <summary>False when the notice makes no sense yet, and the provider is to send it again later.</summary>
    public async Task<bool> Receive(PaymentNotice notice, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("ord", notice.OrderId)) return true;
        var read = await store.GetMany([PaymentInbox.MarkKey(notice), Tables.Orders.Key(notice.OrderId!)], consistent: true, cancellation);
        if (read[0] is not null) return true;

        var mark = PaymentInbox.Mark(notice);
        if (read[1]?.ToOrderOrNull() is { Payment: not null } order)
        {
            await Act(order, notice, mark);
        }
        else
        {
            LogEarly(notice.OrderId!);
            if (notice is not PaymentNotice.Charged charged) return false;
            await store.Commit([PaymentInbox.Keep(notice.OrderId!, charged.Result)], cancellation: CancellationToken.None);
        }

        // Refused when the notice was heard in the commit that it led to, or by somebody else.
        await store.Commit([mark], cancellation: CancellationToken.None);
        return true;
    }

    private async Task Act(Order order, PaymentNotice notice, Put mark)
    {
        var done = notice is PaymentNotice.Refunded refunded
            ? await driver.Acknowledge(order, refunded.Total, mark)
            : await driver.Settle(order, ((PaymentNotice.Charged)notice).Result, mark: mark);
        if (!done.IsLeased && done.Work() == OpenWork.Refund) await recovery.Recover(done.OrderId);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A payment notice came for {OrderId}, which nobody has set out to pay.")]
    private partial void LogEarly(string orderId);
}
