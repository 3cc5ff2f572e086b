using System.Globalization;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// How a product's stock came to be what it is: units brought in and written off, sold and returned; why, by whom and for which order.
/// Of each SKU the ledger adds up to what is available and what orders hold while they are being paid.
/// </summary>
internal sealed class StockLedger(IStore store, EventDispatcher dispatcher)
{
    /// <summary>The moves, newest first, the last of them included: what is not read out of the log yet is so before the answer.</summary>
    public async Task<Page> List(string productId, int limit, string? after, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        return await store.Query(new(Tables.EventLogs, Stream(productId)) { Descending = true, Limit = limit, After = after, Consistent = true }, cancellation);
    }

    /// <summary>What an entry of the log adds to the ledger: a line per SKU.</summary>
    public static IReadOnlyList<Write> Of(Item entry) => [.. StockNote.Of(entry).Select((move, position) => Line(entry, move, position))];

    private static Put Line(Item entry, StockMove move, int position)
    {
        var told = entry.List("events")[^1].AsMap;
        var type = told.Text("eventType");
        return new(Tables.EventLogs, new()
        {
            ["stream"] = Stream(move.Sku.ProductId),
            ["entryId"] = string.Create(CultureInfo.InvariantCulture, $"{entry.Text("entryId")}-{position:D3}"),
            ["at"] = entry.Number("at"),
            ["sku"] = move.Sku.ToString(),
            ["delta"] = move.Delta,
            ["reason"] = type == nameof(EventType.StockAdjusted) ? told.MapOrNull("metadata")!.Text("reason") : type,
            ["actor"] = entry.Text("userId"),
            ["orderId"] = entry.TextOrNull("orderId"),
        }, Expect.Anything);
    }

    private static string Stream(string productId) => $"stock.{productId}";
}
