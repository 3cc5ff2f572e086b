using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Products.LowStock;

internal static class LowStockEndpoints
{
    public static void MapLowStock(this RouteGroupBuilder admin) =>
        admin.MapGet("/stock/low", List).WithName("listLowStock").WithSummary("What has fallen to the threshold and is still there, by product.").Problems(400);

    private static async Task<Results<Ok<PageOf<LowStockAnswer>>, Problem>> List(
        string? limit, string? cursor, LowStockList low, SignedCursors cursors, CancellationToken cancellation)
    {
        if (PageRequest.Check("stock/low", limit, cursor, cursors, out var page) is { } problem) return problem;
        return TypedResults.Ok(page.Answer(await low.List(page, cancellation), LowStockAnswer.Of, cursors));
    }
}
