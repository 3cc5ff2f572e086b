using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Products.Audit;

internal static class StockAuditEndpoints
{
    private const string Path = "/stock/audit";

    public static void MapStockAudit(this RouteGroupBuilder admin)
    {
        admin.MapPost(Path, Run).WithName("auditStock").WithSummary("Compares every SKU with its ledger: 200 when all are done, 202 when the rest follows by itself.");
        admin.MapGet(Path, Get).WithName("getStockAudit").WithSummary("The latest comparison, as far as it is.").Problems(404);
    }

    private static async Task<Results<Ok<StockAuditAnswer>, Accepted<StockAuditAnswer>>> Run(StockAudits audits, CancellationToken cancellation)
    {
        var audit = await audits.Run(cancellation);
        return audit.IsComplete ? TypedResults.Ok(StockAuditAnswer.Of(audit)) : TypedResults.Accepted("/product/stock/audit", StockAuditAnswer.Of(audit));
    }

    private static async Task<Results<Ok<StockAuditAnswer>, Problem>> Get(StockAudits audits, CancellationToken cancellation) =>
        await audits.Latest(cancellation) is { } audit
            ? TypedResults.Ok(StockAuditAnswer.Of(audit))
            : Problem.Of(ErrorCode.NotFound, "The stock was not audited yet; POST /product/stock/audit does it.");
}
