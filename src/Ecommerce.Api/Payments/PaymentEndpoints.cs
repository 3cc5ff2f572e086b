using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Orders.Lifecycle;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Payments;

/// <summary>The acknowledgement of what a payment provider tells.</summary>
public sealed record NoticeAnswer(bool Received);

internal static class PaymentEndpoints
{
    private const string SignatureHeader = "Stripe-Signature";

    public static void MapPayments(this IEndpointRouteBuilder app) => app
        .MapPost("/order/webhook/stripe", Receive).WithTags("Order").WithName("stripeWebhook")
        .WithMetadata(new DocumentedHeader(SignatureHeader, "Of the raw body, by the webhook's secret."))
        .WithSummary("Where Stripe tells what became of payments.").Problems(400, 413, 503);

    // Anything but 200 makes the provider call again later.
    private static async Task<Results<Ok<NoticeAnswer>, Problem>> Receive(
        HttpRequest request, IPaymentGateway gateway, PaymentNotices notices, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        if (gateway.Read(request.Headers[SignatureHeader], body.ToArray()) is not { } notice)
            return Problem.Of(ErrorCode.InvalidSignature, "The body was not signed with this webhook's secret, or too long ago.");
        return await notices.Receive(notice, cancellation)
            ? TypedResults.Ok(new NoticeAnswer(true))
            : Problem.Of(ErrorCode.Unavailable, "Nothing is known yet of what this is about. Send it again later.");
    }
}
