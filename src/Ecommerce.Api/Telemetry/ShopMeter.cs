using System.Diagnostics.Metrics;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Telemetry;

/// <summary>The shop's own metrics, of the meter <c>Ecommerce</c>: see docs/telemetry.md. The store counts its units itself.</summary>
internal static class ShopMeter
{
    public const string Name = "Ecommerce";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Orders = Meter.CreateCounter<long>("ecommerce.orders", "{order}", "States that orders entered.");

    private static readonly Histogram<double> Payments = Meter.CreateHistogram(
        "ecommerce.payment.duration", "s", "How long the payment provider takes to answer.", advice: Seconds(0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16));

    private static readonly Histogram<double> Lags = Meter.CreateHistogram(
        "ecommerce.dispatch.lag", "s", "From an event until everybody was told of it.", advice: Seconds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600));

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("ecommerce.deliveries", "{delivery}", "Tries to send something, by what came of them.");

    /// <summary>Counts the states that an order has entered with the commit of this change.</summary>
    public static void Count(Order committed)
    {
        if (!Orders.Enabled) return;
        foreach (var status in committed.Entering) Orders.Add(1, new KeyValuePair<string, object?>(Spans.Outcome, EnumNames<OrderStatus>.Of(status)));
    }

    public static void ProviderAnswered(TimeSpan duration, string operation, string outcome) =>
        Payments.Record(duration.TotalSeconds, new("operation", operation), new(Spans.Outcome, outcome));

    /// <param name="entry">An entry of the log that every subscriber was told of.</param>
    /// <param name="now">When.</param>
    public static void Dispatched(Item entry, DateTime now)
    {
        if (Lags.Enabled) Lags.Record(Math.Max(0, (now - entry.Number("at").ToTime()).TotalSeconds));
    }

    /// <summary>Counts a delivery after a try.</summary>
    public static void Count(Delivery tried)
    {
        if (Deliveries.Enabled) Deliveries.Add(1, new("channel", EnumNames<Channel>.Of(tried.Channel)), new(Spans.Outcome, EnumNames<DeliveryStatus>.Of(tried.Status)));
    }

    private static InstrumentAdvice<double> Seconds(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
