using System.Diagnostics;
using OpenTelemetry;

namespace Ecommerce.Api.Telemetry;

/// <summary>
/// Leaves out calls by HTTP that belong to nothing: at DynamoDB every few seconds they look for something to do, and find nothing. Where
/// they do, what is done about it is a span.
/// </summary>
internal sealed class NoIdleCalls : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Kind == ActivityKind.Client && data.ParentSpanId == default) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
