using System.Security.Cryptography;

namespace Ecommerce.Api;

/// <summary>
/// How a write by version is tried again after somebody else's came first. Without a pause all who lost would read the same state
/// and meet again, and of twenty the last would lose nineteen times.
/// </summary>
internal static class Contention
{
    public const int Attempts = 30;

    private const int FirstMilliseconds = 4;
    private const int Doublings = 6;

    /// <summary>Full jitter over a time that doubles with each loss, up to a quarter of a second. Read again afterwards.</summary>
    /// <param name="attempt">How many attempts were lost before the one that just was.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static Task Pause(int attempt, CancellationToken cancellation) =>
        Task.Delay(RandomNumberGenerator.GetInt32((FirstMilliseconds << Math.Min(attempt, Doublings)) + 1), cancellation);
}
