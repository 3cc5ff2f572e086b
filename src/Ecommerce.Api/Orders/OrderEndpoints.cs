using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Telemetry;
using Ecommerce.Api.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/order").KeptByNoCache().WithTags("Order").RequireAuthorization().Problems(401);
        orders.MapPost("", Place).WithName("placeOrder").WithMetadata(DocumentedHeader.IdempotencyKey).Validate<CreateOrderRequest, CreateOrderValidator>()
            .WithSummary("Places an order at present prices. It holds no stock until it is bought.").Problems(400, 404, 409, 413, 415, 422);
        orders.MapPost("/{orderId}/validate", Validate).WithName("validateOrder").WithSummary("Whether an order could be bought now.").Problems(404);
        orders.MapPost("/checkout", BuyCart).WithName("checkoutCart").WithMetadata(DocumentedHeader.IdempotencyKey).Validate<CheckoutRequest, CheckoutValidator>()
            .WithSummary("Buys the cart.").Problems(400, 402, 409, 413, 415, 422, 503);
        orders.MapPost("/{orderId}/checkout", BuyOrder).WithName("checkoutOrder").WithMetadata(DocumentedHeader.IdempotencyKey).Validate<CheckoutRequest, CheckoutValidator>()
            .WithSummary("Buys an order that was placed before.").Problems(400, 402, 404, 409, 413, 415, 422, 503);
        orders.MapGet("", List).WithName("listOrders").WithSummary("The caller's orders, newest first.").Problems(400);
        orders.MapGet("/{orderId}", Get).WithName("getOrder").WithSummary("One order, with its history.").Problems(404);
        orders.MapGet("/all", ListAll).RequireAdmin().WithName("listAllOrders").WithSummary("Everybody's orders, newest first.").Problems(400, 403);
        orders.MapActions();
        orders.MapEvents();
        orders.MapReports();
        orders.MapWebhooks();
    }

    private static async Task<Results<Created<OrderCreated>, Problem>> Place(
        CreateOrderRequest request, Caller caller, OrderRepository orders, HttpContext http, CancellationToken cancellation)
    {
        if (!IdempotencyKey.TryRead(http.Request, out var key)) return IdempotencyKey.Malformed;
        if (request.CartItems!.FirstOrDefault(line => !Ids.IsWellFormed(Product.IdPrefix, line!.ProductId)) is { } unknown)
            return Problem.Of(ErrorCode.ProductNotFound, $"There is no product '{unknown.ProductId}'.");

        var wanted = request.CartItems!.GroupBy(line => (line!.ProductId, line.Size))
            .Select(lines => new WantedLine(lines.Key.ProductId!, lines.Key.Size, lines.Sum(line => line!.Qty!.Value), default)).ToList();
        var fingerprint = key.Fingerprint("POST /order", request, ShopJson.Default.CreateOrderRequest);
        var result = await orders.Place(caller.UserId, wanted, key, fingerprint, cancellation);
        if (result.Problem is { } problem) return problem;
        if (result.Replayed) IdempotencyKey.MarkReplayed(http.Response);
        return TypedResults.Created($"/order/{result.Order!.OrderId}", OrderCreated.Of(result.Order));
    }

    private static async Task<Results<Ok<OrderValidation>, Problem>> Validate(
        string orderId, Caller caller, OrderRepository orders, CancellationToken cancellation)
    {
        if (await orders.FindOwn(orderId, caller.UserId, cancellation) is not { } order) return Problem.NotFound("order");
        if (order.Status != OrderStatus.Created) return TypedResults.Ok(new OrderValidation(false, []));
        var problems = await orders.Validate(order, cancellation);
        return TypedResults.Ok(new OrderValidation(problems.Count == 0, problems));
    }

    private static async Task<Results<Created<CheckoutAnswer>, Accepted<CheckoutAnswer>, Problem>> BuyCart(
        CheckoutRequest request, Caller caller, CheckoutPipeline pipeline, IPaymentGateway gateway, HttpContext http, CancellationToken cancellation)
    {
        if (Command("POST /order/checkout", request, caller, gateway, http, out var command) is { } problem) return problem;
        using var span = Spans.Start("checkout");
        return Answer(span.Ends(await pipeline.BuyCart(command, cancellation)), http.Response);
    }

    private static async Task<Results<Created<CheckoutAnswer>, Accepted<CheckoutAnswer>, Problem>> BuyOrder(
        string orderId, CheckoutRequest request, Caller caller, CheckoutPipeline pipeline, IPaymentGateway gateway, HttpContext http,
        CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("ord", orderId)) return Problem.NotFound("order");
        if (Command($"POST /order/{orderId}/checkout", request, caller, gateway, http, out var command) is { } problem) return problem;
        using var span = Spans.Start("checkout", orderId);
        return Answer(span.Ends(await pipeline.BuyOrder(orderId, command, cancellation), Outcomes.Of), http.Response);
    }

    private static async Task<Results<Ok<PageOf<OrderAnswer>>, Problem>> List(
        string? status, string? limit, string? cursor, Caller caller, OrderRepository orders, SignedCursors cursors, CancellationToken cancellation)
    {
        if (Status(status, out var wanted) is { } wrong) return wrong;
        if (PageRequest.Check($"order\n{caller.UserId}\n{status}", limit, cursor, cursors, out var page) is { } problem) return problem;
        var found = await orders.List(caller.UserId, wanted, page, cancellation);
        return TypedResults.Ok(page.Answer(found, item => OrderAnswer.Of(item.ToOrder(), caller.IsAdmin), cursors));
    }

    private static async Task<Results<Ok<PageOf<OrderAnswer>>, Problem>> ListAll(
        string? status, string? from, string? to, string? limit, string? cursor, OrderListing listing, SignedCursors cursors, CancellationToken cancellation)
    {
        if (Status(status, out var wanted) is { } wrong) return wrong;
        if (QueryText.Time("from", from, isEnd: false, out var first) is { } wrongFrom) return wrongFrom;
        if (QueryText.Time("to", to, isEnd: true, out var last) is { } wrongTo) return wrongTo;
        if (first >= last) return Problem.Invalid("from", "must not be after to");
        if (PageRequest.Check($"order/all\n{status}\n{from}\n{to}", limit, cursor, cursors, out var page) is { } problem) return problem;
        var found = await listing.List(wanted, first, last, page, cancellation);
        return TypedResults.Ok(page.Answer(found, item => OrderAnswer.Of(item.ToOrder(), isAdmin: true), cursors));
    }

    private static async Task<Results<Ok<OrderAnswer>, Problem>> Get(
        string orderId, Caller caller, OrderRepository orders, HttpResponse response, CancellationToken cancellation)
    {
        if (await orders.Find(orderId, caller, cancellation) is not { } order) return Problem.NotFound("order");
        Etag.Set(response, order.Version);
        return TypedResults.Ok(OrderAnswer.Of(order, caller.IsAdmin));
    }

    private static Problem? Status(string? text, out OrderStatus? status)
    {
        status = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!EnumNames<OrderStatus>.TryParse(text, out var known)) return Problem.Invalid("status", "must be a state of an order, such as CONFIRMED");
        status = known;
        return null;
    }

    private static Problem? Command(
        string route, CheckoutRequest request, Caller caller, IPaymentGateway gateway, HttpContext http, out CheckoutCommand command)
    {
        command = null!;
        var budget = RequestBudget.From(http.RequestServices.GetRequiredService<TimeProvider>());
        if (!IdempotencyKey.TryRead(http.Request, out var key)) return IdempotencyKey.Malformed;
        if (!gateway.IsToken(request.Payment!.Token!)) return Problem.Of(ErrorCode.InvalidPaymentToken, $"{gateway.Provider} knows no such payment token.");
        var fingerprint = key.Fingerprint(route, request, ShopJson.Default.CheckoutRequest);
        command = new(caller.UserId, request, key, fingerprint, Problem.TraceIdOf(http), budget);
        return null;
    }

    private static Results<Created<CheckoutAnswer>, Accepted<CheckoutAnswer>, Problem> Answer(OrderResult result, HttpResponse response)
    {
        if (result.Problem is { } problem) return problem;
        if (result.Replayed) IdempotencyKey.MarkReplayed(response);
        var location = $"/order/{result.Order!.OrderId}";
        return result.Order.Status == OrderStatus.PaymentPending
            ? TypedResults.Accepted(location, CheckoutAnswer.Pending(result.Order))
            : TypedResults.Created(location, CheckoutAnswer.Confirmed(result.Order));
    }
}
