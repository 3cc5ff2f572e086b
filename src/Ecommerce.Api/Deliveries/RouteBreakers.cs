using System.Collections.Concurrent;
using Ecommerce.Api.Events;

namespace Ecommerce.Api.Deliveries;

/// <summary>How a receiver did, the last few times.</summary>
/// <param name="Failures">How often it did not take what it was sent, one after the other.</param>
/// <param name="Reason">Why, the last time.</param>
/// <param name="Until">Until when it is left alone.</param>
internal sealed record Breaker(int Failures, string Reason, DateTime Until);

/// <summary>
/// The circuit breakers of a channel's routes, as this process has them. A receiver that fails now and then is asked on; one that does so
/// several times in a row is left alone for a while, longer each time, but never so long that it is not noticed soon when it is well again.
/// </summary>
internal sealed class RouteBreakers
{
    private const int Tolerated = 2;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Breaker> _breakers = [];

    /// <summary>Null where the receiver is asked.</summary>
    public Breaker? FindOpen(string route, DateTime now) => _breakers.TryGetValue(route, out var breaker) && breaker.Until > now ? breaker : null;

    /// <summary>The receiver did not take what it was sent.</summary>
    public void Fail(string route, string reason, DateTime now) => _breakers.AddOrUpdate(
        route, _ => After(1, reason, now), (_, breaker) => breaker.Until > now ? breaker : After(breaker.Failures + 1, reason, now));

    public void Succeed(string route) => _breakers.TryRemove(route, out _);

    /// <summary>Left alone for less than the delivery waits that failed, so that of one who only does not take this one others are asked first.</summary>
    private static Breaker After(int failures, string reason, DateTime now)
    {
        if (failures <= Tolerated) return new(failures, reason, now);
        var pause = Backoff.After(failures - Tolerated) / 2;
        return new(failures, reason, now + (pause < Longest ? pause : Longest));
    }
}
