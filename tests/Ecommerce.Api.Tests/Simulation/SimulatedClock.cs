namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// The clock of one machine. What it shows may be wrong and may jump, also back; its timers go by the time that really passes, as
/// those of an operating system do, and are events of the scheduler.
/// </summary>
internal sealed class SimulatedClock(Scheduler scheduler) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Milliseconds by which the clock is wrong.</summary>
    public long Skew { get; set; }

    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(scheduler.Now + Skew);

    public override long GetTimestamp() => scheduler.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Scheduler scheduler, TimerCallback callback, object? state) : ITimer
    {
        private readonly Actor? _owner = scheduler.Current;
        private Event? _next;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) Set(dueTime);
            return true;
        }

        public void Dispose()
        {
            if (_next is not null) scheduler.Cancel(_next);
            _next = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan after) => _next = scheduler.At(scheduler.Now + (long)Math.Ceiling(after.TotalMilliseconds), Fire, _owner);

        private void Fire()
        {
            _next = null;
            if (_period > TimeSpan.Zero) Set(_period);
            callback(state);
        }
    }
}
