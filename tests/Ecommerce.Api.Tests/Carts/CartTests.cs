using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Carts;

public abstract class CartTests(EcommerceApp app)
{
    private const string Empty = """{"items":[],"count":0,"totalAmount":0,"currency":"USD"}""";
    private const string NoProduct = "prod_00000000000000000000000000";

    private readonly HttpClient _me = app.Customer().Client;

    [Fact]
    public async Task A_new_cart_is_empty() => (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);

    [Fact]
    public async Task A_line_is_shown_beside_its_product()
    {
        var bowl = await app.Sell("Bowl", 12.99m, 10);
        var shirt = await app.Sell("Shirt", 89.5m, category: "kits", sizes: "M:5,S:0", attributes: new { team = "Rovers", side = "Home", season = "2025" });
        (await Add(bowl, 3)).ShouldRead($$"""{"message":"Added to cart","productId":"{{bowl}}","qty":3}""");
        (await Add(shirt, 1, "S")).ShouldRead($$"""{"message":"Added to cart","productId":"{{shirt}}","qty":1}""");
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(
            $$"""{"items":[{"productId":"{{bowl}}","name":"Bowl","label":"Bowl","qty":3,"price":12.99,"lineTotal":38.97,"imageUrl":null,"available":10,"priceChanged":false},{"productId":"{{shirt}}","size":"S","name":"Shirt","label":"Rovers Home 2025","qty":1,"price":89.5,"lineTotal":89.5,"imageUrl":null,"available":0,"priceChanged":false}],"count":2,"totalAmount":128.47,"currency":"USD"}""");
    }

    [Fact]
    public async Task The_same_product_and_size_add_up_and_other_sizes_do_not()
    {
        var id = await app.Sell(sizes: "M:5,S:5");
        Assert.Equal(2, (await Add(id, 2, "M")).GetProperty("qty").GetInt32());
        Assert.Equal(4, (await Add(id, 4, "S")).GetProperty("qty").GetInt32());
        Assert.Equal(5, (await Add(id, 3, "M")).GetProperty("qty").GetInt32());
        Assert.Equal([("M", 5), ("S", 4)], (await Lines()).Select(line => (line.Text("size"), line.GetProperty("qty").GetInt32())));
    }

    [Fact]
    public async Task A_line_holds_ninety_nine_and_no_more()
    {
        var id = await app.Sell(price: 99_999_999.99m);
        await Add(id, 98);
        await _me.Post("/cart", new { productId = id, quantity = 2 }).ShouldBeProblem(409, "quantity_limit");
        Assert.Equal(99, (await Add(id, 1)).GetProperty("qty").GetInt32());
        await _me.Post("/cart", new { productId = id, quantity = 99 }).ShouldBeProblem(409, "quantity_limit");
        Assert.Equal(9_899_999_999.01m, (await _me.Get("/cart").ShouldBe(200)).GetProperty("totalAmount").GetDecimal());
    }

    [Fact]
    public async Task A_cart_has_fifty_lines_and_no_more()
    {
        var sizes = Enumerable.Range(1, 50).Select(n => $"EU {n}").ToList();
        var boot = await app.Sell("Boot", 1.01m, sizes: string.Join(',', sizes.Select(size => $"{size}:1")));
        var bowl = await app.Sell();
        foreach (var size in sizes) await Add(boot, 2, size);
        await _me.Post("/cart", new { productId = bowl, quantity = 1 }).ShouldBeProblem(409, "cart_full");
        Assert.Equal(3, (await Add(boot, 1, "EU 50")).GetProperty("qty").GetInt32());
        var cart = await _me.Get("/cart").ShouldBe(200);
        Assert.Equal((50, 102.01m), (cart.GetProperty("count").GetInt32(), cart.GetProperty("totalAmount").GetDecimal()));
        await (await _me.Delete($"/cart/{boot}?size=EU%207")).ShouldBeEmpty(204);
        await Add(bowl, 1);
    }

    [Fact]
    public async Task The_size_must_be_one_the_product_comes_in()
    {
        var sized = await app.Sell(sizes: "M:5");
        var plain = await app.Sell(stock: 5);
        await _me.Post("/cart", new { productId = sized, quantity = 1 }).ShouldBeProblem(400, "size_required");
        foreach (var size in new[] { "m", "", "-", "M#", new string('x', 5_000) })
            await _me.Post("/cart", new { productId = sized, quantity = 1, size }).ShouldBeProblem(400, "unknown_size");
        foreach (var size in new[] { "M", "-" })
            await _me.Post("/cart", new { productId = plain, quantity = 1, size }).ShouldBeProblem(400, "unknown_size");
        await _me.Put($"/cart/{sized}", new { quantity = 1 }).ShouldBeProblem(400, "size_required");
        await _me.Put($"/cart/{sized}", new { quantity = 1, size = "XS" }).ShouldBeProblem(400, "unknown_size");
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Theory]
    [InlineData(NoProduct)]
    [InlineData("")]
    [InlineData("bowl")]
    [InlineData("ord_00000000000000000000000000")]
    [InlineData("PROD_00000000000000000000000000")]
    [InlineData("prod_0000000000000000000000000#")]
    [InlineData("prod_0000000000000000000000000\u0001")]
    [InlineData("prod_0000000000000000000000000é")]
    public async Task A_product_nobody_sells_cannot_be_added(string productId)
    {
        await _me.Post("/cart", new { productId, quantity = 1 }).ShouldBeProblem(404, "product_not_found");
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public async Task Setting_a_line_answers_it()
    {
        var id = await app.Sell("Bowl", 12.99m, 10);
        await Add(id, 3);
        (await _me.Put($"/cart/{id}", new { quantity = 5 }).ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","name":"Bowl","label":"Bowl","qty":5,"price":12.99,"lineTotal":64.95,"imageUrl":null,"available":10,"priceChanged":false}""");
        Assert.Equal(5, Assert.Single(await Lines()).GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task Setting_a_line_to_zero_removes_it()
    {
        var id = await app.Sell("Shirt", 20, sizes: "M:5,S:5");
        await Add(id, 3, "M");
        await Add(id, 1, "S");
        (await _me.Put($"/cart/{id}", new { quantity = 0, size = "M" }).ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","size":"M","name":"Shirt","label":"Shirt","qty":0,"price":20,"lineTotal":0,"imageUrl":null,"available":5,"priceChanged":false}""");
        Assert.Equal("S", Assert.Single(await Lines()).Text("size"));
        await _me.Put($"/cart/{id}", new { quantity = 0, size = "M" }).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_line_that_is_not_there_cannot_be_set()
    {
        var id = await app.Sell();
        await _me.Put($"/cart/{id}", new { quantity = 1 }).ShouldBeProblem(404, "not_found");
        await _me.Put($"/cart/{NoProduct}", new { quantity = 1 }).ShouldBeProblem(404, "not_found");
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public async Task A_changed_price_is_told_and_counted_until_the_line_is_set_again()
    {
        var id = await app.Sell("Bowl", 10, 5);
        await Add(id, 2);
        await app.Reprice(id, 12.5m, "Dish");
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(
            $$"""{"items":[{"productId":"{{id}}","name":"Dish","label":"Dish","qty":2,"price":12.5,"lineTotal":25,"imageUrl":null,"available":5,"priceChanged":true}],"count":1,"totalAmount":25,"currency":"USD"}""");

        (await _me.Put($"/cart/{id}", new { quantity = 2 }).ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","name":"Dish","label":"Dish","qty":2,"price":12.5,"lineTotal":25,"imageUrl":null,"available":5,"priceChanged":false}""");
        Assert.False(Assert.Single(await Lines()).GetProperty("priceChanged").GetBoolean());
    }

    [Fact]
    public async Task A_deleted_product_cannot_be_set_but_can_be_removed()
    {
        var id = await app.Sell("Bowl", 10, 5);
        await Add(id, 2);
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        await _me.Put($"/cart/{id}", new { quantity = 1 }).ShouldBeProblem(404, "product_not_found");
        Assert.Equal((2, 0), Assert.Single(await Lines()) is var line ? (line.GetProperty("qty").GetInt32(), line.GetProperty("available").GetInt32()) : default);
        var removed = await _me.Put($"/cart/{id}", new { quantity = 0 }).ShouldBe(200);
        Assert.Equal((0, "Bowl"), (removed.GetProperty("qty").GetInt32(), removed.Text("label")));
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public async Task A_line_is_deleted_by_its_size_or_in_every_size()
    {
        var id = await app.Sell(sizes: "L:1,M:5,S:5");
        foreach (var size in new[] { "L", "M", "S" }) await Add(id, 1, size);
        await (await _me.Delete($"/cart/{id}?size=M")).ShouldBeEmpty(204);
        Assert.Equal(["L", "S"], (await Lines()).Select(line => line.Text("size")));
        await _me.Delete($"/cart/{id}?size=M").ShouldBeProblem(404, "not_found");
        await _me.Delete($"/cart/{id}?size=XXL").ShouldBeProblem(404, "not_found");
        await (await _me.Delete($"/cart/{id}")).ShouldBeEmpty(204);
        await _me.Delete($"/cart/{id}").ShouldBeProblem(404, "not_found");
        (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public async Task An_empty_size_is_none()
    {
        var id = await app.Sell();
        await Add(id, 1);
        await (await _me.Delete($"/cart/{id}?size=")).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task Clearing_empties_a_cart_also_an_empty_one()
    {
        await Add(await app.Sell(), 1);
        await Add(await app.Sell(), 1);
        for (var n = 0; n < 2; n++)
        {
            (await _me.Delete("/cart").ShouldBe(200)).ShouldRead("""{"message":"Cart cleared successfully"}""");
            (await _me.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
        }
    }

    [Fact]
    public async Task Each_person_has_a_cart_of_their_own()
    {
        var other = app.Customer().Client;
        var id = await app.Sell();
        await Add(id, 3);
        (await other.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
        await other.Post("/cart", new { productId = id, quantity = 1, userId = "usr_goods1", owner = "usr_goods1" }).ShouldBe(200);
        await other.Delete("/cart").ShouldBe(200);
        Assert.Equal(3, Assert.Single(await Lines()).GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task Twenty_adds_at_once_are_twenty()
    {
        var id = await app.Sell();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _me.Post("/cart", new { productId = id, quantity = 1 })));
        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        var told = await Task.WhenAll(answers.Select(answer => answer.ShouldBe(200)));
        Assert.Equal(Enumerable.Range(1, 20), told.Select(body => body.GetProperty("qty").GetInt32()).Order());
        Assert.Equal(20, Assert.Single(await Lines()).GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task Ten_products_added_at_once_are_ten_lines()
    {
        var ids = new List<string>();
        for (var n = 0; n < 10; n++) ids.Add(await app.Sell());
        await Task.WhenAll(ids.Select(id => Add(id, 2)));
        Assert.Equal(ids.Order(), (await Lines()).Select(line => line.Text("productId")).Order());
    }

    [Fact]
    public async Task Who_says_who_they_are_must_prove_it()
    {
        var id = await app.Sell();
        var guest = await app.NewGuest((id, 1, null));
        var before = await app.Holdings();
        foreach (var authorization in new[] { "Bearer nonsense", "Bearer", "Basic dXNlcjpwYXNz" })
        {
            using var client = app.Client();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
            client.DefaultRequestHeaders.Add(Guests.Header, guest);
            await client.Get("/cart").ShouldBeProblem(401, "unauthorized");
            await client.Post("/cart", new { productId = id, quantity = 1 }).ShouldBeProblem(401, "unauthorized");
            await client.Post("/cart", "{").ShouldBeProblem(401, "unauthorized");
            await client.Put($"/cart/{id}", new { quantity = 1 }).ShouldBeProblem(401, "unauthorized");
            await client.Delete($"/cart/{id}").ShouldBeProblem(401, "unauthorized");
            await client.Delete("/cart").ShouldBeProblem(401, "unauthorized");
        }

        Assert.Equal(before, await app.Holdings());
    }

    private Task<JsonElement> Add(string productId, int quantity, string? size = null) =>
        _me.Post("/cart", new { productId, quantity, size }).ShouldBe(200);

    private async Task<List<JsonElement>> Lines() => [.. (await _me.Get("/cart").ShouldBe(200)).Items()];
}

public sealed class CartTests_on_Sqlite(SqliteApp app) : CartTests(app), IClassFixture<SqliteApp>;

public sealed class CartTests_on_DynamoDb(DynamoDbApp app) : CartTests(app), IClassFixture<DynamoDbApp>;
