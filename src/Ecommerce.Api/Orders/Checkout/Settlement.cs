using Ecommerce.Api.Carts;
using Ecommerce.Api.Events;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>
/// Step 4 of checkout: what one commit writes once the provider has been asked, whether it said yes, no or nothing.
/// </summary>
/// <param name="Order">The order in its new state.</param>
/// <param name="Writes">The order, first; then payment and event.</param>
/// <param name="Moves">Stock to give back.</param>
/// <param name="Cart">
/// The cart's part. It is left out when the cart was changed meanwhile: that must not hold up an order.
/// </param>
internal sealed record Settlement(Order Order, IReadOnlyList<Write> Writes, IReadOnlyList<StockMove> Moves, Cart? Cart)
{
    /// <summary>Paid: the hold becomes a sale by the order's state alone, and the cart is emptied.</summary>
    public static Settlement Confirm(Order order, string reference, string provider, Cart? cart, DateTime now)
    {
        var paid = order.To(OrderStatus.Confirmed, now) with
        {
            Payment = order.Payment! with { Status = PaymentStatus.Success },
            LeaseUntil = null,
            HoldExpiresAt = null,
        };
        return new(
            paid,
            [paid.ToPut(), Record(paid, provider, reference), OrderEvents.Log(paid, EventType.PaymentSuccess, EventType.OrderConfirmed)],
            [],
            Bought(order, cart) is { } bought ? bought with { Lines = [], BoughtAs = order.OrderId } : null);
    }

    /// <summary>
    /// Declined: the stock goes back. The cart keeps its lines and becomes a new state of itself, so that it can be bought again.
    /// </summary>
    public static Settlement Decline(Order order, string code, string provider, Cart? cart, string traceId, DateTime now)
    {
        var failed = order.To(OrderStatus.PaymentFailed, now, code) with
        {
            Payment = order.Payment! with { Status = PaymentStatus.Declined, DeclineCode = code },
            AnswerTraceId = traceId,
            LeaseUntil = null,
            HoldExpiresAt = null,
        };
        return new(
            failed,
            [failed.ToPut(), Record(failed, provider, null), OrderEvents.Log(failed, EventType.PaymentDeclined)],
            Reservation.GiveBack(order),
            Bought(order, cart));
    }

    /// <summary>Not known: the order waits, with its stock, for whoever looks next.</summary>
    public static Settlement Await(Order order, DateTime now)
    {
        var pending = order.Status == OrderStatus.PaymentPending ? order : order.To(OrderStatus.PaymentPending, now);
        pending = pending with { LeaseUntil = now };
        return new(pending, [pending.ToPut()], [], null);
    }

    /// <summary>What would be given back to deleted SKUs is dropped.</summary>
    public Settlement WithoutMovesOf(IReadOnlySet<Sku> gone) => this with { Moves = [.. Moves.Where(move => !gone.Contains(move.Sku))] };

    private static Cart? Bought(Order order, Cart? cart) => cart is not null && cart.Version == order.CartVersion ? cart : null;

    /// <summary>The payment's own record. The provider's reference stands here only: an order of five lines fits into 1 KB, and just so.</summary>
    private static Put Record(Order order, string provider, string? reference) => new(Tables.Payments, new()
    {
        ["paymentId"] = order.Payment!.PaymentId,
        ["orderId"] = order.OrderId,
        ["userId"] = order.UserId,
        ["amount"] = order.Total.Minor,
        ["currency"] = order.Currency,
        ["method"] = order.Payment.Method,
        ["status"] = EnumNames<PaymentStatus>.Of(order.Payment.Status),
        ["declineCode"] = order.Payment.DeclineCode,
        ["provider"] = provider,
        ["reference"] = reference,
        ["createdAt"] = order.UpdatedAt.ToMilliseconds(),
    }, Expect.Absent);
}
