using Ecommerce.Api.Http;
using Ecommerce.Api.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Products;

internal static class StockEndpoints
{
    public static void MapStock(this RouteGroupBuilder admin)
    {
        admin.MapGet("/{productId}/stock", Get).WithName("getStock").WithSummary("What is on hand and what is held, per SKU.").Problems(404);
        admin.MapPost("/{productId}/stock", Adjust).WithName("adjustStock").Validate<AdjustStockRequest, AdjustStockValidator>()
            .WithSummary("Adds or takes units by hand.").Problems(400, 404, 409, 413, 415);
        admin.MapGet("/{productId}/stock/history", History).WithName("listStockMoves").WithSummary("What was brought in, sold and returned of a product, newest first.").Problems(400, 404);
    }

    private static async Task<Results<Ok<StockAnswer>, Problem>> Get(
        string productId, ProductRepository products, Holds holds, CancellationToken cancellation)
    {
        var stock = await products.Stock(productId, consistent: true, cancellation);
        return stock.Count == 0 ? Problem.NotFound("product") : TypedResults.Ok(await Answer(productId, stock, holds, cancellation));
    }

    private static async Task<Results<Ok<StockAnswer>, Problem>> Adjust(
        string productId, AdjustStockRequest request, Caller caller, ProductRepository products, Holds holds, CancellationToken cancellation)
    {
        var stock = await products.Stock(productId, consistent: true, cancellation);
        if (stock.Count == 0) return Problem.NotFound("product");
        var sku = new Sku(productId, request.Size);
        var sizes = stock.Select(level => level.Sku.Size).OfType<string>().ToList();
        if (SizeRule.Problem(sizes, request.Size, productId) is { } problem) return problem;

        switch (await products.Adjust(sku, request.Delta!.Value, request.Reason!.Trim(), caller.UserId, cancellation))
        {
            case StockOutcome.Short { Shortages: [var shortage] }:
                return Problem.Of(ErrorCode.InsufficientStock, $"{sku} has {shortage.Available} units.") with
                {
                    Problems = [new(productId, request.Size, ErrorCode.InsufficientStock.Describe().Code, shortage.Available)],
                };
            case StockOutcome.Gone:
                return Problem.NotFound("product");
            case StockOutcome.Committed:
                return TypedResults.Ok(await Answer(productId, await products.Stock(productId, consistent: true, cancellation), holds, cancellation));
            case var outcome:
                throw new InvalidOperationException($"A new event id was taken: {outcome}");
        }
    }

    private static async Task<Results<Ok<PageOf<StockMoveAnswer>>, Problem>> History(
        string productId, string? limit, string? cursor, ProductRepository products, StockLedger ledger, SignedCursors cursors, CancellationToken cancellation)
    {
        if (PageRequest.Check($"stock/history\n{productId}", limit, cursor, cursors, out var page) is { } problem) return problem;
        if (await products.Find(productId, consistent: false, cancellation) is null) return Problem.NotFound("product");
        return TypedResults.Ok(page.Answer(await ledger.List(productId, page.Limit, page.After, cancellation), StockMoveAnswer.Of, cursors));
    }

    private static async Task<StockAnswer> Answer(string productId, IReadOnlyList<StockLevel> stock, Holds holds, CancellationToken cancellation)
    {
        var held = await holds.Read(cancellation);
        return new(productId, [.. stock.Select(level => new SkuStock(level.Sku.ToString(), level.Sku.Size, level.Available, held.Of(level.Sku)))]);
    }
}
