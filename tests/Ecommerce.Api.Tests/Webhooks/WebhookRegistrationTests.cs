using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Webhooks;

/// <summary>Who is told of events. Each test that changes the webhooks has a shop of its own.</summary>
public abstract class WebhookRegistrationTests(EcommerceApp app)
{
    private const string Secret = "correct-horse-battery";

    [Fact]
    public async Task A_webhook_is_registered_listed_and_removed_and_its_secret_is_never_told()
    {
        await using var shop = app.Fresh();
        var response = await Register(shop, """{ "url": "https://erp.example/events?key=1", "secret": "correct-horse-battery", "types": ["OrderConfirmed", "OrderShipped", "OrderConfirmed"] }""");
        Assert.DoesNotContain(Secret, await response.Body());
        var webhook = await response.ShouldBe(201);
        Assert.StartsWith("wh_", webhook.Text("webhookId"));
        Assert.Equal($"/order/webhooks/{webhook.Text("webhookId")}", response.Headers.Location?.OriginalString);
        Assert.Equal("https://erp.example/events?key=1", webhook.Text("url"));
        Assert.Equal(["OrderConfirmed", "OrderShipped"], webhook.GetProperty("types").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(shop.Clock.GetUtcNow().UtcDateTime, webhook.GetProperty("createdAt").GetDateTime());

        var second = await Register(shop, new { url = "https://other.example", secret = Secret }).ShouldBe(201);
        Assert.Empty(second.GetProperty("types").EnumerateArray());
        var listed = await shop.Admin.Get("/order/webhooks");
        Assert.DoesNotContain(Secret, await listed.Body());
        Assert.Equal([webhook.GetRawText(), second.GetRawText()], (await listed.ShouldBe(200)).Items().Select(item => item.GetRawText()));
        Assert.Equal(webhook.GetRawText(), (await shop.Admin.Get(response.Headers.Location!.OriginalString).ShouldBe(200)).GetRawText());

        await (await shop.Admin.Delete(response.Headers.Location.OriginalString)).ShouldBeEmpty(204);
        await shop.Admin.Delete(response.Headers.Location.OriginalString).ShouldBeProblem(404, "not_found");
        await shop.Admin.Get(response.Headers.Location.OriginalString).ShouldBeProblem(404, "not_found");
        Assert.Equal([second.GetRawText()], await Listed(shop));
    }

    [Fact]
    public async Task Webhooks_are_listed_in_pages()
    {
        await using var shop = app.Fresh();
        var ids = new List<string>();
        for (var n = 0; n < 5; n++) ids.Add((await Register(shop, new { url = $"https://erp.example/{n}", secret = Secret }).ShouldBe(201)).Text("webhookId"));
        var (found, cursor) = (new List<string>(), "");
        do
        {
            var page = await shop.Admin.Get($"/order/webhooks?limit=2&cursor={cursor}").ShouldBe(200);
            Assert.Equal(page.GetProperty("count").GetInt32(), page.Items().Count());
            found.AddRange(page.Items().Select(item => item.Text("webhookId")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(ids, found);
        await shop.Admin.Get("/order/webhooks?limit=0").ShouldBeProblem(400, "validation_failed", "limit");
        await shop.Admin.Get("/order/webhooks?cursor=x").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task The_twenty_first_webhook_is_refused_until_one_is_removed()
    {
        await using var shop = app.Fresh();
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Register(shop, new { url = $"https://erp.example/{n}", secret = Secret }).ShouldBe(201)));
        await Register(shop, new { url = "https://erp.example", secret = Secret }).ShouldBeProblem(409, "webhooks_full");
        await (await shop.Admin.Delete($"/order/webhooks/{all[7].Text("webhookId")}")).ShouldBeEmpty(204);
        await Register(shop, new { url = "https://erp.example", secret = Secret }).ShouldBe(201);
        Assert.Equal(20, (await shop.Admin.Get("/order/webhooks?limit=100").ShouldBe(200)).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("{}", "url", "secret")]
    [InlineData("""{"url":null,"secret":null}""", "url", "secret")]
    [InlineData("""{"url":"","secret":""}""", "url", "secret")]
    [InlineData("""{"url":"https://erp.example","secret":"only-15-letters"}""", "secret")]
    [InlineData("""{"url":"https://erp.example","secret":"correct horse battery"}""", "secret")]
    [InlineData("""{"url":"https://erp.example","secret":"correct-horse-bättery"}""", "secret")]
    [InlineData("""{"url":"https://erp.example","secret":"correct-horse\n-battery"}""", "secret")]
    [InlineData("""{"url":"https://erp.example","secret":1}""", "secret")]
    [InlineData("""{"url":"https://erp.example","secret":"correct-horse-battery","types":["OrderConfirmed","orderConfirmed","Everything",null]}""", "types[1]", "types[2]", "types[3]")]
    [InlineData("""{"url":"https://erp.example","secret":"correct-horse-battery","types":"OrderConfirmed"}""", "types")]
    [InlineData("""{"url":"erp.example","secret":"correct-horse-battery"}""", "url")]
    public async Task A_registration_that_is_not_right_names_what_is_wrong(string body, params string[] fields)
    {
        await app.Admin.Post("/order/webhooks", body).ShouldBeProblem(400, "validation_failed", fields);
        Assert.Empty(await Listed(app));
    }

    [Fact]
    public async Task Unknown_types_are_answered_with_those_that_there_are()
    {
        var problem = await Register(app, """{ "url": "https://erp.example", "secret": "correct-horse-battery", "types": ["Everything"] }""").ShouldBeProblem(400, "validation_failed", "types[0]");
        Assert.All(Enum.GetNames<EventType>(), type => Assert.Contains(type, problem.Text("detail")));
    }

    [Fact]
    public async Task What_is_too_long_is_refused_and_the_longest_is_taken()
    {
        await using var shop = app.Fresh();
        var types = Enumerable.Repeat("OrderConfirmed", 101);
        await Register(shop, new { url = Url(1001), secret = new string('s', 256), types }).ShouldBeProblem(400, "validation_failed", "url", "secret", "types");
        await Register(shop, new { url = Url(1000), secret = new string('s', 255), types = types.Skip(1) }).ShouldBe(201);

        static string Url(int length) => $"https://erp.example/{new string('x', length - 20)}";
    }

    [Theory]
    [InlineData("http://erp.example/events")]
    [InlineData("ftp://erp.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//erp.example")]
    [InlineData("/events")]
    [InlineData("https://")]
    [InlineData("https:///events")]
    [InlineData("https:erp.example")]
    [InlineData("https://erp example")]
    [InlineData("https://erp.example/a b")]
    [InlineData("https://erp.example/\u0007")]
    [InlineData("https://erp.example\\@evil.example")]
    [InlineData("https://user@erp.example")]
    [InlineData("https://user:pass@erp.example")]
    [InlineData("https://@erp.example")]
    [InlineData("https://erp.example/#part")]
    [InlineData("https://erp.example/#")]
    [InlineData("https://erp.example:99999")]
    [InlineData("https://erp..example")]
    [InlineData(" https://erp.example")]
    public async Task An_address_that_is_no_https_address_is_refused(string url) =>
        await Register(app, new { url, secret = Secret }).ShouldBeProblem(400, "validation_failed", "url");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:8443")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.1.")]
    [InlineData("１２７.0.0.1")]
    [InlineData("①②⑦.0.0.1")]
    [InlineData("127。0。0。1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("2852039166")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[::]")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8443")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::a00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[ff02::1]")]
    public async Task An_address_inside_is_refused_however_it_is_written(string host)
    {
        var problem = await Register(app, new { url = $"https://{host}/events", secret = Secret }).ShouldBeProblem(400, "validation_failed", "url");
        Assert.Equal("url must be a public address.", problem.Text("detail"));
    }

    [Fact]
    public async Task Where_the_settings_allow_it_a_webhook_is_inside_and_reached_by_http()
    {
        await using var shop = app.Fresh(("Webhooks:AllowPrivateAddresses", "true"));
        foreach (var url in new[] { "http://127.0.0.1:5001/events", "https://[::1]/", "http://10.0.0.1" }) await Register(shop, new { url, secret = Secret }).ShouldBe(201);
        foreach (var url in new[] { "ftp://10.0.0.1", "http://me@10.0.0.1" }) await Register(shop, new { url, secret = Secret }).ShouldBeProblem(400, "validation_failed", "url");
    }

    private static Task<HttpResponseMessage> Register(EcommerceApp shop, object webhook) => shop.Admin.Post("/order/webhooks", webhook);

    private static async Task<IEnumerable<string>> Listed(EcommerceApp shop) =>
        (await shop.Admin.Get("/order/webhooks").ShouldBe(200)).Items().Select(item => item.GetRawText());
}

public sealed class WebhookRegistrationTests_on_Sqlite(SqliteApp app) : WebhookRegistrationTests(app), IClassFixture<SqliteApp>;

public sealed class WebhookRegistrationTests_on_DynamoDb(DynamoDbApp app) : WebhookRegistrationTests(app), IClassFixture<DynamoDbApp>;
