using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>The days that the log has entries of, in a stream, so that it can be read from end to end.</summary>
internal static class LogDays
{
    private const string Stream = "days";
    private const string Format = "yyyy-MM-dd";

    public static IEnumerable<Write> LinesOf(LogEntry entry) =>
        [new Put(Tables.EventLogs, new() { ["stream"] = Stream, ["entryId"] = Name(EventLog.DayOf(entry.EntryId)) }, Expect.Anything)];

    /// <summary>The days within bounds, earliest first; null for no bound.</summary>
    public static Query Between(DateOnly? from, DateOnly? to) => Between(Stream, from, to);

    /// <summary>The same of another stream that has an item for each day.</summary>
    public static Query Between(string stream, DateOnly? from, DateOnly? to) => new(Tables.EventLogs, stream)
    {
        From = from is { } first ? Name(first) : Value.None,
        To = to is { } last ? Name(last) : Value.None,
        Consistent = true,
    };

    public static DateOnly DayOf(Item line) => DateOnly.ParseExact(line.Text("entryId"), Format, CultureInfo.InvariantCulture);

    public static string Name(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);
}
