using System.Text.Json.Serialization;

namespace Ecommerce.Api.Payments;

[JsonConverter(typeof(UpperSnakeCase<PaymentStatus>))]
public enum PaymentStatus
{
    /// <summary>Not known to be made, and not known not to be.</summary>
    Pending,

    Success,

    /// <summary>Not made, and not to be made any more.</summary>
    Declined,

    /// <summary>Some of it is to be paid back and is not yet.</summary>
    RefundPending,

    Refunded,
    PartiallyRefunded,
}

/// <summary>The payment of an order.</summary>
/// <param name="PaymentId">The shop's own id.</param>
/// <param name="Method">As the customer named it: <c>CARD</c>, <c>UPI</c>, ...</param>
/// <param name="Status">How it stands.</param>
/// <param name="DeclineCode">The provider's reason, when it was declined.</param>
/// <param name="Issue">What a person must look into: the provider took another amount or currency than the order's.</param>
public sealed record Payment(string PaymentId, string Method, PaymentStatus Status, string? DeclineCode = null, string? Issue = null);
