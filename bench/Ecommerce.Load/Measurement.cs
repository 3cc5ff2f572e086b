using System.Diagnostics;

namespace Ecommerce.Load;

/// <summary>What a scenario reached.</summary>
/// <param name="PerSecond">Units that succeeded, per second.</param>
/// <param name="Median">Milliseconds a unit.</param>
/// <param name="Worst">Milliseconds that one unit of a hundred took longer than.</param>
/// <param name="Cpu">Milliseconds of a core that the server spent a unit: unlike the others it hardly depends on who else is at work.</param>
/// <param name="Errors">Units with an answer other than 2xx, in warm-up as well.</param>
/// <param name="FirstError">One of those answers.</param>
internal sealed record Measurement(double PerSecond, double Median, double Worst, double Cpu, int Errors, string? FirstError)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Repeats a unit of work on every connection at once: a short warm-up first, then for as long as is to be measured.</summary>
    /// <param name="server">Under load.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="time">How long to measure.</param>
    /// <param name="unit">Makes the unit of a connection, by its number. It answers false when it failed.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<Measurement> Take(
        Server server, int connections, TimeSpan time, Func<int, HttpConnection, Func<bool>> unit, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp() + Ticks(WarmUp);
        var end = start + Ticks(time);
        // A thread each, blocked in its socket: cheaper than anything that has to be woken by somebody else.
        var workers = Enumerable.Range(0, connections)
            .Select(number => Task.Factory.StartNew(() => Work(server, number, unit, start, end, cancellation), TaskCreationOptions.LongRunning));
        var all = Task.WhenAll(workers);
        await Task.WhenAny(all, Task.Delay(WarmUp, cancellation));
        var cpu = server.Cpu;
        var parts = await all;
        cpu = server.Cpu - cpu;
        cancellation.ThrowIfCancellationRequested();

        var elapsed = parts.SelectMany(part => part.Elapsed).Order().ToList();
        return new(
            elapsed.Count / time.TotalSeconds, Milliseconds(elapsed, 0.50), Milliseconds(elapsed, 0.99), cpu.TotalMilliseconds / elapsed.Count,
            parts.Sum(part => part.Errors), parts.Select(part => part.FirstError).FirstOrDefault(error => error is not null));
    }

    private static (List<long> Elapsed, int Errors, string? FirstError) Work(
        Server server, int number, Func<int, HttpConnection, Func<bool>> unit, long start, long end, CancellationToken cancellation)
    {
        var elapsed = new List<long>(16 * 1024);
        var errors = 0;
        string? firstError = null;
        using var connection = new HttpConnection(server.Port);
        var work = unit(number, connection);
        for (var before = Stopwatch.GetTimestamp(); before < end && !cancellation.IsCancellationRequested;)
        {
            var succeeded = work();
            var after = Stopwatch.GetTimestamp();
            if (!succeeded)
            {
                errors++;
                firstError ??= connection.Body;
            }
            else if (before >= start && after <= end)
            {
                elapsed.Add(after - before);
            }

            before = after;
        }

        return (elapsed, errors, firstError);
    }

    private static double Milliseconds(List<long> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)(sorted.Count * share)] * 1000.0 / Stopwatch.Frequency;

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
