using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>A SKU of which there is not what there should be.</summary>
/// <param name="Sku">The SKU's name.</param>
/// <param name="Expected">What should be available: what its ledger adds up to, less what orders hold.</param>
/// <param name="Available">What is.</param>
/// <param name="Orders">Orders that may have to do with it; most suspect first.</param>
internal sealed record StockDrift(string Sku, long Expected, long Available, IReadOnlyList<string> Orders);

/// <summary>
/// The latest audit of the stock: one that is under way or is complete. It is one item of the log's table, written by version after
/// each page of products, so that whoever comes next goes on behind it and two that go on at once do not mix.
/// </summary>
internal sealed record StockAudit
{
    /// <summary>SKUs that are told, with their orders; of more than these something else is wrong.</summary>
    public const int MostTold = 100;

    /// <summary>SKUs that are remembered not to have been right.</summary>
    private const int MostDoubts = 1_000;

    public static readonly ItemKey Key = Tables.EventLogs.Key("audit", "stock");

    public required DateTime BeganAt { get; init; }

    public bool IsComplete { get; init; }

    /// <summary>Where the products go on that are still to be looked at; null at their beginning.</summary>
    public string? After { get; init; }

    public long SkusChecked { get; init; }

    public long SkusUnsettled { get; init; }

    public long SkusDrifting { get; init; }

    public long CountsRepaired { get; init; }

    /// <summary>At most <see cref="MostTold"/> of the SKUs that drift.</summary>
    public IReadOnlyList<StockDrift> Drift { get; init; } = [];

    /// <summary>When the audit before this one began; null when it is the first.</summary>
    public DateTime? PreviousAt { get; init; }

    /// <summary>SKUs that the audit before did not find right, and when one last did; null for never.</summary>
    public IReadOnlyDictionary<string, DateTime?> DoubtsBefore { get; init; } = new Dictionary<string, DateTime?>();

    /// <summary>SKUs that this audit does not find right, likewise.</summary>
    public IReadOnlyDictionary<string, DateTime?> Doubts { get; init; } = new Dictionary<string, DateTime?>();

    /// <summary>As stored; 0 for the first audit before it is.</summary>
    public long Version { get; init; }

    /// <summary>A new audit in place of the one that was the latest.</summary>
    public static StockAudit Begin(StockAudit? latest, DateTime now) =>
        new() { BeganAt = now, PreviousAt = latest?.BeganAt, DoubtsBefore = latest?.Doubts ?? new Dictionary<string, DateTime?>(), Version = latest?.Version ?? 0 };

    /// <summary>The beginning of the last audit before this one in which a SKU was right; null when there was none.</summary>
    public DateTime? RightAt(Sku sku) => DoubtsBefore.TryGetValue(sku.ToString(), out var at) ? at : PreviousAt;

    /// <summary>The audit once a page more is done.</summary>
    /// <param name="page">What it came to.</param>
    /// <param name="drift">What is to be told of it.</param>
    /// <param name="after">Where the next page begins; null when it was the last.</param>
    public StockAudit With(PageFindings page, IReadOnlyList<StockDrift> drift, string? after)
    {
        var doubts = page.Wrong.Select(count => count.Sku).Concat(page.Unsettled).Select(sku => KeyValuePair.Create(sku.ToString(), RightAt(sku)));
        return this with
        {
            IsComplete = after is null,
            After = after,
            SkusChecked = SkusChecked + page.SkusChecked,
            SkusUnsettled = SkusUnsettled + page.Unsettled.Count,
            SkusDrifting = SkusDrifting + page.Wrong.Count,
            CountsRepaired = CountsRepaired + page.CountsRepaired,
            Drift = [.. Drift, .. drift],
            Doubts = Doubts.Concat(doubts).DistinctBy(doubt => doubt.Key).Take(MostDoubts).ToDictionary(),
        };
    }
}
