using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>
/// Compares what there is of every SKU with its ledger, page by page of all products: once a day, and whenever an administrator wants to
/// know. What drifts is reported and left as it is: only a person can tell which of the two is right.
/// </summary>
internal sealed partial class StockAudits(
    IStore store, EventDispatcher dispatcher, PageAudit pages, InvolvedOrders orders, TimeProvider clock, ILogger<StockAudits> log)
{
    private const int PageSize = 50;

    /// <summary>From the beginning of one audit to that of the next.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>After which no page is begun any more: while somebody waits, whom a gateway gives 29 seconds, and beside other maintenance.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(5);

    /// <summary>The latest audit, complete or not; null when there was none.</summary>
    public async Task<StockAudit?> Latest(CancellationToken cancellation) =>
        (await store.Get(StockAudit.Key, consistent: true, cancellation))?.ToStockAudit();

    /// <summary>Goes on with the audit that is under way, or begins one; for twenty seconds at most.</summary>
    public async Task<StockAudit> Run(CancellationToken cancellation) => await GoOn(await Latest(cancellation), Patience, cancellation);

    /// <summary>The same for a few seconds, and only when an audit is under way or a day has passed since the last; null otherwise.</summary>
    public async Task<StockAudit?> RunIfDue(CancellationToken cancellation)
    {
        var latest = await Latest(cancellation);
        var isDue = latest is not { IsComplete: true } || latest.BeganAt + Interval <= clock.Now();
        return isDue ? await GoOn(latest, Share, cancellation) : null;
    }

    private async Task<StockAudit> GoOn(StockAudit? latest, TimeSpan budget, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var audit = UnderWay(latest);
        var wanted = audit.BeganAt;

        // The less the ledgers are behind, the less is to be read beside them.
        await dispatcher.Pass(cancellation);
        while (true)
        {
            audit = await NextPage(audit, cancellation);

            // Somebody else's was in the way, which did not see what the caller wants to be seen.
            if (audit.IsComplete && audit.BeganAt < wanted) audit = UnderWay(audit);
            if (audit.IsComplete || clock.GetElapsedTime(started) > budget) return audit;
        }
    }

    private StockAudit UnderWay(StockAudit? latest) => latest is { IsComplete: false } ? latest : StockAudit.Begin(latest, clock.Now());

    /// <summary>The audit with a page more, or as it is by now if somebody else went on with it.</summary>
    private async Task<StockAudit> NextPage(StockAudit audit, CancellationToken cancellation)
    {
        var query = new Query(Tables.Products, ProductItems.Shelf) { Index = Tables.Products.Index("newest"), Limit = PageSize, After = audit.After };
        var page = await store.Query(query, cancellation);
        var findings = await pages.Of([.. page.Items.Select(item => item.Text("productId"))], cancellation);
        var told = findings.Wrong.Take(StockAudit.MostTold - audit.Drift.Count).ToList();
        var involved = await orders.Of([.. told.Select(count => (count.Sku, audit.RightAt(count.Sku)))], cancellation);
        var drift = told.Zip(involved, (count, orderIds) => new StockDrift(count.Sku.ToString(), count.Expected, count.Available, orderIds)).ToList();

        var next = audit.With(findings, drift, page.Next);
        if (!(await store.Commit([next.ToPut()], cancellation: cancellation)).IsCommitted)
            return await Latest(cancellation) ?? throw new InvalidOperationException("The audit was there and is no more.");
        foreach (var one in drift) LogDrift(one.Sku, one.Expected, one.Available);
        return next with { Version = next.Version + 1 };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The stock of {Sku} has drifted: {Expected} units are expected, {Available} are there.")]
    private partial void LogDrift(string sku, long expected, long available);
}
