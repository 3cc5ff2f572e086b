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
/// <remarks>
/// Not by <c>AddOpenTelemetry()</c>, of another package: at start it builds the same two providers, but as the container's, which ends
/// them one after the other with five seconds each.
/// </remarks>
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
