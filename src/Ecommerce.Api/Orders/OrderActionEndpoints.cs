using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Orders;

/// <summary>What becomes of an order after it was made.</summary>
internal static class OrderActionEndpoints
{
    public static void MapActions(this RouteGroupBuilder orders)
    {
        orders.MapPost("/{orderId}/cancel", Cancel).WithName("cancelOrder").Validate<CancelRequest, CancelValidator>()
            .WithSummary("Calls an order off. A paid one is refunded, and what it took from stock goes back.").Problems(400, 404, 409, 415);
        orders.MapGet("/{orderId}/events", Events).WithName("listOrderEvents").WithSummary("What happened to an order, oldest first.").Problems(400, 404);

        var admin = orders.MapGroup("").RequireAdmin().Problems(403);
        admin.MapPost("/{orderId}/refund", Refund).WithName("refundOrder").WithMetadata(DocumentedHeader.IdempotencyKey).Validate<RefundRequest, RefundValidator>()
            .WithSummary("Pays back some of what was paid, or all of it. Stock does not move.").Problems(400, 404, 409, 413, 415, 422).Produces<OrderAnswer>();
        admin.MapPost("/{orderId}/ship", Ship).WithName("shipOrder").Validate<ShipRequest, ShipValidator>()
            .WithSummary("Says that an order is on its way.").Problems(400, 404, 409, 415);
        admin.MapPost("/{orderId}/deliver", Deliver).WithName("deliverOrder").WithSummary("Says that an order has arrived.").Problems(404, 409);
    }

    private static async Task<Results<Ok<OrderAnswer>, Problem>> Cancel(
        string orderId, CancelRequest? request, Caller caller, OrderActions actions, HttpResponse response, CancellationToken cancellation) =>
        Answer(await actions.Cancel(orderId, caller, request?.Reason, cancellation), caller, response);

    private static async Task<Results<Ok<OrderAnswer>, Problem>> Ship(
        string orderId, ShipRequest? request, Caller caller, OrderActions actions, HttpResponse response, CancellationToken cancellation) =>
        Answer(await actions.Ship(orderId, caller, request?.TrackingNumber, cancellation), caller, response);

    private static async Task<Results<Ok<OrderAnswer>, Problem>> Deliver(
        string orderId, Caller caller, OrderActions actions, HttpResponse response, CancellationToken cancellation) =>
        Answer(await actions.Deliver(orderId, caller, cancellation), caller, response);

    private static async Task<IResult> Refund(
        string orderId, RefundRequest request, Caller caller, RefundRequests refunds, HttpContext http, CancellationToken cancellation)
    {
        if (!IdempotencyKey.TryRead(http.Request, out var key)) return IdempotencyKey.Malformed;
        var fingerprint = key.Fingerprint($"POST /order/{orderId}/refund", request, ShopJson.Default.RefundRequest);
        var reply = await refunds.Refund(new(orderId, caller.UserId, request.Amount, request.Reason!, key, fingerprint), cancellation);
        if (reply.Problem is { } problem) return problem;
        if (reply.Replayed) IdempotencyKey.MarkReplayed(http.Response);
        return TypedResults.Text(reply.Answer!, "application/json; charset=utf-8");
    }

    private static async Task<Results<Ok<PageOf<EventAnswer>>, Problem>> Events(
        string orderId, string? limit, string? cursor, Caller caller, OrderRepository orders, SignedCursors cursors, CancellationToken cancellation)
    {
        if (PageRequest.Check($"events\n{orderId}", limit, cursor, cursors, out var page) is { } problem) return problem;
        if (await orders.Find(orderId, caller, cancellation) is not { } order) return Problem.NotFound("order");
        var events = (await orders.Logged(order, cancellation)).SelectMany(EventAnswer.Of).ToList();
        return TypedResults.Ok(page.Answer(events, found => found.EventId, cursors));
    }

    private static Results<Ok<OrderAnswer>, Problem> Answer(OrderResult result, Caller caller, HttpResponse response)
    {
        if (result.Problem is { } problem) return problem;
        Etag.Set(response, result.Order!.Version);
        return TypedResults.Ok(OrderAnswer.Of(result.Order, caller.IsAdmin));
    }
}
