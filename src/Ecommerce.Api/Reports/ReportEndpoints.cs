using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this RouteGroupBuilder orders) =>
        orders.MapGet("/report", Get).RequireAdmin().WithName("reportSales")
            .WithSummary("What was sold and paid back, day by day, and what sold best; the last thirty days where no others are named.").Problems(400, 403);

    private static async Task<Results<Ok<SalesReport>, Problem>> Get(
        string? from, string? to, SalesReports reports, TimeProvider clock, CancellationToken cancellation)
    {
        if (ReportRange.Check(from, to, DateOnly.FromDateTime(clock.Now()), out var range) is { } problem) return problem;
        return TypedResults.Ok(await reports.Read(range, cancellation));
    }
}
