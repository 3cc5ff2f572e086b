namespace Ecommerce.Api.Tests.Simulation;

/// <summary>One line of work that the scheduler drives: a request being served, a customer, a recovery pass.</summary>
internal sealed class Actor(string name, int weight)
{
    public string Name => name;

    /// <summary>How often it is its turn, compared with the others.</summary>
    public int Weight => weight;

    /// <summary>Null for what is not a program: the provider, on its own side.</summary>
    public Task? Work { get; set; }

    /// <summary>Until then none of its events happens; afterwards it goes on as if nothing had been.</summary>
    public long AsleepUntil { get; set; }

    /// <summary>It crashed: what it waits for never comes.</summary>
    public bool IsDead { get; set; }

    /// <summary>Events that it waits for.</summary>
    public int Pending { get; set; }

    public bool IsOver => IsDead || Work is { IsCompleted: true };
}
