using System.Text.Json.Serialization;

namespace Ecommerce.Api.Payments;

[JsonConverter(typeof(UpperSnakeCase<PaymentStatus>))]
public enum PaymentStatus
{
    Pending,
    Success,
    Declined,
    RefundPending,
    Refunded,
    PartiallyRefunded,
}

/// <summary>The payment of an order.</summary>
/// <param name="PaymentId">The shop's own id.</param>
/// <param name="Method">As the customer named it: <c>CARD</c>, <c>UPI</c>, ...</param>
/// <param name="Status">How it stands.</param>
/// <param name="DeclineCode">The provider's reason, when it was declined.</param>
public sealed record Payment(string PaymentId, string Method, PaymentStatus Status, string? DeclineCode = null);
