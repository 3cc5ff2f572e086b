using System.Text.Json;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Http.Features;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>A request that is sent twice buys once.</summary>
public abstract class IdempotencyTests(EcommerceApp app)
{
    [Theory]
    [InlineData(Shopping.Card, 201)]
    [InlineData(Shopping.DeclinedCard, 402)]
    public async Task A_repeated_checkout_is_answered_byte_for_byte_as_the_first(string token, int status)
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 2);
        var first = await customer.CheckOut(token, "key");
        Assert.Equal(status, (int)first.StatusCode);
        Assert.False(first.IsReplayed());

        await app.Reprice(product, 99m, "Renamed");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await customer.AddToCart(product);
        await ShouldReplay(first, await customer.CheckOut(token, "key"));
        await ShouldReplay(first, await customer.CheckOut(token, "\"key\""));

        Assert.Equal(status == 201 ? 3 : 5, await app.Available(product));
        Assert.Single(await customer.Orders());
    }

    [Fact]
    public async Task A_repeated_placing_is_answered_byte_for_byte_even_after_the_order_was_bought()
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        var first = await customer.Post("/order", Shopping.Lines((product, 2, null)), ("Idempotency-Key", "place"));
        var orderId = (await first.ShouldBe(201)).Text("orderId");
        Assert.False(first.IsReplayed());
        await ShouldReplay(first, await customer.Post("/order", Shopping.Lines((product, 2, null)), ("Idempotency-Key", "place")));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await customer.Buy($"/order/{orderId}/checkout").ShouldBe(201);
        await (await app.Admin.Delete($"/product/{product}")).ShouldBeEmpty(204);

        await ShouldReplay(first, await customer.Post("/order", Shopping.Lines((product, 2, null)), ("Idempotency-Key", "place")));
        Assert.Single(await customer.Orders());
    }

    [Theory]
    [InlineData(Shopping.Card, "key")]
    [InlineData(Shopping.Card, null)]
    [InlineData(Shopping.DeclinedCard, "key")]
    [InlineData(Shopping.DeclinedCard, null)]
    public async Task A_repeated_checkout_of_a_placed_order_is_answered_byte_for_byte_as_the_first(string token, string? key)
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        var orderId = await customer.Place((product, 2, null));
        var first = await customer.Buy($"/order/{orderId}/checkout", token, key);
        Assert.False(first.IsReplayed());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await ShouldReplay(first, await customer.Buy($"/order/{orderId}/checkout", token, key));
        Assert.Equal(token == Shopping.Card ? 3 : 5, await app.Available(product));
    }

    [Fact]
    public async Task A_repeated_checkout_without_a_key_is_answered_as_the_first_until_the_cart_changes()
    {
        var product = await app.Product(stock: 5);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 2);
        var first = await customer.CheckOut();
        app.Clock.Advance(TimeSpan.FromHours(1));
        customer = await Again(customer);
        await ShouldReplay(first, await customer.CheckOut());
        await customer.AddToCart(product);
        var second = await customer.CheckOut();
        Assert.False(second.IsReplayed());
        Assert.NotEqual((await first.ShouldBe(201)).Text("orderId"), (await second.ShouldBe(201)).Text("orderId"));
        Assert.Equal(2, await app.Available(product));

        await customer.Delete("/cart");
        await customer.CheckOut().ShouldBeProblem(400, "cart_empty");
    }

    [Fact]
    public async Task A_key_is_good_for_one_body_only()
    {
        var product = await app.Product(stock: 50);
        var customer = app.Customer().Client;
        await customer.AddToCart(product);
        await customer.CheckOut(Shopping.Card, "buy").ShouldBe(201);
        await customer.CheckOut(Shopping.DeclinedCard, "buy").ShouldBeProblem(422, "idempotency_key_reused");
        await customer.Post("/order/checkout", new { payment = new { method = "UPI", token = Shopping.Card } }, ("Idempotency-Key", "buy"))
            .ShouldBeProblem(422, "idempotency_key_reused");
        await customer.Post("/order/checkout", new { payment = new { method = "CARD", token = Shopping.Card }, shippingAddress = "Home" }, ("Idempotency-Key", "buy"))
            .ShouldBeProblem(422, "idempotency_key_reused");

        await customer.Post("/order", Shopping.Lines((product, 1, null)), ("Idempotency-Key", "place")).ShouldBe(201);
        await customer.Post("/order", Shopping.Lines((product, 2, null)), ("Idempotency-Key", "place")).ShouldBeProblem(422, "idempotency_key_reused");
        Assert.Equal(2, (await customer.Orders()).Count);
    }

    [Fact]
    public async Task Spacing_order_and_unknown_fields_do_not_make_another_body()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        var first = await customer.CheckOut(key: "k");
        await ShouldReplay(first, await customer.Post(
            "/order/checkout", $$"""{ "unknown": 1, "payment": { "token": "{{Shopping.Card}}",  "method": "CARD" } }""", ("Idempotency-Key", "k")));
    }

    [Fact]
    public async Task A_key_is_good_for_one_route_only()
    {
        var product = await app.Product(stock: 50);
        var customer = app.Customer().Client;
        var lines = Shopping.Lines((product, 1, null));
        await customer.AddToCart(product);
        var orderId = await customer.Place((product, 1, null));
        var otherId = await customer.Place((product, 1, null));

        await customer.Post("/order", lines, ("Idempotency-Key", "placed")).ShouldBe(201);
        await customer.CheckOut(key: "placed").ShouldBeProblem(422, "idempotency_key_reused");
        await customer.Buy($"/order/{orderId}/checkout", key: "placed").ShouldBeProblem(422, "idempotency_key_reused");

        await customer.Buy($"/order/{orderId}/checkout", key: "order").ShouldBe(201);
        await customer.Buy($"/order/{otherId}/checkout", key: "order").ShouldBeProblem(422, "idempotency_key_reused");
        await customer.CheckOut(key: "order").ShouldBeProblem(422, "idempotency_key_reused");
        await customer.Post("/order", lines, ("Idempotency-Key", "order")).ShouldBeProblem(422, "idempotency_key_reused");

        await customer.CheckOut(key: "cart").ShouldBe(201);
        await customer.Buy($"/order/{otherId}/checkout", key: "cart").ShouldBeProblem(422, "idempotency_key_reused");
        await customer.Post("/order", lines, ("Idempotency-Key", "cart")).ShouldBeProblem(422, "idempotency_key_reused");

        Assert.Equal((48, "CREATED"), (await app.Available(product), (await customer.Order(otherId)).Text("status")));
    }

    [Fact]
    public async Task An_order_placed_under_a_key_is_not_bought_under_the_same_key()
    {
        var product = await app.Product();
        var customer = app.Customer().Client;
        var placed = await customer.Post("/order", Shopping.Lines((product, 1, null)), ("Idempotency-Key", "both")).ShouldBe(201);
        await customer.Buy($"/order/{placed.Text("orderId")}/checkout", key: "both").ShouldBeProblem(422, "idempotency_key_reused");
        Assert.Equal("CREATED", (await customer.Order(placed.Text("orderId"))).Text("status"));
    }

    [Fact]
    public async Task Two_orders_at_once_under_one_key_are_one_purchase()
    {
        var product = await app.Product(stock: 50);
        var customer = app.Customer().Client;
        var orders = new[] { await customer.Place((product, 1, null)), await customer.Place((product, 1, null)) };
        var answers = await Task.WhenAll(orders.Select(order => customer.Buy($"/order/{order}/checkout", key: "one")));
        Assert.Equal([201, 422], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal(49, await app.Available(product));
    }

    [Fact]
    public async Task The_record_of_a_key_is_not_an_order_of_its_own()
    {
        var customer = app.Customer();
        var orderId = await customer.Client.Place((await app.Product(), 1, null));
        await customer.Client.Buy($"/order/{orderId}/checkout", key: "k").ShouldBe(201);
        var keyId = Ids.Derive("ord", customer.UserId, "key", "k");
        await customer.Client.Get($"/order/{keyId}").ShouldBeProblem(404, "not_found");
        await customer.Client.Post($"/order/{keyId}/validate").ShouldBeProblem(404, "not_found");
        await customer.Client.Buy($"/order/{keyId}/checkout").ShouldBeProblem(404, "not_found");
        Assert.Single(await customer.Client.Orders());
    }

    [Fact]
    public async Task Two_users_with_the_same_key_never_meet()
    {
        var product = await app.Product(stock: 5);
        var orders = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            var customer = app.Customer().Client;
            await customer.AddToCart(product);
            var response = await customer.CheckOut(key: "1");
            Assert.False(response.IsReplayed());
            orders.Add((await response.ShouldBe(201)).Text("orderId"));
        }

        Assert.Equal((2, 3), (orders.Count, await app.Available(product)));
    }

    [Theory]
    [InlineData("key")]
    [InlineData(null)]
    public async Task While_the_first_is_still_being_paid_a_repeat_is_told_so(string? key)
    {
        var gate = new Gate();
        var gateway = new StubGateway { Answer = async _ => { await gate.Passed; return StubGateway.Paid(); } };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 2);
        await customer.AddToCart(product, 2);

        var first = customer.CheckOut(key: key);
        await gateway.Reached;
        await customer.CheckOut(key: key).ShouldBeProblem(409, "idempotency_in_progress");
        if (key is not null) await customer.CheckOut("another token", key).ShouldBeProblem(422, "idempotency_key_reused");
        gate.Open();

        await (await first).ShouldBe(201);
        await ShouldReplay(await first, await customer.CheckOut(key: key));
        Assert.Single(gateway.Charges);
        Assert.Equal(0, await app.Available(product));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("naïve")]
    [InlineData("tab\tinside")]
    [InlineData("bell\u0007")]
    [InlineData(null)]
    public async Task A_malformed_key_is_refused(string? key)
    {
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product());
        var orderId = await customer.Client.Place((await app.Product(), 1, null));
        foreach (var (path, body) in new[]
        {
            ("/order", JsonSerializer.Serialize(Shopping.Lines((await app.Product(), 1, null)))),
            ("/order/checkout", JsonSerializer.Serialize(Shopping.Paying(Shopping.Card))),
            ($"/order/{orderId}/checkout", JsonSerializer.Serialize(Shopping.Paying(Shopping.Card))),
        })
        {
            Assert.Equal((400, "invalid_idempotency_key"), await SendRaw(customer.Client, path, body, key ?? new string('k', 256)));
        }

        Assert.Single(await customer.Client.Orders());
    }

    [Fact]
    public async Task Two_keys_in_one_request_are_refused()
    {
        var customer = app.Customer().Client;
        Assert.Equal((400, "invalid_idempotency_key"), await SendRaw(customer, "/order/checkout", JsonSerializer.Serialize(Shopping.Paying(Shopping.Card)), "one", "two"));
    }

    [Fact]
    public async Task A_key_may_have_255_characters_of_any_printable_kind()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        var key = "~ !#%/\\{}\"'" + new string('k', 244);
        Assert.Equal(255, key.Length);
        var first = await customer.CheckOut(key: key);
        await first.ShouldBe(201);
        await ShouldReplay(first, await customer.CheckOut(key: $"\"{key}\""));
    }

    [Fact]
    public async Task What_was_refused_before_it_began_is_not_remembered()
    {
        var product = await app.Product(stock: 1);
        var customer = app.Customer().Client;
        await customer.CheckOut(key: "k").ShouldBeProblem(400, "cart_empty");
        await customer.Post("/order/checkout", "{}", ("Idempotency-Key", "k")).ShouldBeProblem(400, "validation_failed", "payment");
        await customer.AddToCart(product, 2);
        await customer.CheckOut("pm_sim", "k").ShouldBeProblem(400, "invalid_payment_token");
        await customer.CheckOut(key: "k").ShouldBeProblem(409, "insufficient_stock");
        await customer.Post("/order", Shopping.Lines((product, 9, null)), ("Idempotency-Key", "k")).ShouldBeProblem(409, "insufficient_stock");
        await app.MoveStock(product, 1);
        await app.Reprice(product, 1m);
        await customer.CheckOut(key: "k").ShouldBeProblem(409, "price_changed");
        await customer.Put($"/cart/{product}", new { quantity = 2 }).ShouldBe(200);
        await customer.CheckOut(Shopping.Card, "k").ShouldBe(201);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("one")]
    public async Task Sixteen_checkouts_of_one_cart_at_once_buy_it_once(string? key)
    {
        var gateway = new StubGateway { Answer = async _ => { await Task.Delay(30); return StubGateway.Paid(); } };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 20);
        await customer.AddToCart(product, 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => customer.CheckOut(key: key)));

        Assert.Single(answers, answer => (int)answer.StatusCode == 201 && !answer.IsReplayed());
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201)) await answer.ShouldBeProblem(409, "idempotency_in_progress");
        var bought = Assert.Single((await Task.WhenAll(answers.Where(answer => (int)answer.StatusCode == 201).Select(Shopping.Body))).Distinct());
        var late = await customer.CheckOut(key: key);
        Assert.True(late.IsReplayed());
        Assert.Equal(bought, await late.Body());
        Assert.Single(gateway.Charges);
        Assert.Single(await customer.Orders());
        Assert.Equal(18, await app.Available(product));
    }

    [Fact]
    public async Task Sixteen_placings_at_once_under_one_key_place_one_order()
    {
        var customer = app.Customer().Client;
        var lines = Shopping.Lines((await app.Product(), 1, null));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => customer.Post("/order", lines, ("Idempotency-Key", "k"))));
        Assert.All(answers, answer => Assert.Equal(201, (int)answer.StatusCode));
        Assert.Single(answers, answer => !answer.IsReplayed());
        Assert.Single((await Task.WhenAll(answers.Select(Shopping.Body))).Distinct());
        Assert.Single(await customer.Orders());
    }

    [Fact]
    public async Task Sixteen_checkouts_of_one_placed_order_at_once_buy_it_once()
    {
        var gateway = new StubGateway();
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 20);
        var orderId = await customer.Place((product, 2, null));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => customer.Buy($"/order/{orderId}/checkout")));
        Assert.Single(answers, answer => (int)answer.StatusCode == 201 && !answer.IsReplayed());
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201)) await answer.ShouldBeProblem(409, "idempotency_in_progress");
        Assert.Single(gateway.Charges);
        Assert.Equal(18, await app.Available(product));
    }

    private static async Task ShouldReplay(HttpResponseMessage first, HttpResponseMessage again)
    {
        Assert.Equal(await first.Body(), await again.Body());
        Assert.True(again.IsReplayed());
        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
    }

    /// <summary>The same customer after the access token has run out.</summary>
    private async Task<HttpClient> Again(HttpClient customer)
    {
        await customer.Get("/order").ShouldBeProblem(401, "unauthorized");
        var payload = customer.DefaultRequestHeaders.Authorization!.Parameter!.Split('.')[1];
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload));
        return app.ClientFor(claims.RootElement.Text("sub"));
    }

    /// <summary>Past <see cref="HttpClient"/>, which refuses some headers by itself.</summary>
    private async Task<(int Status, string? Code)> SendRaw(HttpClient customer, string path, string body, params string[] keys)
    {
        var context = await app.Server.SendAsync(
            http =>
            {
                http.Request.Method = "POST";
                http.Request.Path = path;
                http.Request.ContentType = "application/json";
                http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
                http.Request.ContentLength = http.Request.Body.Length;
                http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
                http.Request.Headers.Authorization = customer.DefaultRequestHeaders.Authorization!.ToString();
                http.Request.Headers["Idempotency-Key"] = keys;
            },
            TestContext.Current.CancellationToken);
        using var document = await JsonDocument.ParseAsync(context.Response.Body, default, TestContext.Current.CancellationToken);
        return (context.Response.StatusCode, document.RootElement.Text("code"));
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}

public sealed class IdempotencyTests_on_Sqlite(SqliteApp app) : IdempotencyTests(app), IClassFixture<SqliteApp>;

public sealed class IdempotencyTests_on_DynamoDb(DynamoDbApp app) : IdempotencyTests(app), IClassFixture<DynamoDbApp>;
