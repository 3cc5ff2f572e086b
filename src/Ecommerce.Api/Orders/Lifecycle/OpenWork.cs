using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>What is left to be done about an order before it can be forgotten. It follows from the order alone.</summary>
internal enum OpenWork
{
    None,

    /// <summary>Placed and not paid for: given up when its time is over.</summary>
    Expiry,

    /// <summary>Its charge is to be known: it holds stock for it, or has ended and must not be charged any more.</summary>
    Charge,

    /// <summary>Money is to be paid back.</summary>
    Refund,
}

internal static class OpenWorkOfOrders
{
    /// <summary>An order that nobody pays for is given up after a day.</summary>
    public static readonly TimeSpan UnpaidLife = TimeSpan.FromDays(1);

    public static OpenWork Work(this Order order) => order switch
    {
        { Status: OrderStatus.Created } => OpenWork.Expiry,
        { Payment.Status: PaymentStatus.Pending } => OpenWork.Charge,
        { Refunds: var refunds } when refunds.Any(refund => refund.IsPending) => OpenWork.Refund,
        _ => OpenWork.None,
    };
}
