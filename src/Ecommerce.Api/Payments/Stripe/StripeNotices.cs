using System.Security.Cryptography;
using System.Text.Json;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>
/// Reads the events that Stripe posts to the webhook (https://docs.stripe.com/api/events/types). The account may serve other shops:
/// what bears no order id is not this one's.
/// </summary>
internal sealed partial class StripeNotices(StripeSettings settings, TimeProvider clock, ILogger<StripeNotices> log)
{
    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body)
    {
        if (signature is null || !StripeSignature.IsRight(signature, body, settings.WebhookSecret, clock.GetUtcNow())) return null;
        var id = $"sha256_{Convert.ToHexStringLower(SHA256.HashData(body.Span))}";
        try
        {
            var told = JsonSerializer.Deserialize(body.Span, StripeJson.Default.StripeEvent) ?? throw new JsonException("There is no event.");
            id = told.Id;
            return NoticeOf(told) ?? new PaymentNotice.Other(id);
        }
        catch (JsonException e)
        {
            LogUnreadable(id, e.Message);
            return new PaymentNotice.Other(id);
        }
    }

    /// <summary>Null when it is none of the shop's business.</summary>
    private static PaymentNotice? NoticeOf(StripeEvent told) => told.Type switch
    {
        "payment_intent.succeeded" or "payment_intent.payment_failed" or "payment_intent.canceled" =>
            Charged(told.Id, told.Data.Object.Deserialize(StripeJson.Default.PaymentIntent)),
        "charge.refunded" => Refunded(told.Id, told.Data.Object.Deserialize(StripeJson.Default.RefundedCharge)),
        _ => null,
    };

    private static PaymentNotice.Charged? Charged(string id, PaymentIntent? intent) =>
        Metadata.Of(intent?.Metadata, Metadata.OrderId) is { } orderId
            && StripeCharges.ResultOf(intent!) is { IsCertain: true } result
            ? new(id, orderId, result)
            : null;

    private static PaymentNotice.Refunded? Refunded(string id, RefundedCharge? charge) =>
        Metadata.Of(charge?.Metadata, Metadata.OrderId) is { } orderId
            ? new(id, orderId, new(charge!.AmountRefunded))
            : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The signed event {EventId} of Stripe cannot be read: {Trouble}")]
    private partial void LogUnreadable(string eventId, string trouble);
}
