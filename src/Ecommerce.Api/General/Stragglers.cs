using System.Collections.Concurrent;

namespace Ecommerce.Api.General;

/// <summary>Work that takes longer than its request may, and goes on after the answer. The process does not end before it does.</summary>
internal sealed class Stragglers
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = [];

    /// <param name="task">One that never fails.</param>
    public void Add(Task task)
    {
        _tasks[task] = 0;
        _ = task.ContinueWith(ended => _tasks.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>When all that there are now have ended.</summary>
    public Task End() => Task.WhenAll(_tasks.Keys);
}
