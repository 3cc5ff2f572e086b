using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>What the shop shows of its orders once nothing happens any more.</summary>
/// <param name="Orders">By id.</param>
/// <param name="Events">The types of each order's events, in their order.</param>
/// <param name="Listed">The ids in each customer's own list.</param>
/// <param name="Waited">How long it took until the last order had come to rest.</param>
internal sealed record Aftermath(
    IReadOnlyDictionary<string, SeenOrder> Orders, IReadOnlyDictionary<string, IReadOnlyList<string>> Events,
    IReadOnlyDictionary<string, HashSet<string>> Listed, TimeSpan Waited)
{
    /// <summary>
    /// An order that was killed over is taken up again after its lease of 30 seconds, and then looked into at growing intervals. What
    /// takes longer than this has been forgotten.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private static readonly ParallelOptions Some = new() { MaxDegreeOfParallelism = 6 };

    public static async Task<Aftermath> Of(Wire wire, IReadOnlyList<Shopper> shoppers, string admin, Findings findings)
    {
        var listed = new Dictionary<string, HashSet<string>>();
        foreach (var shopper in shoppers) listed[shopper.UserId] = [.. await List(wire, shopper.AccessToken)];

        var started = Stopwatch.GetTimestamp();
        var orders = new ConcurrentDictionary<string, SeenOrder>();
        for (var open = listed.Values.SelectMany(ids => ids).ToList(); open.Count > 0; open = [.. open.Where(id => !orders[id].IsAtRest)])
        {
            if (!orders.IsEmpty) await Task.Delay(500, TestContext.Current.CancellationToken);
            await Parallel.ForEachAsync(open, Some, async (id, _) => orders[id] = new(await wire.Insist(200, HttpMethod.Get, $"/order/{id}", admin)));
            if (Stopwatch.GetElapsedTime(started) < Patience) continue;
            foreach (var order in orders.Values.Where(order => !order.IsAtRest)) findings.Add($"Does not come to rest: {order}");
            break;
        }

        var waited = Stopwatch.GetElapsedTime(started);
        var events = new ConcurrentDictionary<string, IReadOnlyList<string>>();
        await Parallel.ForEachAsync(orders.Keys, Some, async (id, _) =>
            events[id] = [.. (await wire.Insist(200, HttpMethod.Get, $"/order/{id}/events?limit=100", admin)).Items().Select(one => one.Text("eventType"))]);
        return new(orders, events, listed, waited);
    }

    /// <summary>The orders that are of a purchase.</summary>
    public IReadOnlyList<SeenOrder> Of(Purchase purchase) => _byMark.TryGetValue(purchase.Mark, out var found) ? found : [];

    private readonly Dictionary<string, List<SeenOrder>> _byMark =
        Orders.Values.Where(order => order.Mark is not null).GroupBy(order => order.Mark!).ToDictionary(group => group.Key, group => group.ToList());

    private static async Task<List<string>> List(Wire wire, string accessToken)
    {
        var ids = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await wire.Insist(200, HttpMethod.Get, $"/order?limit=100&cursor={Uri.EscapeDataString(cursor)}", accessToken);
            ids.AddRange(page.Items().Select(order => order.Text("orderId")));
            cursor = page.GetProperty("nextCursor") is { ValueKind: JsonValueKind.String } next ? next.GetString() : null;
        }

        return ids;
    }
}
