using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// What is read out of the log into streams of its own, so that it is found without searching: the ledger of each product's stock and
/// the list of all orders. Pure, and under keys that follow from the entry.
/// </summary>
internal static class Projections
{
    public static IReadOnlyList<Write> Of(Item entry) => [.. StockLedger.Of(entry), .. OrderListing.Of(entry)];
}
