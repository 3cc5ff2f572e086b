using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Hosting;

namespace Ecommerce.Api.Tests.Products.LowStock;

/// <summary>When it is told that a SKU is running low, and what an administrator sees of it. The threshold is five units, as by default.</summary>
public abstract class LowStockTests(EcommerceApp app)
{
    [Fact]
    public async Task A_fall_is_told_once_until_there_is_more_again()
    {
        var id = await app.Sell("Football", stock: 7);
        await Move(id, -1);
        Assert.Empty(await Told(id));
        await Move(id, -1);
        Assert.Equal([5], await Told(id));
        await Move(id, -3);
        await Move(id, 2);
        Assert.Equal([5], await Told(id));
        await Move(id, 2);
        Assert.Empty(await Low(id));
        await Move(id, -4);
        Assert.Equal([5, 2], await Told(id));
    }

    [Fact]
    public async Task It_is_told_with_all_that_is_to_be_known_of_it()
    {
        var id = await app.Sell("Boots", sizes: "42:8,43:9");
        await app.MoveStock(id, -4, "42");
        await app.Dispatch();
        var told = Assert.Single(await app.LoggedOf(id), logged => logged.Text("eventType") == "LowStock");
        Assert.Equal(
            new Item { ["productId"] = id, ["sku"] = $"{id}:42", ["size"] = "42", ["name"] = "Boots", ["available"] = 4, ["threshold"] = 5 },
            told.MapOrNull("metadata"));
    }

    [Fact]
    public async Task A_sale_is_a_fall()
    {
        var id = await app.Sell("Scarf", stock: 6);
        var customer = app.Customer().Client;
        await customer.AddToCart(id, 2);
        await customer.CheckOut().ShouldBe(201);
        await app.Dispatch();
        Assert.Equal([4], await Told(id));
    }

    [Fact]
    public async Task What_was_little_from_the_beginning_is_told_when_some_of_it_goes()
    {
        var id = await app.Sell("Rarity", stock: 3);
        await Move(id, 1);
        Assert.Empty(await Told(id));
        Assert.Empty(await Low(id));
        await Move(id, -1);
        Assert.Equal([3], await Told(id));
    }

    [Fact]
    public async Task Each_size_is_told_of_by_itself()
    {
        var id = await app.Sell("Shirt", sizes: "L:6,M:6,S:6");
        await app.MoveStock(id, -2, "M");
        await app.MoveStock(id, -1, "S");
        await app.Dispatch();
        Assert.Equal([4, 5], (await Told(id)).Order());
        Assert.Equal(["M 4", "S 5"], (await Low(id)).Select(low => $"{low.Text("size")} {low.GetProperty("available").GetInt64()}"));
    }

    [Fact]
    public async Task A_hold_that_is_given_back_may_end_it()
    {
        var id = await app.Sell("Ball", stock: 7);
        var (buyer, rival) = (app.Customer().Client, app.Customer().Client);
        await rival.AddToCart(id);
        var pending = (await rival.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        await buyer.AddToCart(id);
        await buyer.CheckOut().ShouldBe(201);
        await app.Dispatch();
        Assert.Equal([5], await Told(id));
        await rival.Post($"/order/{pending}/cancel").ShouldBe(200);
        await app.Dispatch();
        Assert.Empty(await app.Store.Get(Low(), id));
        await Move(id, -1);
        Assert.Equal([5, 5], await Told(id));
    }

    [Fact]
    public async Task What_was_filled_before_anybody_looked_is_not_told()
    {
        var id = await app.Sell("Socks", stock: 9);
        await app.MoveStock(id, -6);
        await app.MoveStock(id, 6);
        await app.Dispatch();
        Assert.Empty(await Told(id));
    }

    [Theory]
    [InlineData(0, 2, 1, 0)]
    [InlineData(100, 103, 2, 99)]
    public async Task The_threshold_is_a_setting(int threshold, long stock, long sold, long told)
    {
        await using var other = app.Fresh(("Shop:LowStockThreshold", $"{threshold}"));
        var id = await other.Sell(stock: stock);
        await other.MoveStock(id, -sold);
        await other.Dispatch();
        Assert.Empty(await Told(other, id));
        await other.MoveStock(id, -sold);
        await other.Dispatch();
        Assert.Equal([told], await Told(other, id));
    }

    [Fact]
    public async Task A_threshold_that_was_lowered_is_told_of_when_it_is_reached()
    {
        await using var other = app.Fresh(("Shop:LowStockThreshold", "5"));
        var id = await other.Sell(stock: 6);
        await other.MoveStock(id, -1);
        await other.Dispatch();
        await using var lowered = other.WithWebHostBuilder(host => host.UseSetting("Shop:LowStockThreshold", "2"));
        Assert.Empty(await lowered.ClientFor("usr_admin", admin: true).Pages("/product/stock/low", limit: 100));
        await other.MoveStock(id, -1);
        Assert.Empty(await lowered.ClientFor("usr_admin", admin: true).Pages("/product/stock/low", limit: 100));
        Assert.Equal([5], await Told(other, id));
        other.Clock.Advance(TimeSpan.FromSeconds(1));
        await other.MoveStock(id, -2);
        await lowered.Dispatch();
        await lowered.Dispatch();
        Assert.Equal([5, 2], await Told(other, id));
    }

    [Fact]
    public async Task Several_dispatchers_at_once_tell_it_once()
    {
        var ids = new List<string>();
        for (var n = 0; n < 6; n++)
        {
            ids.Add(await app.Sell(stock: 6));
            for (var left = 0; left < 3; left++) await app.MoveStock(ids[n], -1);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Dispatch()));
        await app.Dispatch();
        foreach (var id in ids) Assert.Single(await Told(id));
    }

    [Fact]
    public async Task A_delivery_that_comes_between_is_seen()
    {
        await app.Dispatch();
        var id = await app.Sell(stock: 6);
        await app.MoveStock(id, -2);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeEachCommit = async writes =>
        {
            if (!writes.OfType<Adjust>().Any()) return;
            store.BeforeEachCommit = _ => Task.CompletedTask;
            await app.MoveStock(id, 10);
        };
        await watching.Dispatch();
        Assert.Empty(await Told(id));
    }

    [Fact]
    public async Task The_list_shows_what_is_low_now()
    {
        await using var shop = app.Fresh();
        var boots = await shop.Sell("Boots", sizes: "42:6,43:60");
        var ball = await shop.Sell("Ball", stock: 6);
        await shop.MoveStock(boots, -2, "42");
        await shop.Dispatch();
        var since = Text(shop);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.MoveStock(boots, -1, "42");
        await shop.MoveStock(ball, -6);

        // Nobody has dispatched the last falls: the list sees to it.
        (await shop.Admin.Get("/product/stock/low").ShouldBe(200)).ShouldRead(
            $$"""{"items":[{"productId":"{{boots}}","sku":"{{boots}}:42","size":"42","name":"Boots","available":3,"since":"{{since}}"},{"productId":"{{ball}}","sku":"{{ball}}","name":"Ball","available":0,"since":"{{Text(shop)}}"}],"count":2,"nextCursor":null}""");
        Assert.Equal([boots, ball], (await shop.Admin.Pages("/product/stock/low", limit: 1)).Select(low => low.Text("productId")));
        await shop.Admin.Get("/product/stock/low?limit=0").ShouldBeProblem(400, "validation_failed", "limit");
        await shop.Admin.Get("/product/stock/low?cursor=nonsense").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task What_is_not_sold_any_more_is_not_low()
    {
        var id = await app.Sell("Remnant", sizes: "M:6,S:6");
        foreach (var size in new[] { "M", "S" }) await app.MoveStock(id, -5, size);
        await app.Dispatch();
        Assert.Equal(2, (await app.Store.Get(Low(), id)).Count);
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        Assert.Empty(await Low(id));
        Assert.Empty(await app.Store.Get(Low(), id));
    }

    private static string Text(EcommerceApp shop) => $"{shop.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}";

    private static Query Low() => Api.Products.LowStock.LowSku.All with { Limit = 1_000 };

    private async Task Move(string id, long delta)
    {
        await app.MoveStock(id, delta);
        await app.Dispatch();
    }

    private Task<IReadOnlyList<long>> Told(string id) => Told(app, id);

    /// <summary>What was left each time that it was told.</summary>
    private static async Task<IReadOnlyList<long>> Told(EcommerceApp shop, string id) =>
        [.. (await shop.LoggedOf(id)).Where(logged => logged.Text("eventType") == "LowStock").Select(logged => logged.MapOrNull("metadata")!.Number("available"))];

    private async Task<IReadOnlyList<JsonElement>> Low(string id) =>
        [.. (await app.Admin.Pages("/product/stock/low", limit: 100)).Where(low => low.Text("productId") == id)];
}

internal static class LowStockItems
{
    /// <summary>What is kept of a product's low SKUs.</summary>
    public static async Task<IReadOnlyList<Item>> Get(this IStore store, Query low, string productId) =>
        [.. (await store.Query(low, TestContext.Current.CancellationToken)).Items.Where(item => item.Text("productId") == productId)];
}

public sealed class LowStockTests_on_Sqlite(SqliteApp app) : LowStockTests(app), IClassFixture<SqliteApp>;

public sealed class LowStockTests_on_DynamoDb(DynamoDbApp app) : LowStockTests(app), IClassFixture<DynamoDbApp>;
