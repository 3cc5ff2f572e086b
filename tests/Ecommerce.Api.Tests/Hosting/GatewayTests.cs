using Ecommerce.Api.Http;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Api.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Hosting;

/// <summary>Recorded events of API Gateway, answered as Lambda answers them.</summary>
public abstract class GatewayTests(EcommerceApp app)
{
    [Fact]
    public async Task A_checkout_is_made_once_and_replayed()
    {
        var (userId, client) = app.Customer();
        await client.AddToCart(await app.Product(), 2);
        var token = ("token", Token(userId));
        var bought = await app.Invoke("checkout", token);
        var order = bought.Json(201);
        Assert.Equal("CONFIRMED", order.Text("status"));
        Assert.Equal("Straße 1, Köln", (await client.Order(order.Text("orderId"))).Text("shippingAddress"));
        var again = await app.Invoke("checkout", token);
        Assert.Equal((201, bought.Body, "true"), (again.Status, again.Body, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(bought.Body, await (await client.Post("/order/checkout",
            new { payment = new { method = "CARD", token = Shopping.Card }, shippingAddress = "Straße 1, Köln" }, ("Idempotency-Key", "order 7, the second try"))).Body());
    }

    [Fact]
    public async Task What_Stripe_signs_arrives_byte_for_byte()
    {
        await using var shop = app.Fresh(
            ("Payment:Provider", "Stripe"), ("Payment:Stripe:SecretKey", StripeStandIn.SecretKey), ("Payment:Stripe:WebhookSecret", StripeStandIn.WebhookSecret));
        Assert.True((await shop.Invoke("stripe-webhook")).Json(200).GetProperty("received").GetBoolean());
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("invalid_signature", (await shop.Invoke("stripe-webhook")).Json(400).Text("code"));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public async Task A_picture_goes_in_and_out_as_base64(string mediaType)
    {
        var bytes = mediaType switch { ImageFormat.Png => Pictures.Png(length: 20_000), ImageFormat.Jpeg => Pictures.Jpeg, _ => Pictures.LossyWebP };
        var product = ("productId", await app.Sell());
        Assert.Equal(404, (await app.Invoke("image-download", product)).Status);
        var admin = ("token", Token("usr_image_admin", Caller.AdminRole));
        (await app.Invoke("image-upload", product, admin, ("mediaType", mediaType), ("image", Convert.ToBase64String(bytes)))).Json(200);
        var sent = await app.Invoke("image-download", product);
        Assert.Equal((200, mediaType, true), (sent.Status, sent.Headers["Content-Type"], sent.IsBase64));
        Assert.Equal(bytes, Convert.FromBase64String(sent.Body));
        var same = await app.Invoke("not-modified", product, ("etag", sent.Headers["ETag"].Replace("\"", "\\\"", StringComparison.Ordinal)));
        Assert.Equal((304, ""), (same.Status, same.Body));
    }

    [Theory]
    [InlineData("encoded-slash", "/product/a%2Fb")]
    [InlineData("decoded-path", "/product/50%25%20caf%C3%A9%20+1%20b/image")]
    public async Task A_path_of_whatever_characters_finds_its_route(string name, string path)
    {
        var detail = (await app.Invoke(name)).Json(404).Text("detail");
        Assert.Equal((await app.Anonymous.Get(path).ShouldBeProblem(404, "not_found")).Text("detail"), detail);
        Assert.NotEqual((await app.Anonymous.Get("/nowhere").ShouldBeProblem(404, "not_found")).Text("detail"), detail);
    }

    [Fact]
    public async Task A_query_means_what_it_means_elsewhere()
    {
        await using var shop = app.Fresh();
        var product = await shop.Sell("Café Noir & Co", tags: ["a,b,c"]);
        await shop.Dispatch();
        var found = await shop.Invoke("search");
        Assert.Equal(await (await shop.Anonymous.Get("/product?q=caf%C3%A9+noir%20%26%20co&tag=a&tag=b%2Cc&limit=2")).Body(), found.Body);
        Assert.Equal(product, found.Json(200).GetProperty("items")[0].Text("productId"));
    }

    [Fact]
    public async Task A_stage_before_the_path_is_left_out()
    {
        var product = await app.Sell();
        Assert.Equal(product, (await app.Invoke("stage", ("productId", product))).Json(200).Text("productId"));
    }

    [Fact]
    public async Task Head_is_the_same_answer_without_its_body()
    {
        var answer = await app.Invoke("head", ("productId", await app.Sell()));
        Assert.Equal((200, "", "application/json; charset=utf-8"), (answer.Status, answer.Body, answer.Headers["Content-Type"]));
        Assert.Contains("ETag", answer.Headers.Keys);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_ask_before()
    {
        await using var shop = app.Fresh(("Cors:Origins", "https://shop.example"));
        var answer = await shop.Invoke("preflight");
        Assert.Equal((204, "https://shop.example", "POST"), (answer.Status, answer.Headers["Access-Control-Allow-Origin"], answer.Headers["Access-Control-Allow-Methods"]));
        Assert.Equal("authorization,content-type,idempotency-key", answer.Headers["Access-Control-Allow-Headers"]);
    }

    [Fact]
    public async Task Guesses_are_counted_by_the_address_that_API_Gateway_saw()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        for (var n = 0; n < 10; n++) await Fail("198.51.100.20", 401);
        await Fail("198.51.100.20", 429);
        await Fail("198.51.100.21", 401);
        await Fail("2001:db8::5", 401);

        async Task Fail(string address, int status) => (await app.Invoke("login", ("email", email), ("sourceIp", address))).Json(status);
    }

    [Fact]
    public async Task The_schedules_event_is_a_maintenance_pass()
    {
        await using var shop = app.Fresh(("Hosting:InternalEndpoints", "true"));
        await shop.Sell();
        Assert.Equal(1, (await shop.Invoke("maintenance")).Json(200).GetProperty("events").GetProperty("dispatched").GetInt32());
        Assert.Equal(404, (await app.Invoke("maintenance")).Status);
    }

    private string Token(string userId, string role = Caller.CustomerRole) => app.Services.GetRequiredService<AccessTokens>().Issue(userId, role);
}

public sealed class GatewayTests_on_Sqlite(SqliteApp app) : GatewayTests(app), IClassFixture<SqliteApp>;

public sealed class GatewayTests_on_DynamoDb(DynamoDbApp app) : GatewayTests(app), IClassFixture<DynamoDbApp>;
