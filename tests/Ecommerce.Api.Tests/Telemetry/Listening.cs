using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ecommerce.Api.Tests.Telemetry;

/// <summary>Hears the spans and the measurements of the whole process, for as long as it lasts.</summary>
internal sealed class Listening : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<Measured> _measured = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _sources;

    /// <param name="everything">The framework's spans, too, and not only the shop's.</param>
    public Listening(bool everything = false)
    {
        _sources = new()
        {
            ShouldListenTo = source => everything || source.Name == "Ecommerce",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_sources);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is "Ecommerce" or "Ecommerce.Storage") listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
    }

    /// <summary>In the order of their ends.</summary>
    public IReadOnlyCollection<Activity> Spans => _spans;

    /// <summary>A span as <c>name outcome</c>, in the order of their beginnings.</summary>
    public IEnumerable<string> Steps => _spans.OrderBy(span => span.StartTimeUtc).Select(span => $"{span.OperationName} {span.GetTagItem("outcome")}");

    /// <summary>What an instrument was given with these tags, added up.</summary>
    public double Sum(string instrument, string tags = "") => Of(instrument).Where(one => one.Tags == tags).Sum(one => one.Value);

    public IReadOnlyCollection<Measured> Measured => _measured;

    public IEnumerable<Measured> Of(string instrument) => _measured.Where(one => one.Instrument == instrument);

    public void Dispose()
    {
        _sources.Dispose();
        _meters.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(new(instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}

/// <param name="Instrument">Its name.</param>
/// <param name="Value">What was added or recorded.</param>
/// <param name="Tags">As <c>name=value</c>, separated by blanks.</param>
internal sealed record Measured(string Instrument, double Value, string Tags);

/// <summary>Source and meter are the process's: nobody else may buy anything while these tests count.</summary>
[CollectionDefinition(nameof(NobodyElse), DisableParallelization = true)]
public sealed class NobodyElse;
