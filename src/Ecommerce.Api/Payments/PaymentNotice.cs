namespace Ecommerce.Api.Payments;

/// <summary>What a provider calls to tell. It may come more than once, late, early, and in any order.</summary>
/// <param name="EventId">The provider's id of the event; the same for every delivery of it.</param>
/// <param name="OrderId">The order that the charge was made for; null for what is none of the shop's business.</param>
public abstract record PaymentNotice(string EventId, string? OrderId)
{
    /// <summary>A charge has ended.</summary>
    /// <param name="EventId">The provider's id of the event.</param>
    /// <param name="OrderId">The order that the charge was made for.</param>
    /// <param name="Result"><see cref="ChargeResult.Succeeded"/> or <see cref="ChargeResult.Declined"/>.</param>
    public sealed record Charged(string EventId, string OrderId, ChargeResult Result) : PaymentNotice(EventId, OrderId);

    /// <summary>Some of a charge was paid back, by the shop or at the provider's own desk.</summary>
    /// <param name="EventId">The provider's id of the event.</param>
    /// <param name="OrderId">The order that the charge was made for.</param>
    /// <param name="Total">All that was ever paid back of the charge, in minor units of its currency.</param>
    public sealed record Refunded(string EventId, string OrderId, Money Total) : PaymentNotice(EventId, OrderId);

    /// <summary>Something that is none of the shop's business.</summary>
    public sealed record Other(string EventId) : PaymentNotice(EventId, null);
}
