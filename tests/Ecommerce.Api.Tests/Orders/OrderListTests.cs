using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Reading orders.</summary>
public abstract class OrderListTests(EcommerceApp app)
{
    [Fact]
    public async Task Own_orders_come_newest_first_a_page_at_a_time()
    {
        var customer = app.Customer().Client;
        var placed = await Place(customer, 7);
        await Place(app.Customer().Client, 1);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await customer.Get($"/order?limit=3&cursor={cursor}").ShouldBe(200);
            Assert.Equal(["items", "count", "nextCursor"], page.Names());
            Assert.Equal(page.GetProperty("items").GetArrayLength(), page.GetProperty("count").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(order => order.Text("orderId")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(placed), seen);
    }

    [Fact]
    public async Task Orders_of_one_moment_are_paged_without_loss_or_repetition()
    {
        var customer = app.Customer().Client;
        var product = await app.Product();
        var placed = new List<string>();
        for (var i = 0; i < 5; i++) placed.Add(await customer.Place((product, 1, null)));
        var first = await customer.Get("/order?limit=2").ShouldBe(200);
        var second = await customer.Get($"/order?limit=2&cursor={first.Text("nextCursor")}").ShouldBe(200);
        var third = await customer.Get($"/order?limit=2&cursor={second.Text("nextCursor")}").ShouldBe(200);
        Assert.Equal(placed.Order(), new[] { first, second, third }.SelectMany(Ids).Order());
        Assert.Equal(JsonValueKind.Null, third.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public async Task An_order_in_the_list_is_the_same_as_by_itself()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        Assert.Equal((await customer.Order(orderId)).GetRawText(), Assert.Single(await customer.Orders()).GetRawText());
    }

    [Fact]
    public async Task A_list_without_orders_is_empty()
    {
        var page = await app.Customer().Client.Get("/order").ShouldBe(200);
        Assert.Equal("""{"items":[],"count":0,"nextCursor":null}""", page.GetRawText());
    }

    [Fact]
    public async Task Orders_are_filtered_by_state()
    {
        var customer = app.Customer().Client;
        var placed = await Place(customer, 6);
        foreach (var orderId in (string[])[placed[1], placed[4], placed[5]]) await customer.Buy($"/order/{orderId}/checkout").ShouldBe(201);

        var first = await customer.Get("/order?status=CONFIRMED&limit=2").ShouldBe(200);
        Assert.Equal([placed[5], placed[4]], Ids(first));
        var rest = await customer.Get($"/order?status=CONFIRMED&limit=2&cursor={first.Text("nextCursor")}").ShouldBe(200);
        Assert.Equal([placed[1]], Ids(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
        Assert.Equal([placed[3], placed[2], placed[0]], Ids(await customer.Get("/order?status=CREATED").ShouldBe(200)));
        Assert.Empty(Ids(await customer.Get("/order?status=PAYMENT_PENDING").ShouldBe(200)));
        await customer.Get($"/order?status=CREATED&cursor={first.Text("nextCursor")}").ShouldBeProblem(400, "invalid_cursor");
        await customer.Get($"/order?cursor={first.Text("nextCursor")}").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_owner_only_and_as_it_was_given()
    {
        var customer = app.Customer().Client;
        await Place(customer, 2);
        var cursor = (await customer.Get("/order?limit=1").ShouldBe(200)).Text("nextCursor");
        await app.Customer().Client.Get($"/order?limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
        await app.Admin.Get($"/order?limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
        var last = cursor[^1] == 'A' ? 'B' : 'A';
        await customer.Get($"/order?limit=1&cursor={cursor[..^1]}{last}").ShouldBeProblem(400, "invalid_cursor");
        await customer.Get("/order?cursor=x").ShouldBeProblem(400, "invalid_cursor");
        await customer.Get("/order?cursor=.").ShouldBeProblem(400, "invalid_cursor");
        await customer.Get($"/order?limit=100&cursor={cursor}").ShouldBe(200);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("status=confirmed", "status")]
    [InlineData("status=3", "status")]
    [InlineData("status=NOTHING", "status")]
    public async Task A_wrong_parameter_is_named(string query, string field) =>
        await app.Customer().Client.Get($"/order?{query}").ShouldBeProblem(400, "validation_failed", field);

    [Fact]
    public async Task An_administrator_sees_anybodys_order_and_what_can_be_done_with_it()
    {
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product());
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        var seen = await app.Admin.Order(orderId);
        Assert.Equal(customer.UserId, seen.Text("userId"));
        Assert.Equal("""["cancel","ship","refund"]""", seen.GetProperty("allowedActions").GetRawText());
        await app.Admin.Post($"/order/{orderId}/validate").ShouldBeProblem(404, "not_found");
        Assert.DoesNotContain(orderId, (await app.Admin.Orders()).Select(order => order.Text("orderId")));
    }

    [Fact]
    public async Task The_entity_tag_changes_with_the_order_and_only_then()
    {
        var customer = app.Customer().Client;
        var orderId = await customer.Place((await app.Product(), 1, null));
        var placed = (await customer.Get($"/order/{orderId}")).Headers.ETag;
        Assert.NotNull(placed);
        Assert.False(placed.IsWeak);
        Assert.Equal(placed, (await customer.Get($"/order/{orderId}")).Headers.ETag);
        await customer.Buy($"/order/{orderId}/checkout").ShouldBe(201);
        Assert.NotEqual(placed, (await customer.Get($"/order/{orderId}")).Headers.ETag);
    }

    [Theory]
    [InlineData("GET", "/order")]
    [InlineData("POST", "/order")]
    [InlineData("POST", "/order/checkout")]
    [InlineData("GET", "/order/ord_00000000000000000000000000")]
    [InlineData("POST", "/order/ord_00000000000000000000000000/validate")]
    [InlineData("POST", "/order/ord_00000000000000000000000000/checkout")]
    public async Task Orders_are_for_those_who_are_logged_in(string method, string path) =>
        await app.Anonymous.Send(new(method), path, method == "POST" ? "{}" : null).ShouldBeProblem(401, "unauthorized");

    private async Task<List<string>> Place(HttpClient customer, int count)
    {
        var product = await app.Product();
        var placed = new List<string>();
        for (var i = 0; i < count; i++)
        {
            placed.Add(await customer.Place((product, 1, null)));
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        return placed;
    }

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(order => order.Text("orderId"));
}

public sealed class OrderListTests_on_Sqlite(SqliteApp app) : OrderListTests(app), IClassFixture<SqliteApp>;

public sealed class OrderListTests_on_DynamoDb(DynamoDbApp app) : OrderListTests(app), IClassFixture<DynamoDbApp>;
