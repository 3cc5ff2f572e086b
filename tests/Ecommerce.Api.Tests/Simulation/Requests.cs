using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Brings requests to some machine and answers back, if the machine lives to give one and the client waits for it.</summary>
internal sealed class Requests(World world)
{
    private const int Patience = 31_000;

    /// <summary>API Gateway hangs up after this.</summary>
    private const int Deadline = 29_000;

    private readonly List<(Actor Actor, Machine Machine)> _served = [];

    /// <returns>The answer; default when there was none in time, or the store was out of reach.</returns>
    public Task<T?> Ask<T>(Func<Machine, Task<T>> serve)
    {
        var (scheduler, client) = (world.Scheduler, world.Scheduler.Current!);
        var machine = world.Machines[scheduler.Random.Next(world.Machines.Count)];
        var answered = new TaskCompletionSource<T?>();
        Event? patience = scheduler.At(scheduler.Now + Patience, () => Answer(default));
        var name = scheduler.Trace is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{client.Name}.{_served.Count}@{machine.Number}");
        _served.Add((world.Helper(name, Serve), machine));
        return answered.Task;

        async Task Serve()
        {
            T? answer = default;
            var (self, started, leaps) = (scheduler.Current!, scheduler.Now, scheduler.Leaps);
            try
            {
                answer = await serve(machine);
            }
            catch (StoreUnavailableException)
            {
                world.Coverage.Count("answer 503");
            }

            var wasHindered = self.AsleepUntil > started || scheduler.Leaps > leaps;
            if (!wasHindered && scheduler.Now - started > Deadline) scheduler.Fail($"{name} took {scheduler.Now - started} ms.");
            if (patience is null) return;
            scheduler.Cancel(patience);
            patience = scheduler.At(scheduler.Now, () => Answer(answer), client);
        }

        void Answer(T? answer)
        {
            patience = null;
            answered.SetResult(answer);
        }
    }

    /// <summary>A machine stops, with all that it is working at; it starts again at once.</summary>
    public void Crash(Machine machine)
    {
        foreach (var (actor, at) in _served)
            if (at == machine && !actor.IsDead)
                world.Scheduler.Kill(actor);
    }
}
