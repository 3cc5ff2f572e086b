using System.Collections.Concurrent;

namespace Ecommerce.Api;

/// <summary>Work that takes longer than its request may, and goes on after the answer. The process does not end before it does.</summary>
internal sealed class Stragglers
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = [];

    /// <param name="work">Under way.</param>
    /// <param name="onFailed">Is told why, if it fails: nobody else waits for it.</param>
    public void Add(Task work, Action<Exception> onFailed)
    {
        var watched = Watch(work, onFailed);
        _tasks[watched] = 0;
        _ = watched.ContinueWith(ended => _tasks.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>Completes when all that there are now have ended.</summary>
    public Task WhenEnded() => Task.WhenAll(_tasks.Keys);

    private static async Task Watch(Task work, Action<Exception> onFailed)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception is { } trouble) onFailed(trouble);
    }
}
