using Ecommerce.Storage;

namespace Ecommerce.Api.Http;

/// <summary>With <c>Store__ReportCost=true</c> every answer says in <c>Server-Timing</c> what it cost at the store.</summary>
internal static class CostHeader
{
    public static void UseCostHeader(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var meter = CostMeter.Start();
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Append("Server-Timing", $"store;desc=\"{meter}\"");
            return Task.CompletedTask;
        });
        return next(context);
    });
}
