using Microsoft.AspNetCore.Http.Features;

namespace Ecommerce.Api.Telemetry;

internal static class TelemetryRegistration
{
    /// <summary>
    /// Added before everything else, it is stopped after everything else. The switch has the framework's spans of requests carry the
    /// standard tags; all but the route, which is <see cref="UseRouteNames"/>.
    /// </summary>
    public static void AddOtlpExport(this IServiceCollection services)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddHostedService<OtlpExport>();
    }

    /// <summary>Names the span of a request by method and route. Stands behind the routing.</summary>
    public static void UseRouteNames(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.Features.Get<IHttpActivityFeature>() is { Activity: var span } && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.route", route);
        }

        return next(context);
    });
}
