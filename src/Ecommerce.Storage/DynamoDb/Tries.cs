using System.Security.Cryptography;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>
/// The tries of one call: again after trouble that passes, with full jitter
/// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), a bounded number of times within a bounded time. Chance
/// comes from the system everywhere: copies of one process (SnapStart) would draw the same from a seed that they share.
/// </summary>
internal sealed class Tries(TimeProvider clock, TimeSpan? patience = null)
{
    public const int Most = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(5);

    /// <summary>No try begins later; one that began still has its own time-out.</summary>
    private readonly TimeSpan _patience = patience ?? RequestPatience;

    private readonly long _started = clock.GetTimestamp();
    private int _failed;

    /// <summary>A try ended without an answer, so its effect may be there all the same.</summary>
    public bool MayHaveHappened { get; private set; }

    /// <exception cref="StoreUnavailableException">The last try failed, too, or trying again would not help.</exception>
    public async Task<T> Run<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e)
            {
                // A trip it was; what it consumed the service does not say.
                CostMeter.Add(0, 0);
                var failure = Failures.Of(e);
                if (failure == Failure.Final) throw;
                if (failure == Failure.Denied) throw new StoreUnavailableException($"DynamoDB does not let the shop in: {e.Message}", e);
                cancellation.ThrowIfCancellationRequested();
                MayHaveHappened |= failure == Failure.Unanswered;
                await Again(e.Message, e, cancellation);
            }
        }
    }

    /// <summary>Waits before the next try.</summary>
    /// <exception cref="StoreUnavailableException">That was the last one.</exception>
    public async Task Again(string trouble, Exception? cause, CancellationToken cancellation)
    {
        var ceiling = FirstDelay * (1 << _failed);
        var delay = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)(ceiling < LongestDelay ? ceiling : LongestDelay).TotalMilliseconds + 1));
        if (++_failed == Most || clock.GetElapsedTime(_started) + delay > _patience)
            throw new StoreUnavailableException($"DynamoDB gave no answer in {_failed} tries. The last one: {trouble}", cause);
        await Task.Delay(delay, clock, cancellation);
    }
}
