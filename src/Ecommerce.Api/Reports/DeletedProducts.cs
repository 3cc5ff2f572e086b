using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>What products were called that are no longer there, in a stream that is read out of the log.</summary>
internal static class DeletedProducts
{
    public const string Name = "deletedProducts";

    private const string ProductName = "name";

    public static ItemKey Key(string productId) => Tables.EventLogs.Key(Name, productId);

    public static string NameOf(Item deleted) => deleted.Text(ProductName);

    public static IEnumerable<Write> LinesOf(LogEntry entry) => entry.Events
        .Where(told => told.Is(EventType.ProductChanged) && told.Metadata.Flag("deleted"))
        .Select(told => new Put(Tables.EventLogs, new()
        {
            ["stream"] = Name,
            ["entryId"] = told.Metadata.Text("productId"),
            [ProductName] = told.Metadata.Text("name"),
        }, Expect.Anything));
}
