using Ecommerce.Api.Products;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Products;

public abstract class StockTests(EcommerceApp app)
{
    [Fact]
    public async Task Stock_of_a_plain_product_is_one_sku()
    {
        var id = await app.Sell(stock: 7);
        (await app.Admin.Get($"/product/{id}/stock").ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","skus":[{"sku":"{{id}}","size":null,"available":7,"reserved":0}]}""");
    }

    [Fact]
    public async Task Stock_of_a_product_with_sizes_is_one_sku_each()
    {
        var id = await app.Sell(sizes: "L:0,M:5");
        (await app.Admin.Get($"/product/{id}/stock").ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","skus":[{"sku":"{{id}}:L","size":"L","available":0,"reserved":0},{"sku":"{{id}}:M","size":"M","available":5,"reserved":0}]}""");
    }

    [Fact]
    public async Task An_adjustment_answers_the_new_stock()
    {
        var id = await app.Sell(stock: 7);
        (await app.Admin.Post($"/product/{id}/stock", new { delta = -3, reason = "broken" }).ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","skus":[{"sku":"{{id}}","size":null,"available":4,"reserved":0}]}""");
        Assert.Equal(4, await Available(id));
    }

    [Fact]
    public async Task An_adjustment_of_one_size_leaves_the_others()
    {
        var id = await app.Sell(sizes: "L:1,M:5");
        (await app.Admin.Post($"/product/{id}/stock", new { delta = 2, reason = "delivery", size = "L" }).ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","skus":[{"sku":"{{id}}:L","size":"L","available":3,"reserved":0},{"sku":"{{id}}:M","size":"M","available":5,"reserved":0}]}""");
    }

    [Theory]
    [InlineData("""{"delta":0,"reason":"x"}""", "delta")]
    [InlineData("""{"reason":"x"}""", "delta")]
    [InlineData("""{"delta":1}""", "reason")]
    [InlineData("""{"delta":1,"reason":""}""", "reason")]
    [InlineData("""{"delta":1,"reason":"  "}""", "reason")]
    [InlineData("""{"delta":1,"reason":"a\u0007"}""", "reason")]
    [InlineData("""{"delta":1000000001,"reason":"x"}""", "delta")]
    [InlineData("""{"delta":-9223372036854775808,"reason":"x"}""", "delta")]
    public async Task An_adjustment_that_says_too_little_or_too_much_is_refused(string body, string field)
    {
        var id = await app.Sell(stock: 7);
        var before = await app.Holdings();
        await app.Admin.Post($"/product/{id}/stock", body).ShouldBeProblem(400, "validation_failed", field);
        Assert.Equal(before, await app.Holdings());
    }

    [Fact]
    public async Task Taking_more_than_there_is_is_refused_and_says_how_much_there_is()
    {
        var id = await app.Sell(sizes: "L:4,M:50");
        var before = await app.Holdings();
        foreach (var delta in new[] { -5, -1_000_000_000 })
        {
            var problem = await app.Admin.Post($"/product/{id}/stock", new { delta, reason = "broken", size = "L" }).ShouldBeProblem(409, "insufficient_stock");
            problem.GetProperty("problems").ShouldRead($$"""[{"productId":"{{id}}","size":"L","code":"insufficient_stock","available":4}]""");
        }

        Assert.Equal(before, await app.Holdings());
    }

    [Fact]
    public async Task The_size_must_be_one_the_product_comes_in()
    {
        var sized = await app.Sell(sizes: "M:5");
        var plain = await app.Sell(stock: 5);
        var before = await app.Holdings();
        await app.Admin.Post($"/product/{sized}/stock", new { delta = 1, reason = "x" }).ShouldBeProblem(400, "size_required");
        foreach (var size in new[] { "S", "m", "", "-", "M#" })
            await app.Admin.Post($"/product/{sized}/stock", new { delta = 1, reason = "x", size }).ShouldBeProblem(400, "unknown_size");
        foreach (var size in new[] { "M", "-" })
            await app.Admin.Post($"/product/{plain}/stock", new { delta = 1, reason = "x", size }).ShouldBeProblem(400, "unknown_size");
        Assert.Equal(before, await app.Holdings());
    }

    [Fact]
    public async Task The_list_shows_a_product_in_stock_from_its_first_unit_to_its_last()
    {
        var id = await app.Sell(category: "flip");
        Assert.False(await Listed("flip"));
        await app.MoveStock(id, 2);
        Assert.True(await Listed("flip"));
        await app.MoveStock(id, -1);
        Assert.True(await Listed("flip"));
        await app.MoveStock(id, -1);
        Assert.False(await Listed("flip"));
        Assert.Empty((await app.Anonymous.Get("/product?category=flip&inStock=true").ShouldBe(200)).Items());
        Assert.Single((await app.Anonymous.Get("/product?category=flip&inStock=false").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task A_product_with_sizes_is_in_stock_while_any_size_is()
    {
        var id = await app.Sell(category: "sized-flip", sizes: "S:1,M:1,L:0");
        Assert.True(await Listed("sized-flip"));
        await app.MoveStock(id, -1, "S");
        Assert.True(await Listed("sized-flip"));
        await app.MoveStock(id, -1, "M");
        Assert.False(await Listed("sized-flip"));
        await app.MoveStock(id, 9, "L");
        Assert.True(await Listed("sized-flip"));
    }

    [Fact]
    public async Task Thirty_takers_of_ten_units_get_ten_and_leave_the_product_sold_out()
    {
        var id = await app.Sell(stock: 10, category: "takers");
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => app.Admin.Post($"/product/{id}/stock", new { delta = -1, reason = "x" })));
        Assert.Equal([.. Enumerable.Repeat(200, 10), .. Enumerable.Repeat(409, 20)], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal(0, await Available(id));
        Assert.False(await Listed("takers"));
    }

    [Fact]
    public async Task An_adjustment_and_its_event_are_one_commit()
    {
        var id = await app.Sell(sizes: "M:5");
        var (watching, store) = app.Watched();
        await using var _ = watching;
        await watching.ClientFor("usr_boss", admin: true).Post($"/product/{id}/stock", new { delta = -2, reason = " moths ", size = "M" }).ShouldBe(200);
        Assert.Equal(["EventLogs", "Inventory"], Assert.Single(store.Commits).Select(write => write.Key.Table.Name));

        var logged = (await app.LoggedOf(id)).Single(e => e.Text("eventType") == "StockAdjusted");
        Assert.Equal(
            new Item { ["productId"] = id, ["sku"] = $"{id}:M", ["delta"] = -2, ["reason"] = "moths", ["actor"] = "usr_boss" },
            logged.MapOrNull("metadata"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(-5)]
    public async Task Stock_moved_of_a_product_that_is_being_deleted_is_not_found_and_not_logged(long delta)
    {
        var id = await app.Sell(stock: 5);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeTheNextCommit(async () => await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204));
        await watching.ClientFor("usr_boss", admin: true).Post($"/product/{id}/stock", new { delta, reason = "late" }).ShouldBeProblem(404, "not_found");
        Assert.DoesNotContain(await app.LoggedOf(id), e => e.Text("eventType") == "StockAdjusted");
        Assert.Null(await app.Store.Get(new Sku(id, null).Key, consistent: true, TestContext.Current.CancellationToken));
    }

    private async Task<long> Available(string id) => (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).GetProperty("available").GetInt64();

    private async Task<bool> Listed(string category) =>
        Assert.Single((await app.Anonymous.Get($"/product?category={category}").ShouldBe(200)).Items()).GetProperty("inStock").GetBoolean();
}

public sealed class StockTests_on_Sqlite(SqliteApp app) : StockTests(app), IClassFixture<SqliteApp>;

public sealed class StockTests_on_DynamoDb(DynamoDbApp app) : StockTests(app), IClassFixture<DynamoDbApp>;
