using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>Asks the payment provider: within a time limit, and never so that one order could be charged twice.</summary>
internal sealed class Charging(IPaymentGateway gateway, PaymentInbox inbox, TimeProvider clock)
{
    /// <summary>How often a request sends a charge that the provider says it has not made.</summary>
    private const int Tries = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>For a question that nobody is waiting for the answer of.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>
    /// How the order's charge stands: made now if there is somebody to charge and the order still has its hold, otherwise looked up.
    /// Once the order is not to be paid any more, a charge that was not made is called off.
    /// </summary>
    public async Task<ChargeResult> Ask(Order order, Payer? payer)
    {
        var charge = ChargeOf(order);
        var isHeld = order.HoldsStock && order.HoldExpiresAt > clock.GetUtcNow();
        var result = isHeld && payer is not null ? await Charge(order, charge, payer) : await LookUp(charge);
        if (result.IsCertain) return result;
        if (await inbox.EarlyCharge(order.OrderId) is { } told) return told;

        // Nobody is there to try again with, and the request that was has had its time: the wait is over.
        var isOver = !isHeld || (payer is null && order.Status == OrderStatus.PaymentPending && result is ChargeResult.NotMade);
        return isOver ? await WithPatience<ChargeResult>(cancellation => gateway.Void(charge, cancellation), new ChargeResult.Unknown()) : result;
    }

    public Task<RefundResult> Refund(Order order, OrderRefund refund, string reference) => WithPatience<RefundResult>(
        cancellation => gateway.Refund(new(order.RefundKey(refund), order.OrderId, reference, refund.Amount, order.Currency), cancellation),
        new RefundResult.Unknown());

    private async Task<ChargeResult> Charge(Order order, Charge charge, Payer payer)
    {
        if (order.Attempt > 1 && await LookUp(charge) is { IsCertain: true } earlier) return earlier;
        for (var attempt = 1; ; attempt++)
        {
            if (await gateway.Charge(charge, payer.Token, payer.Budget) is var result and not ChargeResult.Unknown) return result;
            if (await LookUp(charge) is var found && (found is not ChargeResult.NotMade || attempt == Tries || payer.Budget.IsCancellationRequested)) return found;
            await Task.Delay(Pause * attempt, clock, CancellationToken.None);
        }
    }

    private Task<ChargeResult> LookUp(Charge charge) =>
        WithPatience<ChargeResult>(cancellation => gateway.LookUp(charge, cancellation), new ChargeResult.Unknown());

    /// <summary>A provider that does not even notice that it took too long is left behind: one order must not hold up a recovery pass.</summary>
    private async Task<T> WithPatience<T>(Func<CancellationToken, Task<T>> ask, T unknown)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            return await ask(patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return unknown;
        }
    }

    private static Charge ChargeOf(Order order) => new($"{order.OrderId}:charge", order.OrderId, order.Total, order.Currency);
}
