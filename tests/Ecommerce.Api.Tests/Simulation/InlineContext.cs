namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// Keeps what follows an await on the scheduler's thread. Nearly all of it runs inline, in place; what the runtime insists on
/// running later (behind a cancelled delay) becomes an event of the actor whose turn it is.
/// </summary>
internal sealed class InlineContext(Scheduler scheduler) : SynchronizationContext
{
    private static int _strays;

    /// <summary>How often work left a scheduler's thread and wanted to come back, perhaps long after its world had ended.</summary>
    public static int Strays => _strays;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (scheduler.IsOnThread && scheduler.Current is not null) scheduler.At(scheduler.Now, () => d(state));
        else Interlocked.Increment(ref _strays);
    }
}
