using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// One seed's shop: machines over one store and one provider, and the people and passes that use them. First everything happens
/// at once and goes wrong; then faults end, clocks are put right, and recovery gets the time it needs; then the books are compared.
/// </summary>
internal sealed class World
{
    private const int MostSteps = 20_000;
    private const int MostPasses = 100;

    private readonly List<Actor> _clients = [];
    private readonly Requests _requests;

    /// <summary>On a thread of its own: a world decides what follows an await there.</summary>
    public World(int seed, bool traced = false)
    {
        Scheduler = new(seed) { Trace = traced ? [] : null };
        SynchronizationContext.SetSynchronizationContext(new InlineContext(Scheduler));
        Faults = new(Scheduler, Coverage);
        Store = new(Tables.All, () => Scheduler.Now, unseen => Faults.Strike(Fault.IndexBehind) ? Scheduler.Random.Next(unseen + 1) : 0);
        Provider = new(this) { Tell = new Postman(this).Take };
        var stock = new StockLedger(Scheduler);
        Orders = new(this);
        Store.OnCommit = changes =>
        {
            stock.See(changes);
            Orders.See(changes);
        };
        _requests = new(this);
        Shelf = new(this);
        Machines = [.. Enumerable.Range(1, 3).Select(number => new Machine(this, number))];
    }

    public Scheduler Scheduler { get; }

    public Coverage Coverage { get; } = new();

    public Faults Faults { get; }

    public MemoryStore Store { get; }

    public SimulatedProvider Provider { get; }

    public OrderLedger Orders { get; }

    public Shelf Shelf { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public Told Told { get; } = new();

    /// <summary>The time, as a clock shows it that is right.</summary>
    public DateTime Now => new SimulatedClock(Scheduler).Now();

    /// <summary>Nobody begins anything new.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Plays the seed. What is wrong afterwards is in <see cref="Scheduler.Failure"/>.</summary>
    public void Run()
    {
        try
        {
            Cast.Enter(this);
            Until(() => _clients.TrueForAll(client => client.IsOver));
            Calm();
            Until(() => false);
            Recover();
            if (Scheduler.Failure is null) Invariants.Check(this);
        }
        catch (Exception e)
        {
            Scheduler.Fail(e.ToString());
        }
    }

    /// <summary>Somebody outside of the shop, whom no fault strikes.</summary>
    public void Client(string name, Func<Task> script) => _clients.Add(Helper(name, script));

    /// <summary>The same, but nobody waits for it to come to an end.</summary>
    public Actor Helper(string name, Func<Task> script) => Scheduler.Start(name, script, Weight());

    /// <inheritdoc cref="Requests.Ask"/>
    public Task<T?> Ask<T>(Func<Machine, Task<T>> serve) => _requests.Ask(serve);

    public void Crash(Machine machine) => _requests.Crash(machine);

    public bool Chance(int percent) => Scheduler.Random.Next(100) < percent;

    public long Between(long least, long most) => Scheduler.Random.NextInt64(least, most + 1);

    /// <summary>Waits as people do.</summary>
    public Task Wait(long least, long most) => Scheduler.Outside(() => true, Between(least, most));

    private void Calm()
    {
        Scheduler.Say("--- all that was wanted is done; faults end");
        Faults.Stop();
        Provider.DownUntil = 0;
        foreach (var machine in Machines) machine.Clock.Skew = 0;
        IsClosing = true;
    }

    /// <summary>Recovery passes, each when the next order is due, until nothing is left to do.</summary>
    private void Recover()
    {
        var machine = Machines[0];
        for (var passes = 0; Scheduler.Failure is null && NextDue() is { } due; passes++)
        {
            if (passes > MostPasses) Scheduler.Fail("Orders stay due for ever.");
            Scheduler.Leap(Math.Max(0, due - Now.ToMilliseconds()) + 1);
            Scheduler.Start("last recovery", () => machine.Recovery.Pass(default));
            Until(() => false);
        }
    }

    private long? NextDue() => Store.All(Tables.Orders).Min(order => order.NumberOrNull("dueAt"));

    /// <summary>Some are much slower or faster than the others.</summary>
    private int Weight() => Scheduler.Random.Next(4) == 0 ? Scheduler.Random.Next(1, 20) : 4;

    private void Until(Func<bool> over)
    {
        while (Scheduler.Failure is null && !over() && Scheduler.Step())
            if (Scheduler.Steps > MostSteps) Scheduler.Fail("It never ends.");
    }
}
