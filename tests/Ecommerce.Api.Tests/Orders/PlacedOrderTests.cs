using System.Text.Json;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Orders that are placed first and bought later.</summary>
public abstract class PlacedOrderTests(EcommerceApp app)
{
    [Fact]
    public async Task An_order_is_placed_at_present_prices_and_holds_nothing()
    {
        var bowl = await app.Product(stock: 5, price: 12.99m);
        var customer = app.Customer().Client;
        await customer.AddToCart(bowl);

        var response = await customer.Post("/order", Shopping.Lines((bowl, 2, null)));

        var placed = await response.ShouldBe(201);
        Assert.Equal($"/order/{placed.Text("orderId")}", response.Headers.Location?.ToString());
        Assert.Equal(["orderId", "status", "items", "totalAmount", "currency", "createdAt"], placed.Names());
        Assert.Equal(("CREATED", "25.98", "USD"), (placed.Text("status"), placed.GetProperty("totalAmount").GetRawText(), placed.Text("currency")));
        Assert.Equal(
            $$"""[{"productId":"{{bowl}}","name":"Protein Bowl","label":"Protein Bowl","qty":2,"price":12.99,"lineTotal":25.98}]""",
            placed.GetProperty("items").GetRawText());
        Assert.Equal(app.Clock.GetUtcNow(), placed.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal((5, 0, 1), (await app.Available(bowl), await app.Reserved(bowl), await customer.CartCount()));
        Assert.Equal(["OrderCreated"], await app.Logged(placed.Text("orderId")));
    }

    [Fact]
    public async Task Lines_of_the_same_product_and_size_are_merged()
    {
        var (bowl, shirt) = (await app.Product(stock: 99), await app.Product(new Dictionary<string, int> { ["M"] = 5, ["L"] = 5 }));
        var customer = app.Customer().Client;
        var placed = await customer.Post("/order", Shopping.Lines((bowl, 50, null), (shirt, 1, "M"), (bowl, 49, null), (shirt, 2, "L"), (shirt, 3, "M"))).ShouldBe(201);
        Assert.Equal(
            [(bowl, null, 99), (shirt, "M", 4), (shirt, "L", 2)],
            placed.GetProperty("items").EnumerateArray().Select(line =>
                (line.Text("productId"), line.TryGetProperty("size", out var size) ? size.GetString() : null, line.GetProperty("qty").GetInt32())));
    }

    [Fact]
    public async Task An_order_of_a_product_or_size_that_is_not_there_is_refused()
    {
        var (bowl, shirt) = (await app.Product(), await app.Product(new Dictionary<string, int> { ["M"] = 5 }));
        var deleted = await app.Product();
        await (await app.Admin.Delete($"/product/{deleted}")).ShouldBeEmpty(204);
        var customer = app.Customer().Client;

        await customer.Post("/order", Shopping.Lines((bowl, 1, null), (deleted, 1, null))).ShouldBeProblem(404, "product_not_found");
        await customer.Post("/order", Shopping.Lines((bowl, 1, null), ("prod_nothing", 1, null))).ShouldBeProblem(404, "product_not_found");
        await customer.Post("/order", Shopping.Lines((shirt, 1, null))).ShouldBeProblem(400, "size_required");
        await customer.Post("/order", Shopping.Lines((shirt, 1, "S"))).ShouldBeProblem(400, "unknown_size");
        await customer.Post("/order", Shopping.Lines((bowl, 1, "M"))).ShouldBeProblem(400, "unknown_size");
        await customer.Post("/order", Shopping.Lines((bowl, 1, ""))).ShouldBeProblem(400, "unknown_size");
        await customer.Post("/order", Shopping.Lines((bowl, 1, "-"))).ShouldBeProblem(400, "unknown_size");
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task An_order_that_wants_more_than_there_is_names_the_lines()
    {
        var (bowl, few) = (await app.Product(stock: 9), await app.Product(stock: 2));
        var shirt = await app.Product(new Dictionary<string, int> { ["M"] = 0, ["L"] = 9 });
        var customer = app.Customer().Client;
        var problem = await customer.Post("/order", Shopping.Lines((bowl, 9, null), (few, 2, null), (few, 1, null), (shirt, 1, "M"))).ShouldBeProblem(409, "insufficient_stock");
        Assert.Equal(
            $$"""[{"productId":"{{few}}","code":"insufficient_stock","available":2},{"productId":"{{shirt}}","size":"M","code":"insufficient_stock","available":0}]""",
            problem.GetProperty("problems").GetRawText());
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task Validation_finds_nothing_against_an_order_that_could_be_bought()
    {
        var customer = app.Customer().Client;
        var orderId = await customer.Place((await app.Product(), 1, null));
        var validation = await customer.Post($"/order/{orderId}/validate").ShouldBe(200);
        Assert.Equal("""{"valid":true,"problems":[]}""", validation.GetRawText());
    }

    [Fact]
    public async Task Validation_names_every_line_that_could_not_be_bought()
    {
        var (gone, dearer, few) = (await app.Product(), await app.Product(price: 1m), await app.Product(stock: 3));
        var both = await app.Product(stock: 3, price: 1m);
        var customer = app.Customer().Client;
        var orderId = await customer.Place((gone, 1, null), (dearer, 1, null), (few, 3, null), (both, 3, null));
        await (await app.Admin.Delete($"/product/{gone}")).ShouldBeEmpty(204);
        await app.Reprice(dearer, 2m);
        await app.Reprice(both, 2m);
        await app.MoveStock(few, -1);
        await app.MoveStock(both, -3);

        var validation = await customer.Post($"/order/{orderId}/validate").ShouldBe(200);

        Assert.Equal(["valid", "problems"], validation.Names());
        Assert.False(validation.GetProperty("valid").GetBoolean());
        Assert.Equal(
            new[]
            {
                $$"""{"productId":"{{gone}}","code":"product_unavailable"}""",
                $$"""{"productId":"{{dearer}}","code":"price_changed","price":2}""",
                $$"""{"productId":"{{both}}","code":"price_changed","price":2}""",
                $$"""{"productId":"{{few}}","code":"insufficient_stock","available":2}""",
                $$"""{"productId":"{{both}}","code":"insufficient_stock","available":0}""",
            }.Order(),
            validation.GetProperty("problems").EnumerateArray().Select(problem => problem.GetRawText()).Order());
        Assert.Equal("CREATED", (await customer.Order(orderId)).Text("status"));
    }

    [Fact]
    public async Task A_placed_order_is_bought_and_leaves_the_cart_alone()
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product);
        var orderId = await customer.Place((product, 2, null));
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        var bought = await customer.Post($"/order/{orderId}/checkout", new { payment = new { method = "CARD", token = Shopping.Card }, shippingAddress = "Home" }).ShouldBe(201);

        Assert.Equal(["orderId", "status", "items", "totalAmount", "currency", "payment"], bought.Names());
        Assert.Equal((orderId, "CONFIRMED"), (bought.Text("orderId"), bought.Text("status")));
        var order = await customer.Order(orderId);
        Assert.Equal(["CREATED", "RESERVED", "CONFIRMED"], order.GetProperty("history").EnumerateArray().Select(entry => entry.Text("status")));
        Assert.Equal("Home", order.Text("shippingAddress"));
        Assert.True(order.GetProperty("updatedAt").GetDateTimeOffset() > order.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal((3, 1), (await app.Available(product), await customer.CartCount()));
        Assert.Equal(["OrderCreated", "PaymentSuccess+OrderConfirmed"], await app.Logged(orderId));
    }

    [Fact]
    public async Task A_declined_placed_order_returns_its_stock_and_is_over()
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        var orderId = await customer.Place((product, 2, null));
        await customer.Buy($"/order/{orderId}/checkout", Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        var problem = await customer.Buy($"/order/{orderId}/checkout").ShouldBeProblem(409, "invalid_transition");
        Assert.Equal(["type", "title", "status", "detail", "code", "traceId", "orderId", "orderStatus", "allowedActions"], problem.Names());
        Assert.Equal((orderId, "PAYMENT_FAILED", "[]"), (problem.Text("orderId"), problem.Text("orderStatus"), problem.GetProperty("allowedActions").GetRawText()));
        Assert.Equal(5, await app.Available(product));
    }

    [Fact]
    public async Task A_bought_order_is_not_bought_again()
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        var orderId = await customer.Place((product, 2, null));
        await customer.Buy($"/order/{orderId}/checkout").ShouldBe(201);
        foreach (var key in (string?[])[null, "another"])
        {
            var problem = await customer.Buy($"/order/{orderId}/checkout", Shopping.DeclinedCard, key).ShouldBeProblem(409, "invalid_transition");
            Assert.Equal(("CONFIRMED", """["cancel"]"""), (problem.Text("orderStatus"), problem.GetProperty("allowedActions").GetRawText()));
        }

        Assert.Equal(3, await app.Available(product));
    }

    [Fact]
    public async Task A_placed_order_is_not_bought_at_another_price_or_without_its_product_or_stock()
    {
        var (changed, gone, few) = (await app.Product(price: 1m, stock: 9), await app.Product(stock: 9), await app.Product(stock: 9));
        var customer = app.Customer().Client;
        var (a, b, c) = (await customer.Place((changed, 2, null)), await customer.Place((gone, 1, null), (few, 1, null)), await customer.Place((few, 9, null)));
        await app.Reprice(changed, 1.5m);
        await (await app.Admin.Delete($"/product/{gone}")).ShouldBeEmpty(204);
        await app.MoveStock(few, -1);

        var price = await customer.Buy($"/order/{a}/checkout", key: "a").ShouldBeProblem(409, "price_changed");
        Assert.Equal($$"""[{"productId":"{{changed}}","code":"price_changed","price":1.5}]""", price.GetProperty("problems").GetRawText());
        Assert.Equal("3", price.GetProperty("totalAmount").GetRawText());
        var unavailable = await customer.Buy($"/order/{b}/checkout", key: "b").ShouldBeProblem(409, "product_unavailable");
        Assert.Equal($$"""[{"productId":"{{gone}}","code":"product_unavailable"}]""", unavailable.GetProperty("problems").GetRawText());
        var shortage = await customer.Buy($"/order/{c}/checkout", key: "c").ShouldBeProblem(409, "insufficient_stock");
        Assert.Equal($$"""[{"productId":"{{few}}","code":"insufficient_stock","available":8}]""", shortage.GetProperty("problems").GetRawText());

        Assert.All(await customer.Orders(), order => Assert.Equal("CREATED", order.Text("status")));
        Assert.Equal((9, 8), (await app.Available(changed), await app.Available(few)));
        await app.Reprice(changed, 1m);
        await customer.Buy($"/order/{a}/checkout", key: "a").ShouldBe(201);
        await app.MoveStock(few, 1);
        await customer.Buy($"/order/{c}/checkout", key: "c").ShouldBe(201);
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_found()
    {
        var orderId = await app.Customer().Client.Place((await app.Product(), 1, null));
        var stranger = app.Customer().Client;
        await stranger.Get($"/order/{orderId}").ShouldBeProblem(404, "not_found");
        await stranger.Post($"/order/{orderId}/validate").ShouldBeProblem(404, "not_found");
        await stranger.Buy($"/order/{orderId}/checkout").ShouldBeProblem(404, "not_found");
        await stranger.Buy($"/order/{orderId}/checkout", key: "k").ShouldBeProblem(404, "not_found");
        await app.Admin.Buy($"/order/{orderId}/checkout").ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("ord_")]
    [InlineData("ord_00000000000000000000000000")]
    [InlineData("prod_00000000000000000000000000")]
    [InlineData("ord_0000000000000%2000000000000")]
    [InlineData("ord_%230000000000000000000000000")]
    [InlineData("%01%02")]
    [InlineData("ORD_00000000000000000000000000")]
    public async Task An_id_of_no_order_is_not_found(string id)
    {
        var customer = app.Customer().Client;
        await customer.Get($"/order/{id}").ShouldBeProblem(404, "not_found");
        await customer.Post($"/order/{id}/validate").ShouldBeProblem(404, "not_found");
        await customer.Buy($"/order/{id}/checkout", key: "k").ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task Of_two_purchases_of_one_order_with_different_cards_at_once_one_is_made()
    {
        var gateway = new StubGateway { Answer = async _ => { await Task.Delay(20); return StubGateway.Paid(); } };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 20);
        var orderId = await customer.Place((product, 2, null));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => customer.Buy($"/order/{orderId}/checkout", $"tok_{i}", $"key {i}")));
        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201)) await answer.ShouldBeProblem(409, "invalid_transition");
        Assert.Single(gateway.Charges);
        Assert.Equal(18, await app.Available(product));
    }
}

public sealed class PlacedOrderTests_on_Sqlite(SqliteApp app) : PlacedOrderTests(app), IClassFixture<SqliteApp>;

public sealed class PlacedOrderTests_on_DynamoDb(DynamoDbApp app) : PlacedOrderTests(app), IClassFixture<DynamoDbApp>;
