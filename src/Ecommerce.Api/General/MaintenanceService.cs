using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Storage;

namespace Ecommerce.Api.General;

/// <summary>
/// Does for as long as the process lives what must be seen to: each kind of work in a loop of its own, so that none waits for another, at
/// start, at every interval, and at once where this process has left something to do.
/// </summary>
internal sealed partial class MaintenanceService(
    Recovery recovery, EventDispatcher dispatcher, IEnumerable<DeliveryLane> lanes, StockAudits audits, Signals signals, Settings settings,
    ILogger<MaintenanceService> log) : BackgroundService
{
    /// <summary>Before the first pass, unless there is something to do: it would be made beside the first request, and a start is a user's wait.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.MaintenanceInterval is { } interval
        ? Task.WhenAll(
        [
            Repeat(recovery.Pass, new(), interval, stoppingToken),
            Repeat(dispatcher.Pass, signals.Logged, interval, stoppingToken),
            Repeat(audits.RunIfDue, new(), interval, stoppingToken),
            .. lanes.Select(lane => Repeat(lane.Pass, signals.ToDeliver(lane.Channel), interval, stoppingToken)),
        ])
        : Task.CompletedTask;

    private async Task Repeat<T>(Func<CancellationToken, Task<T>> pass, Signal signal, TimeSpan interval, CancellationToken stopping)
    {
        await signal.Wait(FirstPause, stopping);
        while (!stopping.IsCancellationRequested)
        {
            await Guarded(() => pass(stopping));
            await signal.Wait(interval, stopping);
        }
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
