using System.Collections.Concurrent;
using Ecommerce.Api.Events;

namespace Ecommerce.Api.Deliveries;

/// <summary>A receiver that is left alone for a while.</summary>
/// <param name="Failures">How often it did not take what it was sent, one after the other.</param>
/// <param name="Reason">Why, the last time.</param>
/// <param name="Until">When it is asked again.</param>
internal sealed record ClosedRoute(int Failures, string Reason, DateTime Until);

/// <summary>The routes of a channel whose receiver did not take what it was last sent, as this process knows them.</summary>
internal sealed class ClosedRoutes
{
    private readonly ConcurrentDictionary<string, ClosedRoute> _routes = [];

    /// <summary>The route, while it is closed.</summary>
    public ClosedRoute? Find(string route, DateTime now) => _routes.TryGetValue(route, out var closed) && closed.Until > now ? closed : null;

    /// <summary>
    /// Closes a route by a delivery that has to be tried again, and opens it by one that has not. It is closed for less than that one waits,
    /// so that of a receiver who only does not take this one the others are asked first, and longer with each failure after another.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="failure">Why it has to be tried again; null when it has not.</param>
    /// <param name="now">The time.</param>
    public void Note(string route, string? failure, DateTime now)
    {
        if (failure is null) _routes.TryRemove(route, out _);
        else _routes.AddOrUpdate(route, _ => After(1, failure, now), (_, closed) => closed.Until > now ? closed : After(closed.Failures + 1, failure, now));
    }

    private static ClosedRoute After(int failures, string reason, DateTime now) => new(failures, reason, now + (Backoff.After(failures) / 2));
}
