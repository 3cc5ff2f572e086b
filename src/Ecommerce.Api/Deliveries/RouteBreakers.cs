using System.Collections.Concurrent;
using Ecommerce.Api.Events;

namespace Ecommerce.Api.Deliveries;

/// <summary>A circuit breaker that is open: its receiver is left alone for a while.</summary>
/// <param name="Failures">How often it did not take what it was sent, one after the other.</param>
/// <param name="Reason">Why, the last time.</param>
/// <param name="Until">When it is asked again.</param>
internal sealed record OpenBreaker(int Failures, string Reason, DateTime Until);

/// <summary>The circuit breakers of a channel's routes, as this process has them.</summary>
internal sealed class RouteBreakers
{
    private readonly ConcurrentDictionary<string, OpenBreaker> _open = [];

    /// <summary>Null where the receiver is asked.</summary>
    public OpenBreaker? FindOpen(string route, DateTime now) => _open.TryGetValue(route, out var open) && open.Until > now ? open : null;

    /// <summary>
    /// Leaves a receiver alone that did not take what it was sent: for less than that delivery waits, so that of one who only does not take
    /// this one the others are asked first; and longer with each failure after another.
    /// </summary>
    public void Trip(string route, string reason, DateTime now) => _open.AddOrUpdate(
        route, _ => After(1, reason, now), (_, open) => open.Until > now ? open : After(open.Failures + 1, reason, now));

    public void Reset(string route) => _open.TryRemove(route, out _);

    private static OpenBreaker After(int failures, string reason, DateTime now) => new(failures, reason, now + (Backoff.After(failures) / 2));
}
