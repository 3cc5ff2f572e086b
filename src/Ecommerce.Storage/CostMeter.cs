using System.Diagnostics.Metrics;
using System.Globalization;

namespace Ecommerce.Storage;

/// <summary>
/// Adds up what the store consumed in one flow of calls: read units, write units and round trips, as the engine reported them.
/// SQLite has no units, and reports its calls only. What the whole process consumed is told by the meter <c>Ecommerce.Storage</c>.
/// </summary>
public sealed class CostMeter
{
    private static readonly AsyncLocal<CostMeter?> Ambient = new();

    private static readonly Meter Meter = new("Ecommerce.Storage");

    private static readonly Counter<double> UnitsOfAll = Meter.CreateCounter<double>("ecommerce.store.units", "{unit}", "DynamoDB capacity units consumed.");

    private static readonly Counter<long> CallsOfAll = Meter.CreateCounter<long>("ecommerce.store.calls", "{call}", "Round trips to the store.");

    private readonly Lock _lock = new();

    /// <summary>The meter of this flow of calls; null where nobody measures.</summary>
    public static CostMeter? Current => Ambient.Value;

    public double ReadUnits { get; private set; }

    public double WriteUnits { get; private set; }

    public int Calls { get; private set; }

    /// <summary>Measures the calls that follow in this asynchronous flow.</summary>
    public static CostMeter Start() => Ambient.Value = new();

    /// <summary>Leaves the calls that follow in this asynchronous flow unmeasured.</summary>
    public static void Stop() => Ambient.Value = null;

    public override string ToString()
    {
        lock (_lock) return string.Create(CultureInfo.InvariantCulture, $"rcu={ReadUnits},wcu={WriteUnits},calls={Calls}");
    }

    internal static void Add(double readUnits, double writeUnits)
    {
        Current?.AddCall(readUnits, writeUnits);
        CallsOfAll.Add(1);
        if (readUnits > 0) UnitsOfAll.Add(readUnits, new KeyValuePair<string, object?>("kind", "read"));
        if (writeUnits > 0) UnitsOfAll.Add(writeUnits, new KeyValuePair<string, object?>("kind", "write"));
    }

    private void AddCall(double readUnits, double writeUnits)
    {
        lock (_lock)
        {
            ReadUnits += readUnits;
            WriteUnits += writeUnits;
            Calls++;
        }
    }
}
