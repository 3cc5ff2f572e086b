using Ecommerce.Api.Http;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>A request to buy.</summary>
/// <param name="UserId">Who buys.</param>
/// <param name="Request">How it is paid and where it goes.</param>
/// <param name="Key">The caller's idempotency key, if one was sent.</param>
/// <param name="Fingerprint">Tells a repeated request from another with the same key.</param>
/// <param name="TraceId">Of this request; kept with an answer that carries it.</param>
/// <param name="Budget">The time that the request has.</param>
internal sealed record CheckoutCommand(string UserId, CheckoutRequest Request, IdempotencyKey Key, string Fingerprint, string TraceId, RequestBudget Budget);
