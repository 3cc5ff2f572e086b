using System.Globalization;
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

    /// <summary>Says for each day what it has set right, and in the end how many days it has looked at.</summary>
    /// <exception cref="InvalidSettingException">A day that is none.</exception>
    /// <exception cref="StoreUnavailableException">Can be repeated.</exception>
    public static async Task Run(IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellation)
    {
        var (from, to) = (Day(arguments, "--from"), Day(arguments, "--to"));
        if (from > to) throw new InvalidSettingException("--from", "must not be after --to.");
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
        return $"{day:yyyy-MM-dd}: {string.Join("; ", said)}.";
    }

    private static string Said(Sales sales) => string.Create(
        CultureInfo.InvariantCulture, $"{sales.Orders} orders, {sales.Units} units, {sales.Revenue} revenue, {sales.Refunds} refunds");

    /// <summary>As <c>--from 2026-01-31</c> or <c>--from=2026-01-31</c>; null where it is not given.</summary>
    private static DateOnly? Day(IReadOnlyList<string> arguments, string name)
    {
        var texts = arguments.SelectMany((argument, at) =>
            argument == name ? [arguments.ElementAtOrDefault(at + 1) ?? ""]
            : argument.StartsWith($"{name}=", StringComparison.Ordinal) ? [argument[(name.Length + 1)..]]
            : (string[])[]);
        if (texts.FirstOrDefault() is not { } text) return null;
        return QueryText.TryDate(text, out var day) ? day : throw new InvalidSettingException(name, $"'{text}' is not a date such as 2026-01-31.");
    }
}
