using System.Globalization;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// Decides, from one seed, whose turn it is. Whatever an actor waits for is an event here, and what follows an event runs inline
/// on this thread until the actor waits again: so one seed is one exact interleaving.
/// </summary>
internal sealed class Scheduler(int seed)
{
    private readonly List<Event> _events = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public Random Random { get; } = new(seed);

    /// <summary>Milliseconds that really passed. Clocks may show anything; timers go by this.</summary>
    public long Now { get; private set; }

    public int Steps { get; private set; }

    /// <summary>How often time passed that nobody had the use of.</summary>
    public int Leaps { get; private set; }

    /// <summary>Whose turn it is.</summary>
    public Actor? Current { get; private set; }

    /// <summary>What was found wrong first. Kept here, not thrown: the code under test might catch it.</summary>
    public string? Failure { get; private set; }

    /// <summary>Null unless somebody wants to read it.</summary>
    public List<string>? Trace { get; init; }

    public bool IsOnThread => Environment.CurrentManagedThreadId == _thread;

    public void Fail(string message) => Failure ??= message;

    public void Say(string what) =>
        Trace?.Add(string.Create(CultureInfo.InvariantCulture, $"{Steps,5} {Now / 1000.0,11:0.000}s {Current?.Name,-18} {what}"));

    /// <summary>Begins a line of work; it runs at once up to the first event it waits for.</summary>
    public Actor Start(string name, Func<Task> work, int weight = 1)
    {
        var actor = new Actor(name, weight);
        var before = Current;
        Current = actor;
        actor.Work = work();
        Current = before;
        Look(actor);
        return actor;
    }

    /// <summary>Something outside of the present actor, which happens when the scheduler picks it.</summary>
    /// <param name="act">What happens then, and what the actor learns of it.</param>
    /// <param name="delay">Milliseconds before which it cannot happen.</param>
    public Task<T> Outside<T>(Func<T> act, long delay = 0)
    {
        var done = new TaskCompletionSource<T>();
        var owner = Current!;
        At(Now + delay, () =>
        {
            T answer;
            try
            {
                answer = act();
            }
            catch (Exception e)
            {
                done.SetException(e);
                return;
            }

            // Who crashed on the way never learns the answer, and who fell asleep learns it when it wakes.
            if (owner.IsDead) return;
            if (owner.AsleepUntil > Now) At(owner.AsleepUntil, () => done.SetResult(answer));
            else done.SetResult(answer);
        });
        return done.Task;
    }

    /// <summary>An event of the present actor, or of another.</summary>
    public Event At(long time, Action happen, Actor? owner = null)
    {
        owner ??= Current;
        if (owner is null || !IsOnThread) throw new InvalidOperationException("Work left the scheduler's thread.");
        var added = new Event(owner, Math.Max(time, Now), happen);
        _events.Add(added);
        owner.Pending++;
        return added;
    }

    public void Cancel(Event cancelled)
    {
        var at = _events.IndexOf(cancelled);
        if (at >= 0) RemoveAt(at);
    }

    /// <summary>The actor stops where it is, for ever.</summary>
    public void Kill(Actor actor)
    {
        actor.IsDead = true;
        for (var i = _events.Count - 1; i >= 0; i--)
            if (_events[i].Owner == actor)
                RemoveAt(i);
    }

    /// <summary>Time passes for everybody, and nothing happens.</summary>
    public void Leap(long milliseconds)
    {
        Now += milliseconds;
        Leaps++;
    }

    /// <summary>Lets one event happen; false when there is none left to happen.</summary>
    public bool Step()
    {
        if (_events.Count == 0) return false;
        var weight = Ready(out var earliest);
        if (weight == 0)
        {
            Now = earliest;
            weight = Ready(out _);
        }

        var at = Pick(Random.Next(weight));
        var picked = _events[at];
        RemoveAt(at);
        Steps++;
        Current = picked.Owner;
        picked.Happen();
        Look(picked.Owner);
        Current = null;
        return true;
    }

    private int Ready(out long earliest)
    {
        var weight = 0;
        earliest = long.MaxValue;
        foreach (var candidate in _events)
        {
            var at = Math.Max(candidate.At, candidate.Owner.AsleepUntil);
            if (at <= Now) weight += candidate.Owner.Weight;
            earliest = Math.Min(earliest, at);
        }

        return weight;
    }

    private int Pick(int chance)
    {
        for (var i = 0; ; i++)
        {
            if (Math.Max(_events[i].At, _events[i].Owner.AsleepUntil) > Now) continue;
            chance -= _events[i].Owner.Weight;
            if (chance < 0) return i;
        }
    }

    /// <summary>After its turn an actor is at its end or waits for an event; else it waits for something that no seed decides.</summary>
    private void Look(Actor actor)
    {
        if (actor.Work is not { } work || actor.IsDead) return;
        if (work.IsFaulted) Fail($"{actor.Name} ended with {work.Exception.InnerException}");
        if (!work.IsCompleted && actor.Pending == 0) Fail($"{actor.Name} waits for what is not the scheduler's: a real delay, or another thread.");
    }

    private void RemoveAt(int at)
    {
        _events[at].Owner.Pending--;
        _events[at] = _events[^1];
        _events.RemoveAt(_events.Count - 1);
    }
}

/// <summary>Something that will happen to an actor, not before its time.</summary>
internal sealed class Event(Actor owner, long at, Action happen)
{
    public Actor Owner => owner;

    public long At { get; set; } = at;

    public Action Happen => happen;
}
