using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ecommerce.Api.Telemetry;

/// <summary>
/// Sends traces and metrics, the framework's and the shop's own, to a collector by OTLP, as the standard variables <c>OTEL_*</c> say
/// (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). What is on its way when the process is asked to
/// end is sent before it does.
/// </summary>
internal sealed class OtlpExport(IConfiguration configuration) : IHostedService
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Shop())
            .AddSource(ShopMeter.Name, "Microsoft.AspNetCore", "System.Net.Http")
            .AddProcessor(new NoIdleCalls())
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Shop())
            .AddMeter(ShopMeter.Name, "Ecommerce.Storage", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var patience = (int)FlushPatience.TotalMilliseconds;
        await Task.WhenAll(Task.Run(() => _traces?.Shutdown(patience), cancellationToken), Task.Run(() => _metrics?.Shutdown(patience), cancellationToken));
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>What the environment says of the service goes before what is said here.</summary>
    private static ResourceBuilder Shop() => ResourceBuilder.CreateEmpty()
        .AddService("ecommerce", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3))
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}

/// <summary>
/// Leaves out calls by HTTP that belong to nothing: at DynamoDB every few seconds they look for something to do, and find nothing. Where
/// they do, what is done about it is a span.
/// </summary>
internal sealed class NoIdleCalls : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Kind == ActivityKind.Client && data.ParentSpanId == default) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}

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
