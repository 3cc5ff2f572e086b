using System.Globalization;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>
/// Sales as the store keeps them, in the table of the log: one item a day in stream <c>sales</c>, and one a day and product in a stream
/// per month, so that any range of days is read in order. An item that was written once stays, with zeros if need be: its version
/// only ever grows.
/// </summary>
internal static class SalesItems
{
    private const string Stream = "sales";
    private const string Orders = "orders";
    private const string Units = "units";
    private const string Revenue = "revenue";
    private const string Refunds = "refunds";

    /// <summary>Sorts behind every product of a day.</summary>
    private const char End = '~';

    public static ItemKey DayKey(DateOnly day) => Tables.EventLogs.Key(Stream, LogDays.Name(day));

    public static ItemKey ProductKey(DateOnly day, string productId) => Tables.EventLogs.Key(Month(day), Text($"{day:dd}.{productId}"));

    /// <summary>The days within bounds, earliest first; null for no bound.</summary>
    public static Query Days(DateOnly? from, DateOnly? to) => LogDays.Between(Stream, from, to);

    /// <summary>The products of these days, by month.</summary>
    public static IEnumerable<Query> Products(DateOnly from, DateOnly to)
    {
        for (var first = from; first <= to; first = first.AddDays(1 - first.Day).AddMonths(1))
        {
            var monthEnd = new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month));
            var last = monthEnd < to ? monthEnd : to;
            yield return new(Tables.EventLogs, Month(first))
            {
                From = Text($"{first:dd}."),
                To = Text($"{last:dd}.{End}"),
                Consistent = true,
            };
        }
    }

    public static Adjust ToAdjust(this Sales sales, ItemKey key) => new(
        key,
        [new(Orders, sales.Orders), new(Units, sales.Units), new(Revenue, sales.Revenue.Minor), new(Refunds, sales.Refunds.Minor)],
        Expect.Anything);

    public static Item ToItem(this Sales sales, ItemKey key) => new()
    {
        [key.Table.Partition.Name] = key.Partition,
        [key.Table.Sort!.Name] = key.Sort,
        [Orders] = sales.Orders,
        [Units] = sales.Units,
        [Revenue] = sales.Revenue.Minor,
        [Refunds] = sales.Refunds.Minor,
    };

    /// <summary>What is no number in a damaged item counts for nothing.</summary>
    public static Sales ToSales(this Item item)
    {
        return new(Number(Orders), Number(Units), new(Number(Revenue)), new(Number(Refunds)));

        long Number(string name) => item[name] is { Kind: ValueKind.Number } number ? number.AsNumber : 0;
    }

    public static string ProductOf(Item product) => product.Text("entryId")[3..];

    private static string Month(DateOnly day) => Text($"{Stream}.{day:yyyy-MM}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
