using System.Globalization;
using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>
/// <c>rebuild-reports [--from yyyy-MM-dd] [--to yyyy-MM-dd]</c>: counts the sales of these days, or of all, anew from the log. In a
/// healthy shop it changes nothing, and it can be run beside one that sells.
/// </summary>
internal static class RebuildCommand
{
    public const string Name = "rebuild-reports";

    private const string From = "--from";
    private const string To = "--to";

    /// <summary>Says for each day what it has set right, and in the end how many days it has looked at.</summary>
    /// <exception cref="InvalidSettingException">A day that is none, or an argument that is not known.</exception>
    /// <exception cref="StoreUnavailableException">Can be repeated.</exception>
    public static async Task Run(IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellation)
    {
        var (from, to) = Bounds(arguments.Skip(1));
        if (from > to) throw new InvalidSettingException(From, $"must not be after {To}.");
        var rebuild = services.GetRequiredService<SalesRebuild>();
        var (days, items) = (0, 0);
        foreach (var day in await rebuild.Days(from, to, cancellation))
        {
            var corrections = await rebuild.Rebuild(day, cancellation);
            if (corrections.Count > 0) await output.WriteLineAsync(Said(day, corrections));
            (days, items) = (days + 1, items + corrections.Count);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Days counted: {days}. Items set right: {items}."));
    }

    private static string Said(DateOnly day, IReadOnlyCollection<Correction> corrections)
    {
        var products = corrections.Count(one => one.Key != SalesItems.DayKey(day));
        IEnumerable<string> said =
        [
            .. corrections.Where(one => one.Key == SalesItems.DayKey(day)).Select(one => $"{Said(one.Before)} became {Said(one.After)}"),
            .. products == 0 ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"products set right: {products}")],
        ];
        return $"{LogDays.Name(day)}: {string.Join("; ", said)}.";
    }

    private static string Said(Sales sales) => string.Create(
        CultureInfo.InvariantCulture, $"{sales.Orders} orders, {sales.Units} units, {sales.Revenue} revenue, {sales.Refunds} refunds");

    /// <summary>
    /// As <c>--from 2026-01-31</c> or <c>--from=2026-01-31</c>; null for one that is not given. What is not known is refused: all days
    /// would be counted, for <c>--form</c>. Settings, such as <c>--Store:SqlitePath=shop.db</c>, are read with all others.
    /// </summary>
    private static (DateOnly? From, DateOnly? To) Bounds(IEnumerable<string> arguments)
    {
        var bounds = new Dictionary<string, DateOnly?> { [From] = null, [To] = null };
        for (var rest = new Queue<string>(arguments); rest.TryDequeue(out var argument);)
        {
            var (name, text) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, null);
            if (text is not null && name.Contains(':')) continue;
            if (!bounds.ContainsKey(name)) throw new InvalidSettingException(name, $"is no argument of {Name}; {From} and {To} are.");
            bounds[name] = Day(name, text ?? (rest.TryDequeue(out var next) ? next : ""));
        }

        return (bounds[From], bounds[To]);
    }

    private static DateOnly Day(string name, string text) =>
        QueryText.TryDate(text, out var day) ? day : throw new InvalidSettingException(name, $"'{text}' is not a date such as 2026-01-31.");
}
