using Ecommerce.Api.Events;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>What products were called that are no longer there, in a stream that is read out of the log.</summary>
internal static class DeletedProducts
{
    public const string Name = "deletedProducts";

    public static ItemKey Key(string productId) => Tables.EventLogs.Key(Name, productId);

    public static IEnumerable<Write> LinesOf(LogEntry entry) => ProductEvents.DeletedIn(entry).Select(deleted => new Put(Tables.EventLogs, new()
    {
        ["stream"] = Name,
        ["entryId"] = deleted.ProductId,
        ["name"] = deleted.Name,
    }, Expect.Anything));
}
