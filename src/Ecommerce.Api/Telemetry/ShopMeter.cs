using System.Diagnostics.Metrics;
using Ecommerce.Api.Orders;

namespace Ecommerce.Api.Telemetry;

/// <summary>The shop's own metrics, of the meter <c>Ecommerce</c>: see docs/telemetry.md. The store counts its units itself.</summary>
internal static class ShopMeter
{
    public const string Name = "Ecommerce";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Orders = Meter.CreateCounter<long>("ecommerce.orders", "{order}", "States that orders entered.");

    private static readonly Histogram<double> Payments = Meter.CreateHistogram(
        "ecommerce.payment.duration", "s", "How long the payment provider takes to answer.", advice: Seconds(0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16));

    /// <summary>Counts the states that an order has entered with the commit of this change.</summary>
    public static void Count(Order committed)
    {
        if (!Orders.Enabled) return;
        foreach (var status in committed.Entering) Orders.Add(1, new KeyValuePair<string, object?>(Spans.Outcome, EnumNames<OrderStatus>.Of(status)));
    }

    public static void Paid(TimeSpan duration, string operation, string outcome) =>
        Payments.Record(duration.TotalSeconds, new("operation", operation), new(Spans.Outcome, outcome));

    private static InstrumentAdvice<double> Seconds(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
