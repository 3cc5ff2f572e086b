using System.Collections.Concurrent;

namespace Ecommerce.Api.Users.External;

/// <summary>
/// The external people whom this process has just let in, so that their next requests cost no read of the profile. An administrator's
/// word against a person is heard when that time is over, in every process.
/// </summary>
internal sealed class SeenPeople(TimeProvider clock)
{
    public const int MaxEntries = 10_000;
    public static readonly TimeSpan CacheLife = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = [];

    public int Count => _until.Count;

    public bool Knows(string userId) => _until.TryGetValue(userId, out var until) && clock.GetUtcNow() < until;

    /// <summary>When there are too many all are forgotten: that costs a read each, and no bookkeeping.</summary>
    public void Add(string userId)
    {
        if (_until.Count >= MaxEntries) _until.Clear();
        _until[userId] = clock.GetUtcNow() + CacheLife;
    }

    /// <summary>For a profile that is deleted or changed by an administrator: the next request looks again.</summary>
    public void Forget(string userId) => _until.TryRemove(userId, out _);
}
