using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.General;

/// <summary>
/// Runs a maintenance pass at start and then at every interval, and dispatches what this process logs at once, for as long as it lives.
/// </summary>
internal sealed partial class MaintenanceService(
    Maintenance maintenance, EventDispatcher dispatcher, DispatchSignal signal, Settings settings, ILogger<MaintenanceService> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.MaintenanceInterval is { } interval
        ? Task.WhenAll(PassAtEvery(interval, stoppingToken), DispatchAtEverySignal(stoppingToken))
        : Task.CompletedTask;

    private async Task PassAtEvery(TimeSpan interval, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval);
        do await Guarded(() => maintenance.Pass(stopping));
        while (await IsWorthwhile(timer.WaitForNextTickAsync(stopping).AsTask()));
    }

    private async Task DispatchAtEverySignal(CancellationToken stopping)
    {
        while (await IsWorthwhile(signal.Wait(stopping))) await Guarded(() => dispatcher.Pass(stopping));
    }

    /// <summary>False when the process ends; what is due stays due.</summary>
    private static async Task<bool> IsWorthwhile(Task wait)
    {
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wait.IsCompletedSuccessfully;
    }

    private async Task Guarded(Func<Task> pass)
    {
        try
        {
            await pass();
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
        catch (OperationCanceledException)
        {
            // The process ends; what is due stays due.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; what is due waits for the next pass.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A maintenance pass failed unexpectedly; what is due waits for the next one.")]
    private partial void LogBug(Exception exception);
}
