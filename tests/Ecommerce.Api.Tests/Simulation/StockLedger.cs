using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// Looks at the stock after every commit. Of each SKU, what was ever added is what is available and what orders hold or have bought;
/// there is never less than nothing; what the log says of brought in, sold and returned adds up to what is available or held; and each
/// product knows how many of its SKUs are sold out, as does an entry that is written for it.
/// </summary>
internal sealed class StockLedger(Scheduler scheduler)
{
    private readonly Dictionary<Sku, long> _available = [];
    private readonly Dictionary<string, long> _added = [];
    private readonly Dictionary<string, long> _taken = [];
    private readonly Dictionary<string, long> _held = [];
    private readonly Dictionary<string, long> _noted = [];
    private readonly Dictionary<string, long> _soldOut = [];

    public void See(IReadOnlyList<Change> changes)
    {
        foreach (var change in changes)
        {
            if (change.Key.Table == Tables.Inventory) SeeStock(change);
            else if (change.Key.Table == Tables.Orders && change.After is { } after && !OrderClaim.Is(after)) SeeOrder(change);
            else if (change.Key.Table == Tables.EventLogs && change.Before is null) SeeAdjustments(change.After!);
            else if (change.Key.Table == Tables.Products && ProductEntries.IsEntry(change.Key)) SeeEntry(change);
            else if (change.Key.Table == Tables.Products && change.After is null) _soldOut.Remove(change.Key.Partition.AsText);
            else if (change.Key.Table == Tables.Products) _soldOut[change.Key.Partition.AsText] = change.After!.Number(ProductItems.SoldOut);
        }

        foreach (var (sku, available) in _available)
        {
            var name = sku.ToString();
            var (added, taken) = (_added.GetValueOrDefault(name), _taken.GetValueOrDefault(name));
            if (available < 0) scheduler.Fail($"{sku} has {available} units.");
            if (added != available + taken) scheduler.Fail($"{sku}: {added} added, {available} available, {taken} held or sold.");
            var (noted, held) = (_noted.GetValueOrDefault(name), _held.GetValueOrDefault(name));
            if (noted != available + held) scheduler.Fail($"{sku}: the log adds up to {noted}; {available} available, {held} held.");
        }

        foreach (var (product, soldOut) in _soldOut) SeeSoldOut(product, soldOut);
    }

    private void SeeStock(Change change)
    {
        var sku = Sku.Of((change.After ?? change.Before)!);
        if (change.After is null) _available.Remove(sku);
        else _available[sku] = change.After.Number(Sku.Available);
        if (change.Before is null) _added[sku.ToString()] = _noted[sku.ToString()] = _available[sku];
    }

    /// <summary>An entry is only ever written as its product is at that moment, which the commit changes or checks; and goes with it.</summary>
    private void SeeEntry(Change change)
    {
        if (change.After?.ToProduct() is { } copy && copy.SoldOut != _soldOut.GetValueOrDefault(copy.ProductId, -1))
            scheduler.Fail($"{change.Key} is written with {copy.SoldOut} SKUs sold out, which are not as many.");
    }

    private void SeeOrder(Change change)
    {
        var taken = (Holds(change.After) ? 1 : 0) - (Holds(change.Before) ? 1 : 0);
        var held = (IsUnpaid(change.After) ? 1 : 0) - (IsUnpaid(change.Before) ? 1 : 0);
        if (taken == 0 && held == 0) return;
        foreach (var line in change.After!.ToOrder().Lines)
        {
            var name = new Sku(line.ProductId, line.Size).ToString();
            Add(_taken, name, taken * line.Qty);
            Add(_held, name, held * line.Qty);
        }
    }

    private void SeeAdjustments(Item entry)
    {
        foreach (var move in StockNote.Of(entry)) Add(_noted, move.Sku.ToString(), move.Delta);
        foreach (var logged in entry.List("events"))
        {
            if (logged.AsMap.Text("eventType") != nameof(EventType.StockAdjusted)) continue;
            var facts = logged.AsMap.MapOrNull("metadata")!;
            Add(_added, facts.Text("sku"), facts.Number("delta"));
        }
    }

    private void SeeSoldOut(string productId, long soldOut)
    {
        var found = 0;
        foreach (var (sku, available) in _available)
            if (available == 0 && sku.ProductId == productId)
                found++;
        if (found != soldOut) scheduler.Fail($"{productId} counts {soldOut} of its SKUs as sold out; {found} are.");
    }

    /// <summary>By the state alone: what an order in it has taken from stock and not given back.</summary>
    private static bool Holds(Item? order) =>
        order?.Text("status") is { } status && status is not ("CREATED" or "CANCELLED" or "EXPIRED" or "PAYMENT_FAILED");

    private static bool IsUnpaid(Item? order) => order?.Text("status") is "RESERVED" or "PAYMENT_PENDING";

    private static void Add(Dictionary<string, long> counts, string sku, long units) => counts[sku] = counts.GetValueOrDefault(sku) + units;
}
