using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

public abstract class EditProductTests(EcommerceApp app)
{
    private const string Unknown = "/product/prod_00000000000000000000000000";

    [Fact]
    public async Task An_edit_answers_the_whole_product_with_stock_and_sizes_as_they_were()
    {
        using var fresh = app.Fresh();
        var id = await fresh.Sell("Shirt", 89, category: "shirts", tags: ["old"], sizes: "M:5,S:0", attributes: new { colour = "red" });
        fresh.Clock.Advance(TimeSpan.FromMinutes(1));

        var response = await fresh.Admin.Put($"/product/{id}", new { name = "Jersey", price = 79.9m, description = "Light", stock = 1000, sizes = Goods.Sizes("XL:3") });
        var edited = await response.ShouldBe(200);
        edited.ShouldRead(
            $$"""{"productId":"{{id}}","name":"Jersey","label":"Jersey","price":79.9,"currency":"USD","category":null,"tags":[],"description":"Light","imageUrl":null,"inStock":true,"attributes":{},"sizes":[{"size":"M","available":5},{"size":"S","available":0}],"available":5,"createdAt":"2036-01-31T12:00:00.250Z","updatedAt":"2036-01-31T12:01:00.250Z"}""");

        var read = await fresh.Anonymous.Get($"/product/{id}");
        (await read.ShouldBe(200)).ShouldRead(edited.GetRawText());
        Assert.Equal(response.Headers.ETag, read.Headers.ETag);
        Assert.Empty((await fresh.Anonymous.Get("/product?category=shirts").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task An_edit_changes_the_entity_tag_and_a_stock_move_does_not()
    {
        var id = await app.Sell(stock: 1);
        var first = await Etag(id);
        await app.MoveStock(id, -1);
        await app.MoveStock(id, 4);
        Assert.Equal(first, await Etag(id));
        await app.Reprice(id, 13);
        Assert.NotEqual(first, await Etag(id));
    }

    [Fact]
    public async Task An_edit_of_what_was_read_is_made_and_of_an_older_state_is_not()
    {
        var id = await app.Sell("Bowl", 10, stock: 3);
        var etag = await Etag(id);
        var edited = await app.Admin.Put($"/product/{id}", new { name = "Bowl", price = 11 }, ("If-Match", etag));
        await edited.ShouldBe(200);
        var before = await app.Holdings();
        foreach (var stale in new[] { etag, $"W/{edited.Headers.ETag}", "\"other\"", "not an etag" })
            await app.Admin.Put($"/product/{id}", new { name = "Bowl", price = 12 }, ("If-Match", stale)).ShouldBeProblem(412, "precondition_failed");
        Assert.Equal(before, await app.Holdings());

        await app.Admin.Put($"/product/{id}", new { name = "Bowl", price = 13 }, ("If-Match", $"\"x\", {edited.Headers.ETag}")).ShouldBe(200);
        await app.Admin.Put($"/product/{id}", new { name = "Bowl", price = 14 }, ("If-Match", "*")).ShouldBe(200);
    }

    [Fact]
    public async Task Of_two_edits_of_the_same_state_one_is_made()
    {
        var id = await app.Sell("Bowl", 10);
        var etag = await Etag(id);
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => app.Admin.Put($"/product/{id}", new { name = "Bowl", price = 10 + n }, ("If-Match", etag))));
        Assert.Equal([200, .. Enumerable.Repeat(412, 7)], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal(2, (await app.LoggedOf(id)).Count);
    }

    [Fact]
    public async Task An_edit_that_meets_a_stock_move_loses_neither()
    {
        var id = await app.Sell("Bowl", 10, stock: 3, category: "meeting");
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeTheNextCommit(() => app.MoveStock(id, -3));

        var edited = await watching.ClientFor("usr_boss", admin: true).Put($"/product/{id}", new { name = "Dish", price = 10, category = "meeting" }).ShouldBe(200);
        Assert.Equal(("Dish", false), (edited.Text("name"), edited.GetProperty("inStock").GetBoolean()));
        var listed = Assert.Single((await app.Anonymous.Get("/product?category=meeting").ShouldBe(200)).Items());
        Assert.Equal(("Dish", false), (listed.Text("name"), listed.GetProperty("inStock").GetBoolean()));
    }

    [Fact]
    public async Task Edits_racing_with_stock_moves_lose_nothing()
    {
        var id = await app.Sell("Bowl", 10, stock: 1, category: "race");
        async Task Edit()
        {
            for (var n = 1; n <= 15; n++)
                await app.Admin.Put($"/product/{id}", new { name = $"Bowl {n}", price = 10, category = "race" }).ShouldBe(200);
        }

        async Task Move()
        {
            for (var n = 0; n < 15; n++)
            {
                await app.MoveStock(id, -1);
                await app.MoveStock(id, 1);
            }

            await app.MoveStock(id, 41);
        }

        await Task.WhenAll(Edit(), Move());

        var product = await app.Anonymous.Get($"/product/{id}").ShouldBe(200);
        Assert.Equal(("Bowl 15", 42), (product.Text("name"), product.GetProperty("available").GetInt64()));
        Assert.True(Assert.Single((await app.Anonymous.Get("/product?category=race").ShouldBe(200)).Items()).GetProperty("inStock").GetBoolean());
        Assert.Equal(1 + 15 + 31, (await app.LoggedOf(id)).Count);
    }

    [Fact]
    public async Task Simultaneous_edits_without_a_condition_are_all_made()
    {
        var id = await app.Sell("Bowl", 10);
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => app.Admin.Put($"/product/{id}", new { name = "Bowl", price = 10 + n })));
        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Equal("\"21\"", await Etag(id));
    }

    [Fact]
    public async Task An_edit_its_entries_and_its_event_are_one_commit()
    {
        var id = await app.Sell("Bowl", 10);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        await watching.ClientFor("usr_boss", admin: true).Put($"/product/{id}", new { name = "Dish", price = 12.5m }).ShouldBe(200);
        Assert.Equal(
            [$"Products/{id}", $"Products/{id}#word#dish", $"Products/{id}#word#bowl", "EventLogs"],
            Assert.Single(store.Commits).Select(write => write.Key.Table == Tables.Products ? $"{write.Key}" : write.Key.Table.Name));
        var logged = (await app.LoggedOf(id)).Single(e => e.Text("eventType") == "ProductChanged");
        Assert.Equal(("Dish", 1250), (logged.MapOrNull("metadata")!.Text("name"), logged.MapOrNull("metadata")!.Number("price")));
    }

    [Fact]
    public async Task An_edit_must_fit_as_a_new_product_must()
    {
        var id = await app.Sell("Shirt", 89, category: "kits", attributes: new { team = "Rovers", side = "Home", season = "2025" });
        var before = await app.Holdings();
        await app.Admin.Put($"/product/{id}", new { name = "Shirt", price = 89, category = "kits", attributes = new { team = "Rovers" } })
            .ShouldBeProblem(400, "validation_failed", "attributes.side", "attributes.season");
        await app.Admin.Put($"/product/{id}", new { price = 89 }).ShouldBeProblem(400, "validation_failed", "name");
        Assert.Equal(before, await app.Holdings());
    }

    [Fact]
    public async Task A_product_nobody_sells_is_not_found()
    {
        await app.Anonymous.Get(Unknown).ShouldBeProblem(404, "not_found");
        await app.Admin.Put(Unknown, new { name = "Bowl", price = 1 }).ShouldBeProblem(404, "not_found");
        await app.Admin.Delete(Unknown).ShouldBeProblem(404, "not_found");
        await app.Admin.Get($"{Unknown}/stock").ShouldBeProblem(404, "not_found");
        await app.Admin.Post($"{Unknown}/stock", new { delta = 1, reason = "test" }).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_deleted_product_is_gone_with_its_stock_and_listed_nowhere()
    {
        var id = await app.Sell("Bowl", 10, stock: 4, category: "doomed");
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        await app.Anonymous.Get($"/product/{id}").ShouldBeProblem(404, "not_found");
        await app.Admin.Delete($"/product/{id}").ShouldBeProblem(404, "not_found");
        await app.Admin.Get($"/product/{id}/stock").ShouldBeProblem(404, "not_found");
        await app.Admin.Post($"/product/{id}/stock", new { delta = 1, reason = "test" }).ShouldBeProblem(404, "not_found");
        foreach (var sort in new[] { "newest", "price", "-price", "name" })
            Assert.Empty((await app.Anonymous.Get($"/product?category=doomed&sort={sort}").ShouldBe(200)).Items());
        var logged = (await app.LoggedOf(id))[^1];
        Assert.Equal(("ProductChanged", true), (logged.Text("eventType"), logged.MapOrNull("metadata")!.Flag("deleted")));
    }

    [Fact]
    public async Task A_deletion_of_an_older_state_is_refused()
    {
        var id = await app.Sell("Bowl", 10);
        var etag = await Etag(id);
        await app.Reprice(id, 11);
        var before = await app.Holdings();
        await app.Admin.Delete($"/product/{id}", ("If-Match", etag)).ShouldBeProblem(412, "precondition_failed");
        Assert.Equal(before, await app.Holdings());
        await (await app.Admin.Delete($"/product/{id}", ("If-Match", await Etag(id)))).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task A_deleted_product_stays_in_the_cart_as_unavailable()
    {
        var (_, customer) = app.Customer();
        var id = await app.Sell("Bowl", 10, stock: 4);
        await customer.Post("/cart", new { productId = id, quantity = 2 }).ShouldBe(200);
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        (await customer.Get("/cart").ShouldBe(200)).ShouldRead(
            $$"""{"items":[{"productId":"{{id}}","name":"Bowl","label":"Bowl","qty":2,"price":10,"lineTotal":0,"imageUrl":null,"available":0,"priceChanged":false}],"count":1,"totalAmount":0,"currency":"USD"}""");
    }

    [Fact]
    public async Task A_deleted_product_blocks_the_checkout_of_its_cart_by_name()
    {
        var (_, customer) = app.Customer();
        var (bowl, dish) = (await app.Sell("Bowl", 10, stock: 4), await app.Sell("Dish", 5, stock: 4));
        await customer.AddToCart(bowl);
        await customer.AddToCart(dish);
        await (await app.Admin.Delete($"/product/{bowl}")).ShouldBeEmpty(204);
        var refused = await customer.CheckOut().ShouldBeProblem(409, "product_unavailable");
        Assert.Equal("No longer sold: 'Bowl'. Problems names the lines.", refused.Text("detail"));
        refused.GetProperty("problems").ShouldRead($$"""[{"productId":"{{bowl}}","code":"product_unavailable"}]""");
        await (await customer.Delete($"/cart/{bowl}")).ShouldBeEmpty(204);
        await customer.CheckOut().ShouldBe(201);
    }

    [Fact]
    public async Task A_product_deleted_under_a_checkout_is_named_too()
    {
        var (userId, customer) = app.Customer();
        var bowl = await app.Sell("Bowl", 10, stock: 4);
        await customer.AddToCart(bowl);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeTheNextCommit(async () => await (await app.Admin.Delete($"/product/{bowl}")).ShouldBeEmpty(204));
        var refused = await watching.ClientFor(userId).CheckOut().ShouldBeProblem(409, "product_unavailable");
        Assert.Contains("'Bowl'", refused.Text("detail"));
    }

    private async Task<string> Etag(string id)
    {
        var response = await app.Anonymous.Get($"/product/{id}");
        Assert.Equal(JsonValueKind.Object, (await response.ShouldBe(200)).ValueKind);
        return response.Headers.ETag!.ToString();
    }
}

public sealed class EditProductTests_on_Sqlite(SqliteApp app) : EditProductTests(app), IClassFixture<SqliteApp>;

public sealed class EditProductTests_on_DynamoDb(DynamoDbApp app) : EditProductTests(app), IClassFixture<DynamoDbApp>;
