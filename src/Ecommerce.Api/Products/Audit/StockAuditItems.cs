using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>The audit as the store keeps it.</summary>
internal static class StockAuditItems
{
    public static Put ToPut(this StockAudit audit) => new(Tables.EventLogs, new()
    {
        ["stream"] = StockAudit.Key.Partition,
        ["entryId"] = StockAudit.Key.Sort,
        ["beganAt"] = audit.BeganAt.ToMilliseconds(),
        ["complete"] = audit.IsComplete ? true : Value.None,
        ["after"] = audit.After,
        ["checked"] = audit.SkusChecked,
        ["unsettled"] = audit.SkusUnsettled,
        ["drifting"] = audit.SkusDrifting,
        ["repaired"] = audit.CountsRepaired,
        ["drift"] = Value.Of([.. audit.Drift.Select(ToValue)]),
        ["previousAt"] = audit.PreviousAt?.ToMilliseconds(),
        ["doubtsBefore"] = ToValue(audit.DoubtsBefore),
        ["doubts"] = ToValue(audit.Doubts),
    }, Expect.AtVersion(audit.Version));

    public static StockAudit ToStockAudit(this Item item) => new()
    {
        BeganAt = item.Number("beganAt").ToTime(),
        IsComplete = item.Flag("complete"),
        After = item.TextOrNull("after"),
        SkusChecked = item.Number("checked"),
        SkusUnsettled = item.Number("unsettled"),
        SkusDrifting = item.Number("drifting"),
        CountsRepaired = item.Number("repaired"),
        Drift = [.. item.List("drift").Select(drift => ToDrift(drift.AsList))],
        PreviousAt = item.NumberOrNull("previousAt")?.ToTime(),
        DoubtsBefore = ToDoubts(item.List("doubtsBefore")),
        Doubts = ToDoubts(item.List("doubts")),
        Version = item.Version,
    };

    private static Value ToValue(StockDrift drift) => (Value[])[drift.Sku, drift.Expected, drift.Available, Value.Of(drift.Orders)];

    private static StockDrift ToDrift(IReadOnlyList<Value> drift) =>
        new(drift[0].AsText, drift[1].AsNumber, drift[2].AsNumber, drift[3].AsTexts);

    /// <summary>The name, and the time if there is one.</summary>
    private static Value ToValue(IReadOnlyDictionary<string, DateTime?> doubts) =>
        Value.Of([.. doubts.Select(doubt => (Value)(doubt.Value is { } at ? (Value[])[doubt.Key, at.ToMilliseconds()] : [doubt.Key]))]);

    private static Dictionary<string, DateTime?> ToDoubts(IReadOnlyList<Value> doubts) => doubts.Select(doubt => doubt.AsList)
        .ToDictionary(doubt => doubt[0].AsText, doubt => doubt.Count > 1 ? doubt[1].AsNumber.ToTime() : (DateTime?)null);
}
