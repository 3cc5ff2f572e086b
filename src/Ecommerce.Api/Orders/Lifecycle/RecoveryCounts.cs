namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>What became of the orders that a recovery pass found due.</summary>
public readonly record struct RecoveryCounts
{
    /// <summary>How many there were.</summary>
    public int Due { get; init; }

    /// <summary>Nothing is left to do about them.</summary>
    public int Settled { get; init; }

    /// <summary>Their payment or refund is still not known; they are due again later.</summary>
    public int Waiting { get; init; }

    /// <summary>Somebody else had their lease, or had just dealt with them.</summary>
    public int Skipped { get; init; }

    /// <summary>Could not be worked on; they are due again after their lease. The log says why.</summary>
    public int Failed { get; init; }

    public static RecoveryCounts operator +(RecoveryCounts a, RecoveryCounts b) => new()
    {
        Due = a.Due + b.Due,
        Settled = a.Settled + b.Settled,
        Waiting = a.Waiting + b.Waiting,
        Skipped = a.Skipped + b.Skipped,
        Failed = a.Failed + b.Failed,
    };

    public static RecoveryCounts Sum(IEnumerable<RecoveryCounts> counts) => counts.Aggregate(default(RecoveryCounts), (sum, one) => sum + one);
}
