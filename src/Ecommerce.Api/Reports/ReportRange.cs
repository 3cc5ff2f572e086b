using Ecommerce.Api.Http;

namespace Ecommerce.Api.Reports;

/// <summary>The days of a report, both included.</summary>
internal readonly record struct ReportRange(DateOnly From, DateOnly To)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 366;

    public IEnumerable<DateOnly> Days
    {
        get
        {
            for (var day = From; day <= To; day = day.AddDays(1)) yield return day;
        }
    }

    /// <param name="from">A date; thirty days with the last one where it is not given.</param>
    /// <param name="to">A date; today where it is not given.</param>
    /// <param name="today">By UTC.</param>
    /// <param name="range">The checked range.</param>
    /// <returns>What is wrong, or null.</returns>
    public static Problem? Check(string? from, string? to, DateOnly today, out ReportRange range)
    {
        range = default;
        if (QueryText.Date("from", from, out var first) is { } wrongFrom) return wrongFrom;
        if (QueryText.Date("to", to, out var last) is { } wrongTo) return wrongTo;
        var end = last ?? today;
        var start = first ?? end.AddDays(1 - DefaultDays);
        if (start > end) return Problem.Invalid("from", "must not be after to");
        if (end.DayNumber - start.DayNumber >= MaxDays) return Problem.Invalid("from", $"must be at most {MaxDays} days before to, both included");
        range = new(start, end);
        return null;
    }
}
