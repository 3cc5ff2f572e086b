using System.Globalization;
using System.Text.Json;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Simulation;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Reports.RandomDay;

/// <summary>
/// A day of two thousand orders, from noon to noon and so over the end of a month: bought, declined, left unknown, paid for too late,
/// cancelled, paid back in part and in full, while two dispatchers run. The report is what the orders add up to; so it is after its
/// items were damaged and counted anew while the shop goes on.
/// </summary>
public abstract class RandomDayTests(EcommerceApp engine, ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const int Orders = 2_000;
    private const int OrdersARound = 225;
    private const int OrdersInTheMidst = 150;
    private static readonly DateOnly First = new(2036, 1, 31);
    private static readonly DateOnly Last = new(2036, 2, 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_report_is_what_two_thousand_orders_add_up_to()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var app = engine.Fresh();
        var provider = new PaperProvider();
        await using var shop = app.With(provider);
        var trade = new Trade(app, shop, seed);
        await trade.Stock();

        for (var round = 1; round <= Rounds; round++)
        {
            await Meanwhile(app, shop, () => trade.Run(OrdersARound));
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            await Recover(shop);
            var writtenOff = round == Rounds / 2 ? await WriteOff(app, trade.Products[^1]) : [];
            if (round % 2 == 1) provider.Speak();
            app.Clock.Advance(TimeSpan.FromMinutes(124));
            await Recover(shop);
            foreach (var (size, units) in writtenOff) await app.MoveStock(trade.Products[^1], units, size);
        }

        provider.Speak();
        app.Clock.Advance(TimeSpan.FromHours(24));
        await Recover(shop);
        Assert.Empty(trade.Unexpected);
        var recount = await ShouldBeRight(app);
        output.WriteLine(string.Join(", ", recount.Ends.OrderBy(end => end.Key).Select(end => $"{end.Value} {end.Key}")));
        Assert.True(recount.Orders >= Orders, $"Of {Rounds * OrdersARound} wishes only {recount.Orders} became orders.");
        Assert.Equal(
            ["CANCELLED", "CONFIRMED", "DELIVERED", "EXPIRED", "PAYMENT_FAILED", "REFUNDED", "SHIPPED", "late", "refunded another day", "unfulfillable"],
            recount.Ends.Keys.Order(StringComparer.Ordinal));

        Assert.Equal("Items set right: 0.", (await app.RebuildReports())[^1].Split(". ")[1]);
        await Damage(app, new Random(seed));
        IReadOnlyList<string> said = [];
        await Meanwhile(app, shop, async () =>
        {
            var trading = trade.Run(OrdersInTheMidst);
            said = await app.RebuildReports();
            await trading;
        });
        foreach (var line in said) output.WriteLine(line);
        await ShouldBeRight(app);
        Assert.EndsWith("Items set right: 0.", (await app.RebuildReports())[^1], StringComparison.Ordinal);
    }

    /// <summary>What is done, while a dispatcher of this process and one of another dispatch.</summary>
    private static async Task Meanwhile(EcommerceApp app, WebApplicationFactory<Program> shop, Func<Task> work)
    {
        var working = work();
        await Task.WhenAll(DispatchUntil(app), DispatchUntil(shop));
        await working;

        async Task DispatchUntil(WebApplicationFactory<Program> one)
        {
            do await one.Dispatch();
            while (await Task.WhenAny(working, Task.Delay(100, Cancellation)) != working);
        }
    }

    private static async Task Recover(WebApplicationFactory<Program> shop)
    {
        while ((await shop.Recover()).Settled > 0) { }
    }

    /// <summary>What is paid for too late, as long as this lasts, cannot be delivered; the units written off of each size.</summary>
    private static async Task<IReadOnlyList<(string? Size, long Units)>> WriteOff(EcommerceApp app, string productId)
    {
        var stock = (await app.Admin.Get($"/product/{productId}/stock").ShouldBe(200)).GetProperty("skus").EnumerateArray()
            .Select(sku => (Size: sku.GetProperty("size").GetString(), Units: sku.GetProperty("available").GetInt64())).Where(sku => sku.Units > 0).ToList();
        foreach (var (size, units) in stock) await app.MoveStock(productId, -units, size);
        return stock;
    }

    private static async Task<Recount> ShouldBeRight(EcommerceApp app)
    {
        await DispatchAll(app);
        var recount = await Recount.Of(app.Admin);
        foreach (var (from, to) in new[] { (First, Last), (First, First), (First.AddDays(1), Last), (Last, Last) })
        {
            var report = await app.Admin.Get($"/order/report?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}").ShouldBe(200);
            Assert.Equal(recount.Days(from, to), report.GetProperty("days").EnumerateArray().Select(day => Line(day.Text("date"), day)));
            Assert.Equal(recount.Totals(from, to), Line("", report.GetProperty("totals")));
            Assert.Equal(recount.Products(from, to), report.GetProperty("topProducts").EnumerateArray().Select(product => Line(product.Text("productId"), product)));
        }

        return recount;
    }

    private static async Task DispatchAll(EcommerceApp app)
    {
        while ((await app.Dispatch()).Dispatched > 0) { }
    }

    private static string Line(string name, JsonElement sums) => string.Join(' ',
        [name, .. sums.EnumerateObject().Where(sum => sum.Value.ValueKind == JsonValueKind.Number).Select(sum => sum.Value.GetDecimal().ToString("0.00", CultureInfo.InvariantCulture))]);

    /// <summary>A third of the items is gone, a third is wrong.</summary>
    private static async Task Damage(EcommerceApp app, Random random)
    {
        foreach (var query in (IEnumerable<Query>)[SalesItems.Days(null, null), .. SalesItems.Products(First, Last)])
            foreach (var item in (await app.Store.Query(query with { Limit = 1_000 }, Cancellation)).Items)
            {
                var key = Tables.EventLogs.KeyOf(item);
                Write? write = random.Next(3) switch
                {
                    0 => new Delete(key, Expect.Present),
                    1 => new Sales(random.Next(9), random.Next(99), new(random.Next(999)), Money.Zero).ToAdjust(key),
                    _ => null,
                };
                if (write is not null) await app.Store.Commit([write], cancellation: Cancellation);
            }
    }
}

public sealed class RandomDayTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : RandomDayTests(app, output), IClassFixture<SqliteApp>;

[Collection(nameof(WholeMachine))]
public sealed class RandomDayTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : RandomDayTests(app, output), IClassFixture<DynamoDbApp>;
