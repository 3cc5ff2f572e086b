using System.Globalization;
using System.Runtime.CompilerServices;
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
    public async IAsyncEnumerable<Item> All(string productId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = Of(productId) with { Limit = StoreLimits.ItemsPerPage };
        do
        {
            var page = await store.Query(query, cancellation);
            foreach (var line in page.Items) yield return line;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>What an entry of the log adds to the ledger: a line per SKU.</summary>
    public static IEnumerable<Write> LinesOf(LogEntry entry) => entry.Moves.Select((move, position) => new Put(Tables.EventLogs, new()
    {
        ["stream"] = Stream(move.Sku.ProductId),
        ["entryId"] = string.Create(CultureInfo.InvariantCulture, $"{entry.EntryId}-{position:D3}"),
        ["at"] = entry.At.ToMilliseconds(),
        ["sku"] = move.Sku.ToString(),
        ["delta"] = move.Delta,
        ["reason"] = Reason(entry.Events[^1]),
        ["actor"] = entry.UserId,
        ["orderId"] = entry.OrderId,
    }, Expect.Anything));

    private static string Reason(LoggedEvent told) => told.Is(EventType.StockAdjusted) ? told.Metadata.Text("reason") : told.Type;

    private static Query Of(string productId) => new(Tables.EventLogs, Stream(productId)) { Consistent = true };

    private static string Stream(string productId) => $"stock.{productId}";
}
