namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>
/// Who works on an order, and when it is looked at next. A lease only keeps workers from meeting. If they meet all the same, because
/// a clock is wrong or a process was paused, one of them is heard: a write names the version that it was made on.
/// </summary>
internal static class Lease
{
    /// <summary>Longer than the 25 seconds that a request may take, so that whoever takes the order over does not meet it at work.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>The order in the hands of whoever works on it from now on.</summary>
    public static Order Leased(this Order order, DateTime now) =>
        order with { Attempt = order.Attempt + 1, IsLeased = true, DueAt = now + Life };

    /// <summary>
    /// The order after a step of work: still leased if it was and something is left to do, due at once if something is and nobody has
    /// it, and otherwise done.
    /// </summary>
    public static Order Rescheduled(this Order order, DateTime now) => order.Work() switch
    {
        OpenWork.None => order with { IsLeased = false, DueAt = null, HoldExpiresAt = null },
        _ => order with { DueAt = order.IsLeased ? now + Life : now, HoldExpiresAt = order.HoldsStock ? order.HoldExpiresAt : null },
    };

    /// <summary>
    /// The order released until the next try, which comes later each time, but not later than the end of its hold: then it has to be
    /// decided.
    /// </summary>
    public static Order BackedOff(this Order order, DateTime now)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(order.Attempt - 1, 20));
        var next = now + (wait < LongestWait ? wait : LongestWait);
        var endsBefore = order.HoldsStock && order.HoldExpiresAt > now && order.HoldExpiresAt < next;
        return order with { IsLeased = false, DueAt = endsBefore ? order.HoldExpiresAt : next };
    }
}
