using System.Text.Json;
using Ecommerce.Api.Events;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Reports;

/// <summary>The sales, counted anew from the log. Each test has a shop of its own.</summary>
public abstract class RebuildTests(EcommerceApp engine)
{
    private static readonly DateOnly Day = new(2036, 1, 31);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_shop_has_no_days()
    {
        await using var app = engine.Fresh();
        Assert.Equal(["Days counted: 0. Items set right: 0."], await app.RebuildReports());
    }

    [Fact]
    public async Task A_healthy_shop_is_left_as_it_is()
    {
        await using var app = engine.Fresh();
        await Trade(app);
        var before = await SalesOf(app);
        Assert.Equal(["Days counted: 2. Items set right: 0."], await app.RebuildReports());
        Assert.Equal(before, await SalesOf(app));
    }

    [Theory]
    [InlineData(Damage.TooMuch)]
    [InlineData(Damage.TooLittle)]
    [InlineData(Damage.Gone)]
    [InlineData(Damage.Garbled)]
    public async Task Damaged_items_say_again_what_they_said(Damage damage)
    {
        await using var app = engine.Fresh();
        var product = await Trade(app);
        var before = await Report(app);
        foreach (var key in new[] { SalesItems.DayKey(Day), SalesItems.ProductKey(Day, product), SalesItems.DayKey(Day.AddDays(1)) }) await Inflict(app, key, damage);
        Assert.NotEqual(before, await Report(app));

        var said = await app.RebuildReports();
        Assert.Equal(3, said.Count);
        Assert.EndsWith("became 2 orders, 5 units, 50.00 revenue, 4.00 refunds; products set right: 1.", said[0], StringComparison.Ordinal);
        Assert.StartsWith("2036-02-01: ", said[1], StringComparison.Ordinal);
        Assert.Equal("Days counted: 2. Items set right: 3.", said[2]);
        Assert.Equal(before, await Report(app));
        Assert.Equal(["Days counted: 2. Items set right: 0."], await app.RebuildReports());
    }

    [Fact]
    public async Task What_should_not_be_there_says_nothing_any_more()
    {
        await using var app = engine.Fresh();
        await Trade(app);
        var before = await Report(app);
        var stray = new Sales(3, 3, new(300), Money.Zero);
        foreach (var key in new[] { SalesItems.DayKey(Day.AddDays(-2)), SalesItems.ProductKey(Day.AddDays(-1), Ids.Derive("prod", "stray")) })
            await app.Store.Commit([new Put(Tables.EventLogs, stray.ToItem(key), Expect.Absent)], cancellation: Cancellation);
        Assert.NotEqual(before, await Report(app));
        Assert.Equal(
            [
                "2036-01-29: 3 orders, 3 units, 3.00 revenue, 0.00 refunds became 0 orders, 0 units, 0.00 revenue, 0.00 refunds.",
                "2036-01-30: products set right: 1.",
                "Days counted: 4. Items set right: 2.",
            ],
            await app.RebuildReports());
        Assert.Equal(before, await Report(app));
    }

    [Fact]
    public async Task Only_the_days_that_are_asked_for_are_counted()
    {
        await using var app = engine.Fresh();
        await Trade(app);
        await Inflict(app, SalesItems.DayKey(Day), Damage.TooMuch);
        Assert.Equal(["Days counted: 1. Items set right: 0."], await app.RebuildReports("--from", "2036-02-01"));
        Assert.Equal(["Days counted: 3. Items set right: 0."], await app.RebuildReports("--from=2036-01-28", "--to=2036-01-30"));
        Assert.Equal("Days counted: 1. Items set right: 1.", (await app.RebuildReports("--to", "2036-01-31"))[^1]);
    }

    [Theory]
    [InlineData("--from", "yesterday")]
    [InlineData("--to", "2036-02-30")]
    [InlineData("--to")]
    [InlineData("--from", "2036-02-02", "--to", "2036-02-01")]
    public async Task A_day_that_is_none_is_named(params string[] arguments)
    {
        var wrong = await Assert.ThrowsAsync<InvalidSettingException>(() => engine.RebuildReports(arguments));
        Assert.StartsWith($"{arguments[0]}: ", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--form", "2026-01-01")]
    [InlineData("2026-01-01")]
    [InlineData("--from", "2036-02-01", "2036-02-02")]
    [InlineData("--to=2036-02-01", "--dry-run")]
    public async Task An_argument_that_is_not_known_is_named_and_nothing_is_counted(params string[] arguments)
    {
        await using var app = engine.Fresh();
        await Trade(app);
        await Inflict(app, SalesItems.DayKey(Day), Damage.TooMuch);
        var before = await SalesOf(app);
        var wrong = await Assert.ThrowsAsync<InvalidSettingException>(() => app.RebuildReports(arguments));
        Assert.Contains(arguments, argument => wrong.Message.StartsWith($"{argument}: is no argument", StringComparison.Ordinal));
        Assert.Equal(before, await SalesOf(app));
    }

    [Fact]
    public async Task Settings_may_stand_among_its_arguments()
    {
        await using var app = engine.Fresh();
        await Trade(app);
        Assert.Equal(["Days counted: 1. Items set right: 0."], await app.RebuildReports("--Store:Engine=Sqlite", "--from", "2036-02-01"));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_and_is_parked_stops_nothing()
    {
        await using var app = engine.Fresh();
        var damaged = EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), "damaged"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.StockAdjusted, []));
        damaged.Item["stock"] = "not a list";
        await app.Store.Commit([damaged], cancellation: Cancellation);
        await Trade(app);
        for (var pass = 0; pass < 20 && (await Stored(app, damaged.Key))!["pending"] != EntryProgress.ParkedQueue; pass++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await app.Dispatch();
        }

        Assert.Equal(EntryProgress.ParkedQueue, (await Stored(app, damaged.Key))!.Text("pending"));
        await Inflict(app, SalesItems.DayKey(Day), Damage.TooMuch);
        Assert.Equal("Days counted: 2. Items set right: 1.", (await app.RebuildReports())[^1]);
        Assert.Equal(["Days counted: 2. Items set right: 0."], await app.RebuildReports());
    }

    [Fact]
    public async Task What_is_still_to_be_dispatched_is_counted_then_and_only_then()
    {
        await using var app = engine.Fresh();
        await Trade(app);
        await Inflict(app, SalesItems.DayKey(Day.AddDays(1)), Damage.Gone);
        await app.Buy(await app.Product(price: 7m), 1);
        Assert.Contains("2036-02-01: 0 orders, 0 units, 0.00 revenue, 0.00 refunds became 0 orders, 0 units, 0.00 revenue, 30.00 refunds.", await app.RebuildReports());
        Assert.Contains("2036-02-01 1 1 7 30", await Report(app));
    }

    [Fact]
    public async Task A_sale_that_is_counted_in_the_midst_of_it_is_lost_no_more_than_counted_twice()
    {
        await using var app = engine.Fresh();
        var product = await Trade(app);
        await Inflict(app, SalesItems.DayKey(Day.AddDays(1)), Damage.TooMuch);
        await Inflict(app, SalesItems.ProductKey(Day.AddDays(1), product), Damage.Gone);
        var (shop, store) = app.Watched();
        await using var other = shop;
        store.BeforeTheNextCommit(async () =>
        {
            await app.Buy(product, 2);
            await app.Dispatch();
        });
        await Rebuild(shop.Services);
        Assert.Contains("2036-02-01 1 2 20 30", await Report(app));
        Assert.Equal(["Days counted: 2. Items set right: 0."], await app.RebuildReports());
        Assert.Equal(new Sales(1, 2, new(2000), new(3000)), (await Stored(app, SalesItems.ProductKey(Day.AddDays(1), product)))!.ToSales());
    }

    [Fact]
    public async Task One_that_dies_when_a_sale_came_first_has_taken_nothing_from_it()
    {
        await using var app = engine.Fresh();
        var product = await Trade(app);
        await Inflict(app, SalesItems.DayKey(Day.AddDays(1)), Damage.TooMuch);
        var (shop, store) = app.Watched();
        await using var other = shop;
        store.FailAfter(1);
        store.BeforeTheNextCommit(async () =>
        {
            await app.Buy(product, 2);
            await app.Dispatch();
        });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Rebuild(shop.Services));
        Assert.Equal(7 + 1, (await Stored(app, SalesItems.DayKey(Day.AddDays(1))))!.ToSales().Orders);
        await app.RebuildReports();
        Assert.Contains("2036-02-01 1 2 20 30", await Report(app));
    }

    [Fact]
    public async Task Two_at_once_come_to_the_same()
    {
        await using var app = engine.Fresh();
        var product = await Trade(app);
        var before = await Report(app);
        await Inflict(app, SalesItems.DayKey(Day), Damage.TooMuch);
        await Inflict(app, SalesItems.ProductKey(Day, product), Damage.Gone);
        await Task.WhenAll(app.RebuildReports(), app.RebuildReports());
        Assert.Equal(before, await Report(app));
    }

    /// <summary>Two orders on the first day, of which one is paid back in part at once and the other on the second day; the product.</summary>
    private static async Task<string> Trade(EcommerceApp app)
    {
        var product = await app.Product(price: 10m, stock: 50);
        await app.Admin.Post($"/order/{await app.Buy(product, 2)}/refund", new { amount = 4m, reason = "late" }).ShouldBe(200);
        var cancelled = await app.Buy(product, 3);
        app.Clock.Advance(TimeSpan.FromHours(13));
        await app.Admin.Post($"/order/{cancelled}/cancel").ShouldBe(200);
        await app.Dispatch();
        return product;
    }

    private static async Task Inflict(EcommerceApp app, ItemKey key, Damage damage)
    {
        var item = (await Stored(app, key))!.Copy();
        foreach (var name in new[] { "orders", "units", "revenue", "refunds" }) item[name] = damage switch
        {
            Damage.TooMuch => item.Number(name) + 7,
            Damage.TooLittle => item.Number(name) - 1,
            _ => "many",
        };
        Write write = damage == Damage.Gone ? new Delete(key, Expect.Present) : new Put(Tables.EventLogs, item, Expect.AtVersion(item.Version));
        Assert.True((await app.Store.Commit([write], cancellation: Cancellation)).IsCommitted);
    }

    private static Task<Item?> Stored(EcommerceApp app, ItemKey key) => app.Store.Get(key, consistent: true, Cancellation);

    private static async Task<string> Report(EcommerceApp app)
    {
        var report = await app.Admin.Get("/order/report").ShouldBe(200);
        return string.Join('\n', [.. report.DayLines(), report.GetProperty("topProducts").GetRawText()]);
    }

    private static Task Rebuild(IServiceProvider services) => RebuildCommand.Run(services, [], TextWriter.Null, Cancellation);

    /// <summary>Every item of the sales as it is stored, version and all.</summary>
    private static async Task<IReadOnlyList<Item>> SalesOf(EcommerceApp app)
    {
        var items = new List<Item>();
        foreach (var query in (IEnumerable<Query>)[SalesItems.Days(null, null), .. SalesItems.Products(Day, Day.AddDays(1))])
            items.AddRange((await app.Store.Query(query with { Limit = 1_000 }, Cancellation)).Items);
        Assert.Equal(4, items.Count);
        return items;
    }
}

/// <summary>What somebody did to an item.</summary>
public enum Damage
{
    TooMuch,
    TooLittle,
    Gone,
    Garbled,
}

internal static class Rebuilding
{
    /// <summary>The command, in this app; what it says.</summary>
    public static async Task<IReadOnlyList<string>> RebuildReports(this EcommerceApp app, params string[] arguments)
    {
        await using var said = new StringWriter();
        await RebuildCommand.Run(app.Services, [RebuildCommand.Name, .. arguments], said, TestContext.Current.CancellationToken);
        return said.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}

public sealed class RebuildTests_on_Sqlite(SqliteApp app) : RebuildTests(app), IClassFixture<SqliteApp>;

public sealed class RebuildTests_on_DynamoDb(DynamoDbApp app) : RebuildTests(app), IClassFixture<DynamoDbApp>;
