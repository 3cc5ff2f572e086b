using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Everybody's orders, as an administrator lists them. Each test has a shop of its own.</summary>
public abstract class AllOrdersTests(EcommerceApp engine)
{
    [Fact]
    public async Task Everybodys_orders_come_newest_first_a_page_at_a_time()
    {
        await using var app = engine.Fresh();
        var placed = new List<string>();
        for (var i = 0; i < 7; i++) placed.Add(await PlaceAt(app, TimeSpan.FromMinutes(i)));
        Assert.Equal(Enumerable.Reverse(placed), (await app.Admin.Pages("/order/all", limit: 3)).Select(order => order.Text("orderId")));
    }

    [Fact]
    public async Task An_order_in_the_list_is_the_same_as_by_itself()
    {
        await using var app = engine.Fresh();
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product());
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        var listed = Assert.Single((await app.Admin.Get("/order/all").ShouldBe(200)).Items());
        Assert.Equal((await app.Admin.Order(orderId)).GetRawText(), listed.GetRawText());
        Assert.Equal(customer.UserId, listed.Text("userId"));
    }

    [Fact]
    public async Task The_list_knows_an_order_as_it_is_now()
    {
        await using var app = engine.Fresh();
        var customer = app.Customer().Client;
        var orderId = await customer.Place((await app.Product(), 1, null));
        await app.Admin.Get("/order/all").ShouldBe(200);
        await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal("CANCELLED", Assert.Single((await app.Admin.Get("/order/all").ShouldBe(200)).Items()).Text("status"));
    }

    [Fact]
    public async Task Only_the_wanted_state_is_listed()
    {
        await using var app = engine.Fresh();
        var customer = app.Customer().Client;
        var product = await app.Product();
        var cancelled = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            var orderId = await customer.Place((product, 1, null));
            if (i % 2 == 0) continue;
            await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
            cancelled.Add(orderId);
        }

        Assert.Equal(Enumerable.Reverse(cancelled), (await app.Admin.Pages("/order/all?status=CANCELLED", limit: 1)).Select(order => order.Text("orderId")));
        Assert.Empty((await app.Admin.Get("/order/all?status=SHIPPED").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task Days_and_times_bound_the_list_and_belong_to_it()
    {
        await using var app = engine.Fresh();
        var day = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        var first = await PlaceAt(app, TimeSpan.Zero);
        var second = await PlaceAt(app, TimeSpan.FromDays(1));
        var third = await PlaceAt(app, TimeSpan.FromDays(1));
        var at = $"{app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}";

        Assert.Equal([third, second], await Listed($"from={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal([second, first], await Listed($"to={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal([second], await Listed($"from={day.AddDays(1):yyyy-MM-dd}&to={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal([third], await Listed($"from={at}"));
        Assert.Equal([third], await Listed($"from={at}&to={at}"));
        Assert.Empty(await Listed($"from={day.AddDays(9):yyyy-MM-dd}"));

        async Task<IEnumerable<string>> Listed(string query) =>
            (await app.Admin.Get($"/order/all?{query}").ShouldBe(200)).Items().Select(order => order.Text("orderId")).ToList();
    }

    [Theory]
    [InlineData("status=paid", "status")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("to=12", "to")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=x", "limit")]
    public async Task A_wrong_parameter_is_named(string query, string field) =>
        await engine.Admin.Get($"/order/all?{query}").ShouldBeProblem(400, "validation_failed", field);

    [Fact]
    public async Task A_cursor_is_good_for_the_same_list_only()
    {
        await using var app = engine.Fresh();
        for (var i = 0; i < 2; i++) await PlaceAt(app, TimeSpan.FromMinutes(1));
        var cursor = (await app.Admin.Get("/order/all?limit=1").ShouldBe(200)).Text("nextCursor");
        await app.Admin.Get($"/order/all?limit=1&status=CREATED&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
        await app.Admin.Get($"/order?limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task It_is_for_administrators()
    {
        await engine.Anonymous.Get("/order/all").ShouldBeProblem(401, "unauthorized");
        await engine.Customer().Client.Get("/order/all").ShouldBeProblem(403, "forbidden");
    }

    private static async Task<string> PlaceAt(EcommerceApp app, TimeSpan later)
    {
        app.Clock.Advance(later);
        return await app.Customer().Client.Place((await app.Product(), 1, null));
    }
}

public sealed class AllOrdersTests_on_Sqlite(SqliteApp app) : AllOrdersTests(app), IClassFixture<SqliteApp>;

public sealed class AllOrdersTests_on_DynamoDb(DynamoDbApp app) : AllOrdersTests(app), IClassFixture<DynamoDbApp>;
