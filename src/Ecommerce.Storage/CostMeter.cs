using System.Globalization;

namespace Ecommerce.Storage;

/// <summary>
/// Adds up what the store consumed in one flow of calls: read units, write units and round trips, as the engine reported them.
/// SQLite has no units, and reports its calls only.
/// </summary>
public sealed class CostMeter
{
    private static readonly AsyncLocal<CostMeter?> Ambient = new();

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

    internal static void Add(double readUnits, double writeUnits) => Current?.AddCall(readUnits, writeUnits);

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
