using System.Collections.Concurrent;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>What befalls a process at one of its calls to the outside.</summary>
internal enum Blow
{
    /// <summary>The process is gone: that call and all later ones never return, and none is made any more.</summary>
    Death,

    /// <summary>The call fails and the process goes on: a store out of reach, a provider that cannot say.</summary>
    Trouble,

    /// <summary>That call and all later ones fail: an outage.</summary>
    Outage,

    /// <summary>The client hangs up, and the process goes on.</summary>
    HangUp,
}

/// <summary>
/// Counts the calls that one flow of work makes to the outside, and strikes it at one of them. It belongs to the asynchronous flow, so
/// that one app can live through many fates at once.
/// </summary>
/// <param name="blow">What happens.</param>
/// <param name="isStruck">At which call, by its number from 1 and its name.</param>
/// <param name="after">Once the call has had its effect; else before it has any.</param>
internal sealed class Fate(Blow blow, Func<int, string, bool> isStruck, bool after)
{
    private static readonly AsyncLocal<Fate?> Ambient = new();

    private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _calls = [];
    private int _underWay;

    public static Fate? Current => Ambient.Value;

    /// <summary>The names of the calls that were made or tried, in their order.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    public bool IsStruck => _struck.Task.IsCompleted;

    /// <summary>Completes when the blow has fallen.</summary>
    public Task Struck => _struck.Task;

    /// <summary>Makes the client hang up.</summary>
    public Func<Task> HangUp { get; set; } = () => Task.CompletedTask;

    /// <summary>Completes when the process is done with the request, whether anybody still listens or not.</summary>
    public Task Answered => _answered.Task;

    public bool CanDie => blow == Blow.Death;

    private bool IsDead => blow == Blow.Death && IsStruck;

    /// <summary>Nothing happens; the calls are counted.</summary>
    public static Fate Kind() => new(Blow.Death, static (_, _) => false, after: false);

    public static Fate At(int call, bool after, Blow blow = Blow.Death) => new(blow, (number, _) => number == call, after);

    /// <summary>At the first call whose name begins so, such as <c>Charge</c>.</summary>
    public static Fate On(string name, bool after, Blow blow = Blow.Death) => new(blow, (_, called) => called.StartsWith(name, StringComparison.Ordinal), after);

    /// <summary>Makes everything that this asynchronous flow does from here on subject to the fate.</summary>
    public void Begin() => Ambient.Value = this;

    public void End() => _answered.TrySetResult();

    /// <summary>A call to the outside.</summary>
    /// <param name="name">What is called.</param>
    /// <param name="call">Makes it.</param>
    /// <param name="trouble">Answers, or throws, when it fails.</param>
    public async Task<T> Call<T>(string name, Func<Task<T>> call, Func<T> trouble)
    {
        if (!Enter(name, out var isIt)) return await Never<T>();
        try
        {
            if (!isIt && blow == Blow.Outage && IsStruck) return trouble();
            if (isIt && !after && await Strike()) return blow == Blow.Death ? await Leave<T>() : trouble();
            var answer = await call();
            if (isIt && after && await Strike()) return blow == Blow.Death ? await Leave<T>() : trouble();
            return IsDead ? await Leave<T>() : answer;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>Completes when no call is under way any more that was made before the blow.</summary>
    public async Task Quiet()
    {
        while (Volatile.Read(ref _underWay) > 0) await Task.Delay(1);
    }

    private bool Enter(string name, out bool isIt)
    {
        lock (_calls)
        {
            isIt = false;
            if (IsDead) return false;
            _calls.Enqueue(name);
            isIt = !IsStruck && isStruck(_calls.Count, name);
            Interlocked.Increment(ref _underWay);
            return true;
        }
    }

    /// <summary>The call is over, and nobody is there any more to hear of it.</summary>
    private Task<T> Leave<T>()
    {
        Interlocked.Decrement(ref _underWay);
        return Never<T>();
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;

    /// <summary>Whether the call does not come back as it should.</summary>
    private async Task<bool> Strike()
    {
        if (blow == Blow.HangUp) await HangUp();
        lock (_calls) _struck.TrySetResult();
        return blow != Blow.HangUp;
    }
}
