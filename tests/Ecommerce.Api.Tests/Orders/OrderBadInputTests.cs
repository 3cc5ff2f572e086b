using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>What cannot be ordered is refused by name, with nothing written.</summary>
public abstract class OrderBadInputTests(EcommerceApp app)
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100")]
    [InlineData("2147483647")]
    [InlineData("1.5")]
    [InlineData("1e1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e400")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("null")]
    public async Task A_quantity_is_a_whole_number_from_1_to_99(string quantity)
    {
        var product = await app.Product();
        var customer = app.Customer().Client;
        await customer.Post("/order", $$"""{"cartItems":[{"productId":"{{product}}","qty":{{quantity}}}]}""").ShouldBeProblem(400, "validation_failed", "cartItems[0].qty");
        await customer.Post("/cart", $$"""{"productId":"{{product}}","quantity":{{quantity}}}""").ShouldBeProblem(400, "validation_failed", "quantity");
        Assert.Empty(await customer.Orders());
        Assert.Equal(0, await customer.CartCount());
    }

    [Theory]
    [InlineData("{}", "cartItems")]
    [InlineData("""{"cartItems":null}""", "cartItems")]
    [InlineData("""{"cartItems":[]}""", "cartItems")]
    [InlineData("""{"cartItems":{}}""", "cartItems")]
    [InlineData("""{"cartItems":"x"}""", "cartItems")]
    [InlineData("""{"cartItems":[null]}""", "cartItems[0]")]
    [InlineData("""{"cartItems":[1]}""", "cartItems[0]")]
    [InlineData("""{"cartItems":[{}]}""", "cartItems[0].productId", "cartItems[0].qty")]
    [InlineData("""{"cartItems":[{"productId":"a","qty":1},{"productId":7,"qty":1}]}""", "cartItems[1].productId")]
    [InlineData("""{"cartItems":[{"productId":"a","qty":1,"size":7}]}""", "cartItems[0].size")]
    [InlineData("""{"cartItems":[{"productId":"a","qty":1,"qty":2}]}""", "cartItems[0].qty")]
    public async Task What_is_wrong_with_an_order_is_named(string body, params string[] fields)
    {
        var customer = app.Customer().Client;
        await customer.Post("/order", body).ShouldBeProblem(400, "validation_failed", fields);
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task An_order_has_at_most_50_lines_and_99_of_one_product_and_size()
    {
        var product = await app.Product(stock: 500);
        var customer = app.Customer().Client;
        await customer.Post("/order", Shopping.Lines([.. Enumerable.Repeat<(string, int, string?)>((product, 1, null), 51)])).ShouldBeProblem(400, "validation_failed", "cartItems");
        await customer.Post("/order", Shopping.Lines((product, 99, null), (product, 1, null))).ShouldBeProblem(400, "validation_failed", "cartItems");
        Assert.Empty(await customer.Orders());
        await customer.Place([.. Enumerable.Repeat<(string, int, string?)>((product, 1, null), 50)]);
    }

    [Theory]
    [InlineData("{}", "payment")]
    [InlineData("""{"payment":null}""", "payment")]
    [InlineData("""{"payment":"pm_card_visa"}""", "payment")]
    [InlineData("""{"payment":{}}""", "payment.method", "payment.token")]
    [InlineData("""{"payment":{"method":"CARD"}}""", "payment.token")]
    [InlineData("""{"payment":{"token":"pm_card_visa"}}""", "payment.method")]
    [InlineData("""{"payment":{"method":"","token":" "}}""", "payment.method", "payment.token")]
    [InlineData("""{"payment":{"method":"a\u0000b","token":"pm_card_visa"}}""", "payment.method")]
    [InlineData("""{"payment":{"method":"1234567890123456789012345678901","token":"pm_card_visa"}}""", "payment.method")]
    [InlineData("""{"payment":{"method":1,"token":"pm_card_visa"}}""", "payment.method")]
    [InlineData("""{"payment":{"method":"CARD","token":["pm_card_visa"]}}""", "payment.token")]
    [InlineData("""{"payment":{"method":"CARD","token":"pm_card_visa"},"shippingAddress":5}""", "shippingAddress")]
    [InlineData("""{"payment":{"method":"CARD","token":"pm_card_visa"},"shippingAddress":["a"]}""", "shippingAddress")]
    [InlineData("""{"payment":{"method":"CARD","token":"pm_card_visa"},"shippingAddress":{"a":{}}}""", "shippingAddress")]
    [InlineData("""{"payment":{"method":"CARD","token":"pm_card_visa"},"shippingAddress":{"a":1}}""", "shippingAddress")]
    public async Task What_is_wrong_with_a_checkout_is_named(string body, params string[] fields)
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product);
        var orderId = await customer.Place((product, 1, null));
        foreach (var path in (string[])["/order/checkout", $"/order/{orderId}/checkout"])
        {
            var problem = await Problem(customer.Post(path, body));
            Assert.Equal((400, "validation_failed"), (problem.GetProperty("status").GetInt32(), problem.Text("code")));
            Assert.Equal(fields, problem.GetProperty("errors").Names().Order());
        }

        Assert.Equal("CREATED", Assert.Single(await customer.Orders()).Text("status"));
        Assert.Equal((5, 1), (await app.Available(product), await customer.CartCount()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{")]
    [InlineData("{\"cartItems\":[}")]
    [InlineData("{\"payment\":{\"method\":\"CARD\",\"token\":\"pm_card_visa\"}} {}")]
    [InlineData("{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}")]
    [InlineData("{\"payment\":{\"method\":\"CARD\",\"token\":\"pm_card_visa\"},\"payment\":null}")]
    [InlineData("{\"payment\":{\"method\":\"\\ud800\",\"token\":\"pm_card_visa\"}}")]
    [InlineData("{\"payment\":{\"method\":\"CARD\",\"token\":\"\\udfff\"}}")]
    [InlineData("{\"payment\":{\"method\":\"CARD\",\"token\":\"pm_card_visa\"},\"shippingAddress\":\"\\ud800\"}")]
    [InlineData("{\"payment\":{\"method\":\"CARD\",\"token\":\"pm_card_visa\"},\"shippingAddress\":{\"\\ud800\":\"x\"}}")]
    [InlineData("{\"payment\":{\"method\":\"CARD\",\"token\":\"pm_card_visa\"},\"shippingAddress\":{\"a\":\"x\",\"a\":\"y\"}}")]
    [InlineData("{\"cartItems\":[{\"productId\":\"\\ud800\",\"qty\":1}]}")]
    [InlineData("{\"cartItems\":[{\"productId\":\"x\",\"qty\":1,\"size\":\"\\ud800\"}]}")]
    public async Task A_body_that_is_not_the_expected_json_is_a_400(string body)
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        foreach (var path in (string[])["/order", "/order/checkout", "/order/ord_00000000000000000000000000/checkout"])
        {
            var problem = await Problem(customer.Post(path, body));
            Assert.Equal(400, problem.GetProperty("status").GetInt32());
        }

        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task Bytes_that_are_not_utf_8_are_a_400()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        byte[] body = [.. "{\"payment\":{\"method\":\""u8, 0xFF, 0xC0, .. "\",\"token\":\"pm_card_visa\"}}"u8];
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var problem = await Problem(customer.Post("/order/checkout", content));
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task A_body_over_one_megabyte_or_of_another_type_is_refused()
    {
        var customer = app.Customer().Client;
        await customer.Post("/order", $$"""{"x":"{{new string('x', 1024 * 1024)}}"}""").ShouldBeProblem(413, "body_too_large");
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        await customer.Post("/order/checkout", text).ShouldBeProblem(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("prod_\u0000")]
    [InlineData("prod_0000000000000000000000000\u0001")]
    [InlineData("prod_0000000000000#00000000000")]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("prod_É0000000000000000000000000")]
    public async Task An_id_that_cannot_be_one_names_no_product(string productId)
    {
        var customer = app.Customer().Client;
        await customer.Post("/order", Shopping.Lines((productId, 1, null))).ShouldBeProblem(404, "product_not_found");
        await customer.Post("/cart", new { productId, quantity = 1 }).ShouldBeProblem(404, "product_not_found");
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task A_size_that_cannot_be_one_is_unknown()
    {
        var shirt = await app.Product(new Dictionary<string, int> { ["M"] = 5 });
        var customer = app.Customer().Client;
        foreach (var size in (string[])["#", "\u0000", "m", " M", "", new string('x', 3_000)])
            await customer.Post("/order", Shopping.Lines((shirt, 1, size))).ShouldBeProblem(400, "unknown_size");
        Assert.Empty(await customer.Orders());
    }

    [Fact]
    public async Task What_only_the_server_decides_is_not_read_from_a_body()
    {
        var product = await app.Product(stock: 9, price: 12.99m);
        var (userId, customer) = app.Customer();
        var placed = await customer.Post("/order", $$"""
            {"cartItems":[{"productId":"{{product}}","qty":1,"price":0.01,"name":"Cheap","lineTotal":0.01}],
            "orderId":"ord_mine","userId":"usr_other","role":"admin","status":"CONFIRMED","totalAmount":0.01,"currency":"EUR","createdAt":"2000-01-01T00:00:00Z"}
            """).ShouldBe(201);
        Assert.Equal(
            ("CREATED", "12.99", "USD"), (placed.Text("status"), placed.GetProperty("totalAmount").GetRawText(), placed.Text("currency")));
        var order = await customer.Order(placed.Text("orderId"));
        Assert.Equal((userId, app.Clock.GetUtcNow()), (order.Text("userId"), order.GetProperty("createdAt").GetDateTimeOffset()));
        Assert.Equal("Protein Bowl", order.GetProperty("items")[0].Text("name"));

        await customer.AddToCart(product);
        var bought = await customer.Post("/order/checkout", """
            {"payment":{"method":"CARD","token":"pm_card_visa","status":"SUCCESS","amount":0.01,"paymentId":"pay_mine"},
            "userId":"usr_other","status":"SHIPPED","totalAmount":0.01,"cartItems":[]}
            """).ShouldBe(201);
        Assert.Equal(("CONFIRMED", "12.99"), (bought.Text("status"), bought.GetProperty("totalAmount").GetRawText()));
        Assert.NotEqual("pay_mine", bought.GetProperty("payment").Text("paymentId"));
    }

    private static async Task<JsonElement> Problem(Task<HttpResponseMessage> answer)
    {
        var response = await answer;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        using var problem = JsonDocument.Parse(await response.Body());
        return problem.RootElement.Clone();
    }
}

public sealed class OrderBadInputTests_on_Sqlite(SqliteApp app) : OrderBadInputTests(app), IClassFixture<SqliteApp>;

public sealed class OrderBadInputTests_on_DynamoDb(DynamoDbApp app) : OrderBadInputTests(app), IClassFixture<DynamoDbApp>;
