using System.Globalization;
using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Reports.RandomDay;

/// <summary>
/// The report that the orders themselves add up to, counted from the list of all orders as an administrator reads it, and from nothing
/// else.
/// </summary>
internal sealed class Recount
{
    private readonly Dictionary<(string Day, string Product), decimal[]> _sums = [];

    public int Orders { get; private set; }

    /// <summary>How many orders ended how.</summary>
    public Dictionary<string, int> Ends { get; } = [];

    public static async Task<Recount> Of(HttpClient admin)
    {
        var recount = new Recount();
        foreach (var order in await admin.Pages("/order/all", limit: 100)) recount.Add(order);
        return recount;
    }

    /// <summary>The days' numbers as a report of these days shows them.</summary>
    public IEnumerable<string> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1)) yield return Line(Name(day), Sum(Name(day), Name(day), ""));
    }

    public string Totals(DateOnly from, DateOnly to) => Line("", Sum(Name(from), Name(to), ""));

    /// <summary>The products' numbers, best first, as a report of these days shows them.</summary>
    public IEnumerable<string> Products(DateOnly from, DateOnly to) => _sums.Keys.Select(key => key.Product).Where(product => product.Length > 0).Distinct()
        .Select(product => (Id: product, Sums: Sum(Name(from), Name(to), product)))
        .Where(product => product.Sums[1] > 0)
        .OrderByDescending(product => product.Sums[2]).ThenByDescending(product => product.Sums[1]).ThenBy(product => product.Id, StringComparer.Ordinal)
        .Select(product => Line(product.Id, product.Sums[1..]));

    private void Add(JsonElement order)
    {
        Orders++;
        var (items, total) = (order.GetProperty("items").EnumerateArray().ToList(), order.GetProperty("totalAmount").GetDecimal());
        var history = order.GetProperty("history").EnumerateArray().ToList();
        var confirmed = history.Where(entry => entry.Text("status") == "CONFIRMED").Select(entry => Day(entry)).SingleOrDefault();
        var refunds = order.TryGetProperty("refunds", out var all) ? all.EnumerateArray().Where(refund => refund.Text("status") == "DONE").ToList() : [];
        var end = confirmed is null && refunds.Count > 0 ? "unfulfillable" : order.Text("status");
        Ends[end] = Ends.GetValueOrDefault(end) + 1;
        if (confirmed is null) return;

        Add(confirmed, "", 1, items.Sum(Qty), items.Sum(LineTotal), 0);
        foreach (var item in items) Add(confirmed, item.Text("productId"), 0, Qty(item), LineTotal(item), 0);
        if (history.Any(entry => entry.Text("status") == "PAYMENT_FAILED")) Ends["late"] = Ends.GetValueOrDefault("late") + 1;
        foreach (var refund in refunds)
        {
            var amount = refund.GetProperty("amount").GetDecimal();
            Add(Day(refund), "", 0, 0, 0, amount);
            if (amount == total)
                foreach (var item in items) Add(Day(refund), item.Text("productId"), 0, 0, 0, LineTotal(item));
            if (Day(refund) != confirmed) Ends["refunded another day"] = Ends.GetValueOrDefault("refunded another day") + 1;
        }

        static decimal Qty(JsonElement item) => item.GetProperty("qty").GetDecimal();
        static decimal LineTotal(JsonElement item) => item.GetProperty("lineTotal").GetDecimal();
        static string Day(JsonElement dated) => dated.Text("at")[..10];
    }

    private void Add(string day, string product, params decimal[] numbers) =>
        _sums[(day, product)] = [.. numbers.Zip(_sums.GetValueOrDefault((day, product)) ?? new decimal[4], (left, right) => left + right)];

    private decimal[] Sum(string from, string to, string product) => _sums
        .Where(sum => sum.Key.Product == product && string.CompareOrdinal(sum.Key.Day, from) >= 0 && string.CompareOrdinal(sum.Key.Day, to) <= 0)
        .Aggregate(new decimal[4], (left, right) => [.. left.Zip(right.Value, (a, b) => a + b)]);

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(string name, decimal[] numbers) => string.Join(' ', [name, .. numbers.Select(number => number.ToString("0.00", CultureInfo.InvariantCulture))]);
}
