using System.Text.Json.Serialization;

namespace Ecommerce.Api.Orders;

/// <summary>Where an order is in its life. What leads from where to where is <see cref="Transitions"/>.</summary>
[JsonConverter(typeof(UpperSnakeCase<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Placed, nothing held yet.</summary>
    Created,

    /// <summary>Its stock is taken, its payment is about to be made.</summary>
    Reserved,

    /// <summary>The payment's outcome is not known yet.</summary>
    PaymentPending,

    /// <summary>Paid.</summary>
    Confirmed,

    Shipped,

    Delivered,

    /// <summary>Not paid; the stock is given back.</summary>
    PaymentFailed,

    /// <summary>Not paid in time; the stock is given back.</summary>
    Expired,

    Cancelled,

    /// <summary>Paid, and all of it paid back.</summary>
    Refunded,
}

/// <summary>What can be asked of an order by its owner or an administrator.</summary>
[JsonConverter(typeof(CamelCase<OrderAction>))]
public enum OrderAction
{
    Checkout,
    Cancel,
    Ship,
    Deliver,
    Refund,
}
