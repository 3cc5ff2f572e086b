using System.Text.Json;

namespace Ecommerce.Api.Tests.Reports;

internal static class ReportLines
{
    /// <summary>A report's days, each in a line: date, orders, units, revenue, refunds.</summary>
    public static IEnumerable<string> DayLines(this JsonElement report) =>
        report.GetProperty("days").EnumerateArray().Select(day => string.Join(' ', day.EnumerateObject().Select(member => member.Value.ToString())));
}
