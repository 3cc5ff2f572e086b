using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Storage;

namespace Ecommerce.Api.General;

/// <summary>
/// Does for as long as the process lives what must be seen to: each kind of work in a loop of its own, so that none waits for another, at
/// start, at every interval, and at once where this process has left something to do. When the process is asked to end it begins nothing
/// more, while requests still are answered, and finishes what it has in hand or lets go of it.
/// </summary>
internal sealed partial class MaintenanceService(
    Recovery recovery, EventDispatcher dispatcher, IEnumerable<DeliveryLane> lanes, StockAudits audits, Signals signals, Stragglers stragglers, Settings settings,
    IHostApplicationLifetime lifetime, ILogger<MaintenanceService> log) : BackgroundService
{
    /// <summary>Before the first pass, unless there is something to do: it would be made beside the first request, and a start is a user's wait.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a process that is asked to end may take: a request has 25 seconds, and whatever maintenance has begun takes no longer.
    /// Whoever ends the process by force has to wait a little longer than this.
    /// </summary>
    public static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);

    /// <summary>The host stops this after the server, and so when no request is left that could add to them.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await stragglers.WhenEnded().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.MaintenanceInterval is not { } interval) return;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Task.WhenAll(
        [
            Repeat(recovery.Pass, new(), interval, ending.Token),
            Repeat(dispatcher.Pass, signals.Logged, interval, ending.Token),
            Repeat(audits.RunIfDue, new(), interval, ending.Token),
            .. lanes.Select(lane => Repeat(lane.Pass, signals.ToDeliver(lane.Channel), interval, ending.Token)),
        ]);
    }

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
