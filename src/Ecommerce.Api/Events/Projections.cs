using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// What is read out of the log into streams of its own, so that it is found without searching: the ledger of each product's stock and
/// the list of all orders.
/// </summary>
internal static class Projections
{
    /// <summary>The writes that an entry leads to; under its keys they are the same each time.</summary>
    public static IEnumerable<Write> Of(LogEntry entry) => [.. StockLedger.LinesOf(entry), .. OrderListing.LinesOf(entry)];
}
