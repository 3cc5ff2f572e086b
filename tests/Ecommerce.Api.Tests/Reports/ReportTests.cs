using System.Text.Json;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Reports;

/// <summary>The sales, as an administrator reads them. The clock stands at noon of 2036-01-31.</summary>
public abstract class ReportTests(EcommerceApp engine)
{
    [Fact]
    public async Task A_shop_that_has_sold_nothing_reports_thirty_days_of_nothing()
    {
        await using var app = engine.Fresh();
        var report = await app.Admin.Get("/order/report").ShouldBe(200);
        Assert.Equal(["days", "topProducts", "totals", "currency"], report.Names());
        var days = report.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 30).Select(day => $$"""{"date":"{{new DateOnly(2036, 1, 2).AddDays(day):yyyy-MM-dd}}","orders":0,"units":0,"revenue":0,"refunds":0}"""), days.Select(day => day.GetRawText()));
        Assert.Empty(report.GetProperty("topProducts").EnumerateArray());
        report.GetProperty("totals").ShouldRead("""{"orders":0,"units":0,"revenue":0,"refunds":0}""");
        Assert.Equal("USD", report.Text("currency"));
    }

    [Fact]
    public async Task The_last_sale_is_in_the_report_at_once()
    {
        await using var app = engine.Fresh();
        var (bowl, shirt) = (await app.Product(price: 12.99m), await app.Sell("Training Shirt", 20m, sizes: "S:5,M:5"));
        var customer = app.Customer().Client;
        await customer.Buy((bowl, 2, null), (shirt, 1, "S"), (shirt, 2, "M"));
        await customer.Buy((bowl, 1, null));
        (await Report(app, "from=2036-01-31")).ShouldRead(
            "{\"days\":[{\"date\":\"2036-01-31\",\"orders\":2,\"units\":6,\"revenue\":98.97,\"refunds\":0}],"
            + $"\"topProducts\":[{{\"productId\":\"{shirt}\",\"name\":\"Training Shirt\",\"units\":3,\"revenue\":60,\"refunds\":0}},"
            + $"{{\"productId\":\"{bowl}\",\"name\":\"Protein Bowl\",\"units\":3,\"revenue\":38.97,\"refunds\":0}}],"
            + "\"totals\":{\"orders\":2,\"units\":6,\"revenue\":98.97,\"refunds\":0},\"currency\":\"USD\"}");
    }

    [Fact]
    public async Task What_came_to_nothing_is_no_sale()
    {
        await using var app = engine.Fresh();
        var bowl = await app.Product();
        var customer = app.Customer().Client;
        await customer.Place((bowl, 1, null));
        await customer.AddToCart(bowl);
        await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        var report = await Report(app);
        report.GetProperty("totals").ShouldRead("""{"orders":0,"units":0,"revenue":0,"refunds":0}""");
        Assert.Empty(report.GetProperty("topProducts").EnumerateArray());
    }

    [Fact]
    public async Task A_sale_stays_on_its_day_and_a_refund_comes_on_its_own()
    {
        await using var app = engine.Fresh();
        var bowl = await app.Product(price: 10m);
        var customer = app.Customer();
        var orderId = await customer.Client.Buy((bowl, 3, null));
        app.Clock.Advance(TimeSpan.FromHours(12));
        await app.Admin.Post($"/order/{orderId}/refund", new { amount = 4m, reason = "late" }).ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Admin.Post($"/order/{orderId}/refund", new { reason = "lost" }).ShouldBe(200);

        Assert.Equal(
            ["2036-01-31 1 3 30 0", "2036-02-01 0 0 0 4", "2036-02-02 0 0 0 26"], (await Report(app, "from=2036-01-31&to=2036-02-02")).DayLines());
        var refunded = await Report(app, "from=2036-02-01&to=2036-02-02");
        refunded.GetProperty("totals").ShouldRead("""{"orders":0,"units":0,"revenue":0,"refunds":30}""");
        Assert.Empty(refunded.GetProperty("topProducts").EnumerateArray());
        Assert.Equal(0, (await Report(app)).GetProperty("topProducts")[0].GetProperty("refunds").GetDecimal());
    }

    [Fact]
    public async Task A_cancelled_order_is_a_refund_of_its_products()
    {
        await using var app = engine.Fresh();
        var bowl = await app.Product(price: 10m);
        var customer = app.Customer().Client;
        await customer.Post($"/order/{await customer.Buy((bowl, 3, null))}/cancel").ShouldBe(200);
        await customer.Buy((bowl, 1, null));
        var report = await Report(app);
        report.GetProperty("totals").ShouldRead("""{"orders":2,"units":4,"revenue":40,"refunds":30}""");
        report.GetProperty("topProducts")[0].ShouldRead($$"""{"productId":"{{bowl}}","name":"Protein Bowl","units":4,"revenue":40,"refunds":30}""");
    }

    [Fact]
    public async Task What_is_paid_for_too_late_to_be_delivered_is_neither_sale_nor_refund()
    {
        await using var app = engine.Fresh();
        ChargeResult found = new ChargeResult.Unknown();
        await using var shop = app.With(new StubGateway { Answer = _ => Task.FromResult(found), Found = () => found, CalledOff = () => found });
        var customer = shop.Customer().Client;
        var bowl = await app.Product(stock: 2);
        await customer.AddToCart(bowl, 2);
        var orderId = (await customer.CheckOut().ShouldBe(202)).Text("orderId");
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await shop.Recover();
        await app.MoveStock(bowl, -2);
        found = StubGateway.Paid();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await shop.Recover();

        var order = await app.Admin.Order(orderId);
        Assert.Equal(("CANCELLED", "REFUNDED"), (order.Text("status"), order.GetProperty("payment").Text("status")));
        (await Report(app)).GetProperty("totals").ShouldRead("""{"orders":0,"units":0,"revenue":0,"refunds":0}""");
    }

    [Fact]
    public async Task A_product_goes_by_its_present_name_and_a_deleted_one_by_its_last()
    {
        await using var app = engine.Fresh();
        var (kept, deleted) = (await app.Product(price: 2m), await app.Product(price: 1m));
        var customer = app.Customer().Client;
        await customer.Buy((kept, 1, null), (deleted, 1, null));
        await app.Reprice(kept, 3m, "Power Bowl");
        await app.Reprice(deleted, 3m, "Old Bowl");
        await app.Admin.Delete($"/product/{deleted}");
        Assert.Equal([(kept, "Power Bowl"), (deleted, "Old Bowl")], Top(await Report(app)).Select(product => (product.Text("productId"), product.Text("name"))));
    }

    [Fact]
    public async Task The_ten_that_brought_in_most_come_first_and_of_equals_the_one_that_sold_more()
    {
        await using var app = engine.Fresh();
        var customer = app.Customer().Client;
        var expected = new List<(string Name, int Units, decimal Revenue)>();
        for (var n = 0; n < 12; n++)
        {
            var (units, revenue) = (1 + (n % 3), 60m * (1 + (n / 3)));
            await customer.Buy((await app.Product(price: revenue / units, name: $"Bowl {n}"), units, null));
            expected.Add(($"Bowl {n}", units, revenue));
        }

        Assert.Equal(
            expected.OrderByDescending(product => product.Revenue).ThenByDescending(product => product.Units).Take(10),
            Top(await Report(app)).Select(product => (product.Text("name"), product.GetProperty("units").GetInt32(), product.GetProperty("revenue").GetDecimal())));
    }

    [Fact]
    public async Task Products_are_added_up_over_days_and_months()
    {
        await using var app = engine.Fresh(("Auth:AccessTokenMinutes", "1440"));
        var bowl = await app.Product(stock: 100, price: 1m);
        for (var day = 0; day < 3; day++)
        {
            await app.Customer().Client.Buy((bowl, day + 1, null));
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([1], Units(await Report(app, "to=2036-01-31")));
        Assert.Equal([3], Units(await Report(app, "from=2036-01-31&to=2036-02-01")));
        Assert.Equal([5], Units(await Report(app, "from=2036-02-01&to=2036-02-02")));
        Assert.Equal([6], Units(await Report(app, "from=2035-02-03&to=2036-02-03")));
        Assert.Empty(Units(await Report(app, "from=2036-02-03")));

        static IEnumerable<int> Units(JsonElement report) => Top(report).Select(product => product.GetProperty("units").GetInt32());
    }

    [Fact]
    public async Task Several_dispatchers_at_once_count_every_sale_once()
    {
        await using var app = engine.Fresh();
        var bowl = await app.Product(stock: 100, price: 1m);
        for (var n = 0; n < 12; n++) await app.Customer().Client.Buy((bowl, 1, null));
        await Task.WhenAll(app.Dispatch(), app.Dispatch(), app.Dispatch());
        Assert.Equal(["2036-01-31 12 12 12 0"], (await Report(app, "from=2036-01-31")).DayLines());
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2036-02-30", "from")]
    [InlineData("from=2036-01-01T00:00:00Z", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("from=2036-02-01", "from")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("to=31.01.2036", "to")]
    [InlineData("from=2036-02-02&to=2036-02-01", "from")]
    [InlineData("from=2035-01-30&to=2036-01-31", "from")]
    public async Task A_wrong_range_is_named(string query, string field) =>
        await engine.Admin.Get($"/order/report?{query}").ShouldBeProblem(400, "validation_failed", field);

    [Theory]
    [InlineData("", 30)]
    [InlineData("from=2036-01-31", 1)]
    [InlineData("to=2035-03-01", 30)]
    [InlineData("from=2036-01-31&to=2036-02-29", 30)]
    [InlineData("from=2035-01-31&to=2036-01-31", 366)]
    public async Task A_range_has_both_its_ends(string query, int days) =>
        Assert.Equal(days, (await engine.Admin.Get($"/order/report?{query}").ShouldBe(200)).GetProperty("days").GetArrayLength());

    private static Task<JsonElement> Report(EcommerceApp app, string query = "") => app.Admin.Get($"/order/report?{query}").ShouldBe(200);

    private static JsonElement.ArrayEnumerator Top(JsonElement report) => report.GetProperty("topProducts").EnumerateArray();
}

public sealed class ReportTests_on_Sqlite(SqliteApp app) : ReportTests(app), IClassFixture<SqliteApp>;

public sealed class ReportTests_on_DynamoDb(DynamoDbApp app) : ReportTests(app), IClassFixture<DynamoDbApp>;
