using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>What can happen in the shop, as the log and its subscribers name it.</summary>
public enum EventType
{
    UserRegistered,
    ProductCreated,
    ProductChanged,
    StockAdjusted,
    LowStock,
    OrderCreated,
    PaymentSuccess,
    PaymentDeclined,
    OrderConfirmed,
    OrderCancelled,
    OrderExpired,
    OrderShipped,
    OrderDelivered,
    RefundIssued,
    OrderUnfulfillable,
}

/// <summary>Something that happened, with what its subscribers need to know of it.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Metadata">Facts about it; amounts in minor units.</param>
public sealed record ShopEvent(EventType Type, Item Metadata);
