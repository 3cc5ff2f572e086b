namespace Ecommerce.Api.Products.Audit;

/// <summary>An audit of the stock: what there is of every SKU, against its ledger and what orders hold.</summary>
/// <param name="At">When it began.</param>
/// <param name="Complete">False while products are left to be looked at; it goes on by itself.</param>
/// <param name="SkusChecked">SKUs of which it is known whether they are right.</param>
/// <param name="SkusUnsettled">SKUs that moved too much to tell, which the next audit looks at again.</param>
/// <param name="SkusDrifting">SKUs of which there is not what there should be.</param>
/// <param name="CountsRepaired">Products whose lists did not know rightly whether they are sold out, and do now.</param>
/// <param name="Drift">The SKUs that drift, the first hundred. They are left as they are.</param>
public sealed record StockAuditAnswer(
    DateTime At, bool Complete, long SkusChecked, long SkusUnsettled, long SkusDrifting, long CountsRepaired, IReadOnlyList<StockDriftAnswer> Drift)
{
    internal static StockAuditAnswer Of(StockAudit audit) => new(
        audit.BeganAt, audit.IsComplete, audit.SkusChecked, audit.SkusUnsettled, audit.SkusDrifting, audit.CountsRepaired,
        [.. audit.Drift.Select(drift => new StockDriftAnswer(drift.Sku, drift.Expected, drift.Available, drift.Orders))]);
}

/// <param name="Sku">The SKU's name.</param>
/// <param name="Expected">Units that should be available: brought in, less sold, plus returned, less held.</param>
/// <param name="Available">Units that are.</param>
/// <param name="Orders">Orders that may have to do with it, at most 50: first those whose moves the ledger does not have as it should, then what moved or holds the SKU since it was last right, each newest first.</param>
public sealed record StockDriftAnswer(string Sku, long Expected, long Available, IReadOnlyList<string> Orders);
