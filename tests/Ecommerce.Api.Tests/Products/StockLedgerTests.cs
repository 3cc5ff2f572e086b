using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

/// <summary>The ledger of a product's stock, as an administrator reads it.</summary>
public abstract class StockLedgerTests(EcommerceApp app)
{
    [Fact]
    public async Task The_first_stock_of_a_product_is_its_first_line()
    {
        var id = await app.Sell(stock: 7);
        (await History(id)).ShouldRead(
            $$"""{"items":[{"at":"{{Now}}","sku":"{{id}}","delta":7,"reason":"ProductCreated","actor":"usr_admin"}],"count":1,"nextCursor":null}""");
    }

    [Fact]
    public async Task Sizes_have_a_line_each_and_those_with_nothing_have_none()
    {
        var id = await app.Sell(sizes: "M:5,L:0,S:2");
        Assert.Equal([$"{id}:M 5", $"{id}:S 2"], (await Lines(id)).Order());
    }

    [Fact]
    public async Task An_adjustment_is_told_with_its_reason_and_who_made_it()
    {
        var id = await app.Sell(stock: 7);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.ClientFor("usr_storekeeper", admin: true).Post($"/product/{id}/stock", new { delta = -3, reason = "broken in transit" }).ShouldBe(200);
        (await History(id)).GetProperty("items")[0].ShouldRead(
            $$"""{"at":"{{Now}}","sku":"{{id}}","delta":-3,"reason":"broken in transit","actor":"usr_storekeeper"}""");
        Assert.Equal([$"{id} -3", $"{id} 7"], await Lines(id));
    }

    [Fact]
    public async Task What_is_refused_is_not_told()
    {
        var id = await app.Sell(stock: 1);
        await app.Admin.Post($"/product/{id}/stock", new { delta = -2, reason = "broken" }).ShouldBeProblem(409, "insufficient_stock");
        Assert.Equal([$"{id} 1"], await Lines(id));
    }

    [Fact]
    public async Task A_sale_is_told_with_its_order_and_its_return_too()
    {
        var id = await app.Sell(stock: 7);
        var customer = app.Customer();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await customer.Client.AddToCart(id, 2);
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await customer.Client.Post($"/order/{orderId}/cancel", new { reason = "too late" }).ShouldBe(200);

        var lines = (await History(id)).Items().ToList();
        lines[0].ShouldRead($$"""{"at":"{{Now}}","sku":"{{id}}","delta":2,"reason":"OrderCancelled","actor":"{{customer.UserId}}","orderId":"{{orderId}}"}""");
        Assert.Equal(("OrderConfirmed", -2, orderId), (lines[1].Text("reason"), lines[1].GetProperty("delta").GetInt32(), lines[1].Text("orderId")));
        Assert.Equal(3, lines.Count);
    }

    [Fact]
    public async Task A_placed_order_is_told_when_it_is_paid()
    {
        var id = await app.Sell(stock: 7);
        var customer = app.Customer().Client;
        var orderId = await customer.Place((id, 3, null));
        Assert.Equal([$"{id} 7"], await Lines(id));
        await customer.Buy($"/order/{orderId}/checkout").ShouldBe(201);
        Assert.Contains($"{id} -3", await Lines(id));
    }

    [Fact]
    public async Task A_hold_that_comes_to_nothing_is_no_move()
    {
        var id = await app.Sell(stock: 7);
        var customer = app.Customer().Client;
        await customer.AddToCart(id, 2);
        await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        Assert.Equal([$"{id} 7"], await Lines(id));
    }

    [Fact]
    public async Task The_ledger_comes_a_page_at_a_time_newest_first()
    {
        var id = await app.Sell(stock: 1);
        for (var delta = 2; delta <= 7; delta++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.MoveStock(id, delta);
        }

        var all = await app.Admin.Pages($"/product/{id}/stock/history", limit: 3);
        Assert.Equal([7, 6, 5, 4, 3, 2, 1], all.Select(line => line.GetProperty("delta").GetInt32()));
    }

    [Fact]
    public async Task Each_product_has_a_ledger_of_its_own()
    {
        var (one, other) = (await app.Sell(stock: 1), await app.Sell(stock: 2));
        var customer = app.Customer().Client;
        await customer.AddToCart(one);
        await customer.AddToCart(other, 2);
        await customer.CheckOut().ShouldBe(201);
        Assert.Equal([$"{one} -1", $"{one} 1"], (await Lines(one)).Order());
        Assert.Equal([$"{other} -2", $"{other} 2"], (await Lines(other)).Order());
    }

    [Theory]
    [InlineData("prod_00000000000000000000000000")]
    [InlineData("nothing")]
    public async Task An_unknown_product_has_none(string id) => await app.Admin.Get($"/product/{id}/stock/history").ShouldBeProblem(404, "not_found");

    [Fact]
    public async Task A_cursor_of_another_product_is_refused()
    {
        var (one, other) = (await app.Sell(stock: 1), await app.Sell(stock: 1));
        await app.MoveStock(one, 1);
        var cursor = (await app.Admin.Get($"/product/{one}/stock/history?limit=1").ShouldBe(200)).Text("nextCursor");
        await app.Admin.Get($"/product/{other}/stock/history?limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
        await app.Admin.Get($"/product/{one}/stock/history?limit=0").ShouldBeProblem(400, "validation_failed", "limit");
    }

    private string Now => $"{app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}".Replace(".000Z", "Z", StringComparison.Ordinal);

    private Task<JsonElement> History(string productId) => app.Admin.Get($"/product/{productId}/stock/history?limit=100").ShouldBe(200);

    private async Task<IReadOnlyList<string>> Lines(string productId) =>
        [.. (await History(productId)).Items().Select(line => $"{line.Text("sku")} {line.GetProperty("delta").GetInt64()}")];
}

public sealed class StockLedgerTests_on_Sqlite(SqliteApp app) : StockLedgerTests(app), IClassFixture<SqliteApp>;

public sealed class StockLedgerTests_on_DynamoDb(DynamoDbApp app) : StockLedgerTests(app), IClassFixture<DynamoDbApp>;
