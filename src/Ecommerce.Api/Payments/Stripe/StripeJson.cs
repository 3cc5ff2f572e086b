using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>A payment of an order, as Stripe keeps it (https://docs.stripe.com/api/payment_intents/object).</summary>
/// <param name="Id"><c>pi_...</c></param>
/// <param name="Status">Of its life cycle.</param>
/// <param name="AmountReceived">In minor units.</param>
/// <param name="Currency">ISO 4217 in lower case.</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Metadata">What the shop wrote on it.</param>
/// <param name="LastPaymentError">Why the last try to be paid failed.</param>
internal sealed record PaymentIntent(
    string Id, string Status, long AmountReceived, string Currency, long Created = 0,
    Dictionary<string, string>? Metadata = null, StripeError? LastPaymentError = null);

/// <summary>What was paid, as a webhook about refunds tells it (https://docs.stripe.com/api/charges/object).</summary>
/// <param name="AmountRefunded">All of it so far, in minor units.</param>
/// <param name="Currency">ISO 4217 in lower case.</param>
/// <param name="Metadata">Copied from the payment intent.</param>
internal sealed record RefundedCharge(long AmountRefunded, string Currency, Dictionary<string, string>? Metadata = null);

/// <summary>Money on its way back (https://docs.stripe.com/api/refunds/object).</summary>
internal sealed record StripeRefund(string Id, string Status, string? FailureReason = null, Dictionary<string, string>? Metadata = null);

internal sealed record ListOf<T>(IReadOnlyList<T> Data, bool HasMore = false);

/// <summary>https://docs.stripe.com/api/errors</summary>
internal sealed record StripeError(string Type, string? Code = null, string? DeclineCode = null)
{
    /// <summary>The key was used with other parameters.</summary>
    public bool IsOfKey => Type == "idempotency_error";

    /// <summary>The most exact reason given.</summary>
    public string Reason => DeclineCode ?? Code ?? Type;
}

internal sealed record ErrorBody(StripeError Error);

/// <summary>https://docs.stripe.com/api/events/object</summary>
internal sealed record StripeEvent(string Id, string Type, StripeEventData Data);

/// <param name="Object">What the event is about; of which kind, its type says.</param>
internal sealed record StripeEventData(JsonElement Object);

/// <summary>Only what is read of Stripe's answers; a missing field that is not optional here makes an answer unreadable.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PaymentIntent))]
[JsonSerializable(typeof(RefundedCharge))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(ListOf<PaymentIntent>))]
[JsonSerializable(typeof(ListOf<StripeRefund>))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(StripeEvent))]
internal sealed partial class StripeJson : JsonSerializerContext;

/// <summary>What the shop writes on the things it makes at Stripe, to find them again.</summary>
internal static class Metadata
{
    public const string OrderId = "orderId";
    public const string ChargeKey = "chargeKey";
    public const string RefundKey = "refundKey";

    /// <summary><see cref="Yes"/> on a payment intent that only takes up a key, so that nobody can be charged under it.</summary>
    public const string Void = "void";

    public const string Yes = "true";

    public static string? Of(Dictionary<string, string>? metadata, string name) => metadata?.GetValueOrDefault(name);
}
