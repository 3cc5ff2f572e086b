using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>Adds what an entry of the log means for the sales to the items that the reports are read from.</summary>
internal static class SalesCounter
{
    public const string Name = "sales";

    public static IEnumerable<Write> WritesOf(LogEntry entry)
    {
        var tally = new SalesTally();
        tally.Add(entry);
        return tally.Sales.Select(counted => counted.Value.ToAdjust(counted.Key));
    }
}
