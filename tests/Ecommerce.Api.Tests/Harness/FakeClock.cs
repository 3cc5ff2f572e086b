namespace Ecommerce.Api.Tests.Harness;

/// <summary>
/// Stands still until it is moved. Timers and stopwatches stay real. It is years ahead, for the engines remove what has lapsed by the
/// time of the machine.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2036, 1, 31, 12, 0, 0, 250, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
