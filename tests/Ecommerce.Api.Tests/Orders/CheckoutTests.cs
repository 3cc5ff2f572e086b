using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Buying the cart: what is answered, and what is then in the store.</summary>
public abstract class CheckoutTests(EcommerceApp app)
{
    [Fact]
    public async Task A_customer_buys_the_cart_and_sees_the_order()
    {
        var bowl = await app.Product(stock: 10, price: 12.99m, name: "Protein Bowl");
        var shirt = await app.Product(new Dictionary<string, int> { ["M"] = 3, ["L"] = 5 }, price: 20m);
        var (userId, customer) = app.Customer();
        await customer.AddToCart(bowl, 2);
        await customer.AddToCart(shirt, 1, "L");

        var response = await customer.Post("/order/checkout", new
        {
            payment = new { method = "UPI", token = Shopping.Card },
            shippingAddress = new { street = "12 Harbour Road", city = "Porto" },
        });

        var bought = await response.ShouldBe(201);
        var orderId = bought.Text("orderId");
        Assert.Equal($"/order/{orderId}", response.Headers.Location?.ToString());
        Assert.False(response.IsReplayed());
        Assert.Equal(["orderId", "status", "items", "totalAmount", "currency", "payment"], bought.Names());
        Assert.Equal("CONFIRMED", bought.Text("status"));
        Assert.Equal("45.98 USD", $"{bought.GetProperty("totalAmount").GetRawText()} {bought.Text("currency")}");
        Assert.Equal(["paymentId", "status", "method"], bought.GetProperty("payment").Names());
        Assert.Equal(("SUCCESS", "UPI"), (bought.GetProperty("payment").Text("status"), bought.GetProperty("payment").Text("method")));
        Assert.Equal(
            $$"""
            [{"productId":"{{bowl}}","name":"Protein Bowl","label":"Protein Bowl","qty":2,"price":12.99,"lineTotal":25.98},
            {"productId":"{{shirt}}","size":"L","name":"Training Shirt","label":"Training Shirt","qty":1,"price":20,"lineTotal":20}]
            """.ReplaceLineEndings(""), Plain(bought.GetProperty("items")));

        var read = await customer.Get($"/order/{orderId}");
        var order = await read.ShouldBe(200);
        Assert.NotNull(read.Headers.ETag);
        Assert.Equal(
            ["orderId", "userId", "status", "items", "totalAmount", "currency", "payment", "shippingAddress", "history", "allowedActions", "createdAt", "updatedAt"],
            order.Names());
        Assert.Equal((orderId, userId, "CONFIRMED"), (order.Text("orderId"), order.Text("userId"), order.Text("status")));
        foreach (var same in (string[])["items", "totalAmount", "currency", "payment"])
            Assert.Equal(bought.GetProperty(same).GetRawText(), order.GetProperty(same).GetRawText());
        var address = order.GetProperty("shippingAddress");
        Assert.Equal(["city", "street"], address.Names().Order());
        Assert.Equal(("12 Harbour Road", "Porto"), (address.Text("street"), address.Text("city")));
        Assert.Equal("""[{"status":"RESERVED","at":"2036-01-31T12:00:00.250Z"},{"status":"CONFIRMED","at":"2036-01-31T12:00:00.250Z"}]""", History(order));
        Assert.Equal("""["cancel"]""", order.GetProperty("allowedActions").GetRawText());

        Assert.Equal(0, await customer.CartCount());
        Assert.Equal((8, 4, 3), (await app.Available(bowl), await app.Available(shirt, "L"), await app.Available(shirt, "M")));
        var payment = await app.PaymentRecord(bought.GetProperty("payment").Text("paymentId"));
        Assert.NotNull(payment);
        Assert.Equal(
            (orderId, userId, 4598, "USD", "UPI", "SUCCESS", "Simulated"),
            (payment.Text("orderId"), payment.Text("userId"), payment.Number("amount"), payment.Text("currency"), payment.Text("method"),
                payment.Text("status"), payment.Text("provider")));
        Assert.NotNull(payment.TextOrNull("reference"));
        Assert.Null(payment.TextOrNull("declineCode"));
        Assert.Equal(["OrderCreated", "PaymentSuccess+OrderConfirmed"], await app.Logged(orderId));
    }

    [Fact]
    public async Task What_an_order_does_not_have_is_left_out()
    {
        var customer = app.Customer().Client;
        var order = await customer.Order(await customer.Place((await app.Product(), 1, null)));
        Assert.Equal(["orderId", "userId", "status", "items", "totalAmount", "currency", "history", "allowedActions", "createdAt", "updatedAt"], order.Names());
        Assert.Equal("""["checkout","cancel"]""", order.GetProperty("allowedActions").GetRawText());
        Assert.Equal(["status", "at"], order.GetProperty("history")[0].Names());
        Assert.Equal(["productId", "name", "label", "qty", "price", "lineTotal"], order.GetProperty("items")[0].Names());
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "lost_card")]
    public async Task A_declined_card_returns_the_stock_and_leaves_the_cart(string token, string declineCode)
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 2);

        var problem = await customer.CheckOut(token).ShouldBeProblem(402, "payment_declined");

        Assert.Equal(["type", "title", "status", "detail", "code", "traceId", "orderId", "declineCode"], problem.Names());
        Assert.Equal(declineCode, problem.Text("declineCode"));
        var order = await customer.Order(problem.Text("orderId"));
        Assert.Equal("PAYMENT_FAILED", order.Text("status"));
        Assert.Equal("[]", order.GetProperty("allowedActions").GetRawText());
        Assert.Equal(("DECLINED", declineCode), (order.GetProperty("payment").Text("status"), order.GetProperty("payment").Text("declineCode")));
        Assert.Equal(declineCode, order.GetProperty("history")[1].Text("reason"));
        Assert.Equal("DECLINED", (await app.PaymentRecord(order.GetProperty("payment").Text("paymentId")))!.Text("status"));
        Assert.Equal(["OrderCreated", "PaymentDeclined"], await app.Logged(problem.Text("orderId")));
        Assert.Equal((5, 1), (await app.Available(product), await customer.CartCount()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("first", "second")]
    [InlineData(null, "second")]
    [InlineData("first", null)]
    public async Task After_a_decline_the_same_cart_is_bought_with_another_card_as_a_new_order(string? firstKey, string? secondKey)
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 2);
        var declined = await customer.CheckOut(Shopping.DeclinedCard, firstKey).ShouldBeProblem(402, "payment_declined");

        var bought = await customer.CheckOut(Shopping.Card, secondKey).ShouldBe(201);

        Assert.NotEqual(declined.Text("orderId"), bought.Text("orderId"));
        Assert.Equal((3, 0), (await app.Available(product), await customer.CartCount()));
        Assert.Equal(["CONFIRMED", "PAYMENT_FAILED"], (await customer.Orders()).Select(order => order.Text("status")).Order());
    }

    [Fact]
    public async Task Three_declines_in_a_row_without_a_key_are_three_orders_and_take_no_stock()
    {
        var product = await app.Product(stock: 2);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 2);
        for (var i = 0; i < 3; i++) await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        Assert.Equal(3, (await customer.Orders()).Count);
        Assert.Equal(2, await app.Available(product));
        await customer.CheckOut().ShouldBe(201);
        Assert.Equal(0, await app.Available(product));
    }

    [Fact]
    public async Task An_unknown_payment_token_is_refused_with_nothing_written()
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product);
        await customer.CheckOut("pm_card_unheard_of", "a key").ShouldBeProblem(400, "invalid_payment_token");
        await ShouldHaveWrittenNothing(customer, product, 5);
        await customer.CheckOut(Shopping.Card, "a key").ShouldBe(201);
    }

    [Fact]
    public async Task An_empty_cart_cannot_be_bought()
    {
        var customer = app.Customer().Client;
        await customer.CheckOut().ShouldBeProblem(400, "cart_empty");
        await customer.CheckOut(key: "k").ShouldBeProblem(400, "cart_empty");
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task A_changed_price_is_told_with_the_new_total_and_nothing_is_written()
    {
        var (same, changed) = (await app.Product(stock: 5, price: 1.50m), await app.Product(stock: 5, price: 12.99m));
        var customer = app.Customer().Client;
        await customer.AddToCart(same, 2);
        await customer.AddToCart(changed, 3);
        await app.Reprice(changed, 13.49m);

        var problem = await customer.CheckOut().ShouldBeProblem(409, "price_changed");

        Assert.Equal(["type", "title", "status", "detail", "code", "traceId", "problems", "totalAmount", "currency"], problem.Names());
        Assert.Equal($$"""[{"productId":"{{changed}}","code":"price_changed","price":13.49}]""", Plain(problem.GetProperty("problems")));
        Assert.Equal(("43.47", "USD"), (problem.GetProperty("totalAmount").GetRawText(), problem.Text("currency")));
        await ShouldHaveWrittenNothing(customer, changed, 5, lines: 2);

        await customer.Put($"/cart/{changed}", new { quantity = 3 }).ShouldBe(200);
        Assert.Equal(43.47m, (await customer.CheckOut().ShouldBe(201)).GetProperty("totalAmount").GetDecimal());
    }

    [Fact]
    public async Task A_product_that_is_no_longer_sold_is_named_and_nothing_is_written()
    {
        var (kept, gone) = (await app.Product(stock: 5), await app.Product(new Dictionary<string, int> { ["M"] = 3 }));
        var customer = app.Customer().Client;
        await customer.AddToCart(kept);
        await customer.AddToCart(gone, 1, "M");
        await app.Reprice(kept, 1m);
        await (await app.Admin.Delete($"/product/{gone}")).ShouldBeEmpty(204);

        var problem = await customer.CheckOut().ShouldBeProblem(409, "product_unavailable");

        Assert.Equal($$"""[{"productId":"{{gone}}","size":"M","code":"product_unavailable"}]""", Plain(problem.GetProperty("problems")));
        await ShouldHaveWrittenNothing(customer, kept, 5, lines: 2);
    }

    [Fact]
    public async Task Lines_that_want_more_than_there_is_are_named_with_what_there_is_and_nothing_is_written()
    {
        var (plenty, few) = (await app.Product(stock: 50), await app.Product(stock: 2));
        var sized = await app.Product(new Dictionary<string, int> { ["M"] = 0, ["L"] = 9 });
        var customer = app.Customer().Client;
        await customer.AddToCart(plenty, 10);
        await customer.AddToCart(few, 3);
        await customer.AddToCart(sized, 1, "M");
        await customer.AddToCart(sized, 9, "L");

        var problem = await customer.CheckOut(key: "k").ShouldBeProblem(409, "insufficient_stock");

        Assert.Equal(["type", "title", "status", "detail", "code", "traceId", "problems"], problem.Names());
        Assert.Equal(
            [
                $$"""{"productId":"{{few}}","code":"insufficient_stock","available":2}""",
                $$"""{"productId":"{{sized}}","size":"M","code":"insufficient_stock","available":0}""",
            ],
            problem.GetProperty("problems").EnumerateArray().Select(Plain));
        await ShouldHaveWrittenNothing(customer, plenty, 50, lines: 4);
        Assert.Equal((2, 9), (await app.Available(few), await app.Available(sized, "L")));

        await app.MoveStock(few, 1);
        await app.MoveStock(sized, 1, "M");
        await customer.CheckOut(key: "k").ShouldBe(201);
        Assert.Equal((40, 0, 0, 0), (await app.Available(plenty), await app.Available(few), await app.Available(sized, "M"), await app.Available(sized, "L")));
    }

    [Theory]
    [InlineData(Shopping.Card, 0)]
    [InlineData(Shopping.DeclinedCard, 1)]
    public async Task The_fullest_cart_can_be_bought_though_it_takes_the_last_of_everything(string token, int left)
    {
        var products = new List<string>();
        for (var i = 0; i < 50; i++) products.Add(await app.Product(stock: 1, price: 1m));
        var customer = app.Customer().Client;
        foreach (var product in products) await customer.AddToCart(product);

        var response = await customer.CheckOut(token, "all of it");

        Assert.True((int)response.StatusCode == (left == 0 ? 201 : 402), await response.Body());
        foreach (var product in products) Assert.Equal(left, await app.Available(product));
        foreach (var product in products) Assert.Equal(left > 0, await app.InStock(product));
    }

    private async Task ShouldHaveWrittenNothing(HttpClient customer, string product, long stock, int lines = 1)
    {
        Assert.Empty(await customer.Orders());
        Assert.Equal((stock, lines), (await app.Available(product), await customer.CartCount()));
        Assert.Equal(0, await app.Reserved(product));
    }

    private static string Plain(JsonElement json) => json.GetRawText();

    private static string History(JsonElement order) => order.GetProperty("history").GetRawText();
}

public sealed class CheckoutTests_on_Sqlite(SqliteApp app) : CheckoutTests(app), IClassFixture<SqliteApp>;

public sealed class CheckoutTests_on_DynamoDb(DynamoDbApp app) : CheckoutTests(app), IClassFixture<DynamoDbApp>;
