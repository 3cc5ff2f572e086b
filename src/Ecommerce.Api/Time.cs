namespace Ecommerce.Api;

/// <summary>Times are UTC to the millisecond everywhere: in the store as a number since 1970, in JSON as ISO 8601 ending in Z.</summary>
internal static class Time
{
    public static DateTime Now(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds().ToTime();

    public static long ToMilliseconds(this DateTime time) => (long)(time - DateTime.UnixEpoch).TotalMilliseconds;

    /// <summary>As <see cref="Tables.LapsesAt"/> has it: whole seconds, rounded up.</summary>
    public static long ToSeconds(this DateTime time) => (time.ToMilliseconds() + 999) / 1000;

    public static DateTime SecondsToTime(this long seconds) => DateTime.UnixEpoch.AddSeconds(seconds);

    public static DateTime ToTime(this long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);
}
