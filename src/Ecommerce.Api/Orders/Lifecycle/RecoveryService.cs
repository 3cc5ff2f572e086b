using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>Runs a recovery pass at start and then at every interval, for as long as the process lives.</summary>
internal sealed partial class RecoveryService(Recovery recovery, Settings settings, ILogger<RecoveryService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.RecoveryInterval is not { } interval) return;
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
            await recovery.Pass(cancellation);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; orders that are due wait for the next pass.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A recovery pass failed unexpectedly; orders that are due wait for the next one.")]
    private partial void LogBug(Exception exception);
}
