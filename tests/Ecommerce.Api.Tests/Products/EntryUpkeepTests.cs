using Ecommerce.Api.Events;
using Ecommerce.Api.Products;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Products.Audit;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Products;

/// <summary>What the lists of a tag and of a search know of stock.</summary>
public abstract class EntryUpkeepTests(EcommerceApp app)
{
    [Fact]
    public async Task The_last_unit_is_seen_in_every_list_when_it_goes_and_when_it_comes_back()
    {
        var id = await app.Sell("Flipper", stock: 2, tags: ["flipping"]);
        await ShouldBeInStock("flipp", true);
        await app.MoveStock(id, -1);
        await ShouldBeInStock("flipp", true);
        await app.MoveStock(id, -1);
        await ShouldBeInStock("flipp", false);
        await app.MoveStock(id, 5);
        await ShouldBeInStock("flipp", true);
    }

    [Fact]
    public async Task A_product_in_sizes_is_sold_out_with_the_last_of_them_and_back_with_the_first()
    {
        var id = await app.Sell("Sizer", sizes: "S:1,M:1,L:0", tags: ["sizing"]);
        await app.MoveStock(id, -1, "S");
        await ShouldBeInStock("sizi", true);
        await app.MoveStock(id, -1, "M");
        await ShouldBeInStock("sizi", false);
        await app.MoveStock(id, 3, "L");
        await ShouldBeInStock("sizi", true);
        await app.MoveStock(id, 3, "M");
        await ShouldBeInStock("sizi", true);
    }

    [Fact]
    public async Task Buying_the_last_units_of_several_products_is_seen_and_so_is_their_return()
    {
        var (_, customer) = app.Customer();
        for (var n = 0; n < 4; n++)
            await customer.AddToCart(await app.Sell($"Bought{n} {string.Join(' ', Enumerable.Range(0, 10).Select(w => $"word{w}"))}", stock: 1, tags: [$"buying{n}"]));
        var order = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        for (var n = 0; n < 4; n++) await ShouldBeInStock($"buying{n}", false);
        await customer.Post($"/order/{order}/cancel").ShouldBe(200);
        for (var n = 0; n < 4; n++) await ShouldBeInStock($"buying{n}", true);
    }

    [Fact]
    public async Task A_hold_that_is_given_back_leaves_the_product_in_stock()
    {
        var id = await app.Sell("Returner", stock: 2, tags: ["returning"]);
        var (buyer, rival) = (app.Customer().Client, app.Customer().Client);
        await buyer.AddToCart(id);
        await rival.AddToCart(id);
        await buyer.CheckOut().ShouldBe(201);
        var pending = (await rival.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        await ShouldBeInStock("return", false);
        await rival.Post($"/order/{pending}/cancel").ShouldBe(200);
        await ShouldBeInStock("return", true);
    }

    [Fact]
    public async Task A_declined_card_for_the_last_unit_writes_no_entries()
    {
        var id = await app.Sell("Wanted", stock: 1, tags: ["wanting"]);
        await app.Dispatch();
        var customer = app.Customer();
        await customer.Client.AddToCart(id);
        await customer.Client.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        Assert.Empty(await EntriesWritten());
        await ShouldBeInStock("want", true);
    }

    [Fact]
    public async Task A_move_that_takes_no_last_unit_writes_no_entries()
    {
        var id = await app.Sell("Steady", stock: 5);
        await app.MoveStock(id, -4);
        Assert.Empty(await EntriesWritten());
    }

    [Fact]
    public async Task Entries_that_cannot_be_written_hold_up_nobody_and_are_written_the_next_time()
    {
        var id = await app.Sell("Hapless", stock: 1, tags: ["luckless"]);
        await app.Dispatch();
        await app.MoveStock(id, -1);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeEachCommit = writes => writes.OfType<Check>().Any() ? throw new StoreUnavailableException("No entries today.") : Task.CompletedTask;
        Assert.Equal(1, (await watching.Dispatch()).Failed);
        Assert.False((await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).GetProperty("inStock").GetBoolean());
        await ShouldBeInStock("luckless", false);
    }

    [Fact]
    public async Task A_product_that_changes_under_every_attempt_counts_as_a_try_and_keeps_nothing_from_the_others()
    {
        await using var shop = app.Fresh();
        var id = await shop.Sell("Restless", stock: 1, tags: ["restive"]);
        await shop.Dispatch();
        await shop.MoveStock(id, -1);
        var (watching, store) = shop.Watched();
        await using var _ = watching;
        store.BeforeEachCommit = writes => writes.OfType<Check>().Any() ? shop.Write(new Adjust(Tables.Products.Key(id), new Delta(ProductItems.SoldOut, 0))) : Task.CompletedTask;
        Assert.Equal(1, (await watching.Dispatch()).Failed);
        var progress = await Progress();
        Assert.Equal((1, "shelves: ContentionException"), (progress.Tries, progress.Error?[.."shelves: ContentionException".Length]));
        Assert.Equal(["ledger", "lowStock"], progress.ToldTo.Intersect(["ledger", "shelves", "lowStock"]));
        Assert.Equal([1, -1], (await shop.LedgerOf(id)).Select(line => line.Number("delta")));

        store.BeforeEachCommit = _ => Task.CompletedTask;
        shop.Clock.Advance(Backoff.After(1));
        Assert.Equal(0, (await watching.Dispatch()).Failed);
        Assert.Equal(EventState.Done, (await Progress()).State);

        async Task<EntryProgress> Progress() =>
            EntryProgress.Of((await shop.Logged()).Single(entry => entry.List("events")[0].AsMap.Text("eventType") == nameof(EventType.StockAdjusted)));
    }

    [Fact]
    public async Task An_edit_that_comes_between_is_not_undone()
    {
        var id = await app.Sell("Beforehand", stock: 1, tags: ["interposed"]);
        await app.MoveStock(id, -1);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeEachCommit = async writes =>
        {
            if (!writes.OfType<Check>().Any()) return;
            store.BeforeEachCommit = _ => Task.CompletedTask;
            await app.Admin.Put($"/product/{id}", new { name = "Afterwards", price = 5, tags = new List<string> { "interposed" } }).ShouldBe(200);
        };

        await watching.Dispatch();
        await ShouldBeInStock("interpo", false);
        Assert.Empty((await app.Anonymous.Get("/product?q=beforehand").ShouldBe(200)).Items());
        Assert.Equal("Afterwards", Assert.Single((await app.Anonymous.Get("/product?tag=interposed").ShouldBe(200)).Items()).Text("name"));
    }

    [Fact]
    public async Task After_many_moves_at_once_every_list_agrees_with_the_product()
    {
        var id = await app.Sell("Turmoil", stock: 1, tags: ["tumult"]);
        for (var round = 0; round < 3; round++)
        {
            var moves = Enumerable.Range(0, 16).Select(n => app.Admin.Post($"/product/{id}/stock", new { delta = n % 2 == 0 ? -1 : 1, reason = "turmoil" }));
            Assert.All(await Task.WhenAll(moves), answer => Assert.True((int)answer.StatusCode is 200 or 409));
            await ShouldBeInStock("tumul", (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).GetProperty("inStock").GetBoolean());
        }
    }

    /// <summary>What a pass of the dispatcher writes of entries.</summary>
    private async Task<IReadOnlyList<Write>> EntriesWritten()
    {
        var (watching, store) = app.Watched();
        await using var _ = watching;
        await watching.Dispatch();
        return [.. store.Commits.SelectMany(commit => commit).Where(write => write.Key.Table == Tables.Products)];
    }

    private async Task ShouldBeInStock(string q, bool inStock)
    {
        await app.Dispatch();
        var found = Assert.Single((await app.Anonymous.Get($"/product?q={q}").ShouldBe(200)).Items());
        var tag = found.GetProperty("tags")[0].GetString();
        foreach (var query in new[] { $"q={q}", $"tag={tag}", $"q={q}&sort=price", $"q={q}&inStock={inStock}", $"tag={tag}&inStock={inStock}" })
        {
            var item = Assert.Single((await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items());
            Assert.Equal((query, inStock), (query, item.GetProperty("inStock").GetBoolean()));
        }

        foreach (var query in new[] { $"q={q}&inStock={!inStock}", $"tag={tag}&inStock={!inStock}" })
            Assert.Empty((await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items());
    }
}

public sealed class EntryUpkeepTests_on_Sqlite(SqliteApp app) : EntryUpkeepTests(app), IClassFixture<SqliteApp>;

public sealed class EntryUpkeepTests_on_DynamoDb(DynamoDbApp app) : EntryUpkeepTests(app), IClassFixture<DynamoDbApp>;
