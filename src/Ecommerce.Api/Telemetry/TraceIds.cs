using System.Diagnostics;
using System.Security.Cryptography;

namespace Ecommerce.Api.Telemetry;

/// <summary>
/// Ids of traces out of the system's chance. The runtime makes them from a seed of the process, so copies of one process (SnapStart)
/// would give many requests the same id.
/// </summary>
internal static class TraceIds
{
    /// <summary>For all spans that begin a trace.</summary>
    public static void UseForNewTraces() => Activity.TraceIdGenerator = New;

    public static ActivityTraceId New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return ActivityTraceId.CreateFromBytes(bytes);
    }
}
