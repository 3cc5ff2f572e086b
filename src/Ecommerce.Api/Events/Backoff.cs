namespace Ecommerce.Api.Events;

/// <summary>How long something that failed is left alone before it is tried again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Ten seconds, then twice as long each time, up to an hour.</summary>
    /// <param name="tries">How many failed; at least one.</param>
    public static TimeSpan After(int tries)
    {
        var pause = First * Math.Pow(2, Math.Min(tries, 20) - 1);
        return pause < Longest ? pause : Longest;
    }
}
