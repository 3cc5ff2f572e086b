using Ecommerce.Storage;

namespace Ecommerce.Api.General;

/// <summary>Runs a maintenance pass at start and then at every interval, for as long as the process lives.</summary>
internal sealed partial class MaintenanceService(Maintenance maintenance, Settings settings, ILogger<MaintenanceService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.MaintenanceInterval is not { } interval) return;
        using var timer = new PeriodicTimer(interval);
        try
        {
            await Pass(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Pass(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; what is due stays due.
        }
    }

    private async Task Pass(CancellationToken cancellation)
    {
        try
        {
            await maintenance.Pass(cancellation);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e);
        }
#pragma warning disable CA1031 // Whatever it is, requests are still served, and the next pass may fare better.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogBug(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; what is due waits for the next pass.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A maintenance pass failed unexpectedly; what is due waits for the next one.")]
    private partial void LogBug(Exception exception);
}
