using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>Who is there to pay, while the request lasts.</summary>
/// <param name="Token">The provider's token for their card or account.</param>
/// <param name="Cart">The cart they buy; null for an order that was placed by itself.</param>
/// <param name="TraceId">Of their request.</param>
/// <param name="Budget">Ends when there is no time left to charge.</param>
internal sealed record Payer(string Token, Cart? Cart, string TraceId, CancellationToken Budget);

/// <summary>
/// Drives orders: asks the payment provider what is to be known, and commits what follows, until an order has nothing left to do or
/// has to wait. The request that buys, a recovery pass after a crash, somebody who cancels: all of them go this way.
/// </summary>
internal sealed partial class OrderDriver(
    IStore store, OrderCommits commits, Charging charging, IPaymentGateway gateway, Stragglers stragglers, TimeProvider clock,
    ILogger<OrderDriver> log)
{
    private const int Attempts = 10;

    /// <summary>Whatever is logged while an order is driven names it, the provider's troubles as well.</summary>
    private static readonly Func<ILogger, string, IDisposable?> Driving = LoggerMessage.DefineScope<string>("Driving {OrderId}");

    /// <summary>Goes on with an order that the caller has the lease of, for as long as it has.</summary>
    /// <param name="order">The order as it is stored.</param>
    /// <param name="payer">Null when nobody is there who could be charged.</param>
    public async Task<Order> Drive(Order order, Payer? payer = null)
    {
        using var scope = Driving(log, order.OrderId);
        var lease = order.Attempt;
        while (order.IsLeased && order.Attempt == lease && order.Work() is not OpenWork.None)
        {
            var before = order.Version;
            order = order.Work() == OpenWork.Refund ? await Refund(order) : await Settle(order, await Pay(order, payer), payer);
            if (order.Version == before) break;
        }

        return order;
    }

    /// <summary>
    /// The same for a request that somebody waits for. What takes too long, or meets a store out of reach, goes on without the
    /// request, and recovery finishes what is left; the request is answered by the order as it was.
    /// </summary>
    public async Task<Order> DriveWithin(RequestBudget budget, Order order, Payer? payer = null)
    {
        var driving = Drive(order, payer);
        try
        {
            return await driving.WaitAsync(budget.Left, clock);
        }
        catch (TimeoutException)
        {
            LogLeft(order.OrderId);
            stragglers.Add(driving, trouble => LogFailed(trouble, order.OrderId));
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, order.OrderId);
        }

        return order;
    }

    /// <summary>
    /// Writes what the provider says of an order's charge, in whatever state the order is by then. What it knows for certain is written
    /// even if somebody else has the lease of the order; a guess is not.
    /// </summary>
    /// <param name="order">The order as it was read last.</param>
    /// <param name="result">What the provider says.</param>
    /// <param name="payer">As for <see cref="Drive"/>.</param>
    /// <param name="mark">A write to make in the same commit.</param>
    /// <returns>The order as it is then.</returns>
    public async Task<Order> Settle(Order order, ChargeResult result, Payer? payer = null, Write? mark = null)
    {
        using var span = Spans.Start("checkout.confirm", order.OrderId);
        var cart = payer is null ? await BoughtCart(order) : payer.Cart is { } paid && order.Buys(paid) ? paid : null;
        var facts = new ChargeFacts(gateway.Provider, cart, payer?.TraceId ?? TraceIds.New().ToString(), clock.Now());
        return span.Ends(await Write(order, current => Task.FromResult(ChargeOutcome.Of(current, result, facts)), result.IsCertain, mark), Outcomes.Of);
    }

    /// <summary>Takes note of all that the provider says was paid back of an order's charge.</summary>
    /// <param name="order">The order as it was read last.</param>
    /// <param name="total">In minor units.</param>
    /// <param name="mark">A write to make in the same commit.</param>
    public Task<Order> Acknowledge(Order order, Money total, Write mark) => Write(order, async current =>
    {
        var record = current.IsPaid ? await PaidRecord(current) : null;
        return RefundOutcome.OfNotice(current, total, record, clock.Now());
    }, isCertain: true, mark);

    /// <summary>The cart that the order buys, if it is still in the state that is bought.</summary>
    public async Task<Cart?> BoughtCart(Order order)
    {
        if (order.CartVersion is null) return null;
        var cart = Cart.Of(order.UserId, await store.Get(Cart.Key(order.UserId), consistent: true, CancellationToken.None));
        return order.Buys(cart) ? cart : null;
    }

    private async Task<ChargeResult> Pay(Order order, Payer? payer)
    {
        using var span = Spans.Start("checkout.pay", order.OrderId);
        return span.Ends(await charging.Ask(order, payer), Outcomes.Of);
    }

    private async Task<Order> Refund(Order order)
    {
        using var span = Spans.Start("order.refund", order.OrderId);
        var (record, refund) = (await PaidRecord(order), order.NextRefund());
        var result = span.Ends(await charging.Refund(order, refund, PaymentRecord.ReferenceOf(record)), Outcomes.Of);
        var now = clock.Now();
        return await Write(order, current => Task.FromResult(RefundOutcome.Of(current, refund, result, record, now)), result is not RefundResult.Unknown);
    }

    private async Task<Item> PaidRecord(Order order) =>
        await store.Get(PaymentRecord.Key(order), consistent: true, CancellationToken.None)
        ?? throw new InvalidOperationException($"{order.OrderId} is paid and has no payment record.");

    private async Task<Order> Write(Order order, Func<Order, Task<OrderChange?>> decide, bool isCertain, Write? mark = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await decide(order) is not { } change) return order;
            if (await commits.Commit(mark is null ? change : change.With(mark)) is { } written)
            {
                if (order.Payment?.Issue is null && written.Payment?.Issue is { } issue) LogIssue(order.OrderId, issue);
                return written;
            }

            order = await Read(order.OrderId);
            if (!isCertain) return order;
        }

        throw new StoreUnavailableException("The order changed under every attempt to write it.");
    }

    private async Task<Order> Read(string orderId) =>
        (await store.Get(Tables.Orders.Key(orderId), consistent: true, CancellationToken.None))?.ToOrder()
        ?? throw new InvalidOperationException($"{orderId} was there and is no more.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{OrderId} takes longer than its request may; it goes on without.")]
    private partial void LogLeft(string orderId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable while {OrderId} was driven; recovery will go on.")]
    private partial void LogUnavailable(Exception exception, string orderId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Driving {OrderId} without its request failed.")]
    private partial void LogFailed(Exception exception, string orderId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The payment of {OrderId} needs a person to look into it: {Issue}.")]
    private partial void LogIssue(string orderId, string issue);
}
