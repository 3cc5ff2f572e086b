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
    /// <summary>
    /// The moves, newest first. What the index of pending entries shows is read out of the log before the answer, so that the last move
    /// is among them; only one of the last second may be missing on DynamoDB.
    /// </summary>
    public async Task<Page> List(string productId, int limit, string? after, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        return await store.Query(Of(productId) with { Descending = true, Limit = limit, After = after }, cancellation);
    }

    /// <summary>Every line that is there, oldest first.</summary>
    public IAsyncEnumerable<Item> All(string productId, CancellationToken cancellation) => store.ReadAll(Of(productId), cancellation);

    /// <summary>What an entry of the log adds to the ledger: a line per SKU.</summary>
    public static IEnumerable<Write> LinesOf(LogEntry entry) => entry.Moves.Select((move, position) => new Put(Tables.EventLogs, new()
    {
        ["stream"] = Stream(move.Sku.ProductId),
        ["entryId"] = LineId(entry.EntryId, position),
        ["at"] = entry.At.ToMilliseconds(),
        ["sku"] = move.Sku.ToString(),
        ["delta"] = move.Delta,
        ["reason"] = Reason(entry.Events[^1]),
        ["actor"] = entry.UserId,
        ["orderId"] = entry.OrderId,
    }, Expect.Anything));

    /// <summary>The id of the line that an entry's move becomes.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="position">Of the move in it, from 0.</param>
    public static string LineId(string entryId, int position) => string.Create(CultureInfo.InvariantCulture, $"{entryId}-{position:D3}");

    private static string Reason(LoggedEvent told) => told.Is(EventType.StockAdjusted) ? told.Metadata.Text("reason") : told.Type;

    private static Query Of(string productId) => new(Tables.EventLogs, Stream(productId)) { Consistent = true };

    private static string Stream(string productId) => $"stock.{productId}";
}
