using System.Text;
using System.Text.Json;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Products;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests;

/// <summary>
/// Every route of /product and /cart that takes a body, and every body that it must refuse: with the problem that names what is
/// wrong, and with nothing written.
/// </summary>
public abstract class BadInputTests(EcommerceApp app)
{
    private const string Me = "usr_badinput";
    private const string ProductId = "prod_0bad0bad0bad0bad0bad0bad00";
    private static readonly string[] WriteRoutes = ["POST /product", "PUT /product", "POST stock", "POST /cart", "PUT /cart"];

    /// <summary>The last one leaves the field out.</summary>
    private static readonly string[] WrongQuantities =
        ["0", "-1", "100", "1.5", "1.0", "9223372036854775808", "-9223372036854775809", "2147483648", "null", ""];

    /// <inheritdoc cref="WrongQuantities"/>
    private static readonly string[] WrongPrices =
    [
        "1.234", "12.990", "-1", "-0.01", "0", "-0", "0.00", "0.001", "1e30", "1e-3", "1e-30", "99999999.991", "100000000",
        "92233720368547758.08", "null", "",
    ];

    /// <summary>Values that are no number, or no such number; and whether the document is still JSON.</summary>
    private static readonly (string Json, bool IsJson)[] NoNumbers =
    [
        ("\"1\"", true), ("\"\"", true), ("true", true), ("[]", true), ("[1]", true), ("{}", true), ("1e999", true),
        ("NaN", false), ("Infinity", false), ("01", false), ("+1", false), ("0x1", false), ("1.", false), (".5", false), ("1,5", false),
    ];

    public static TheoryData<string> Routes => [.. WriteRoutes];

    public static TheoryData<string, string> Quantities => new(
        from route in WriteRoutes
        where route.EndsWith("/cart", StringComparison.Ordinal)
        from json in WrongQuantities
        where route != "PUT /cart" || json != "0"
        select (route, json));

    public static TheoryData<string, string> Prices => new(
        from route in WriteRoutes
        where route.EndsWith("/product", StringComparison.Ordinal)
        from json in WrongPrices
        select (route, json));

    [Theory]
    [MemberData(nameof(Quantities))]
    public Task A_wrong_quantity_is_named(string route, string json) => ShouldBeNamed(route, "quantity", json);

    [Theory]
    [MemberData(nameof(Prices))]
    public Task A_wrong_price_is_named(string route, string json) => ShouldBeNamed(route, "price", json);

    [Theory]
    [InlineData("POST /product", "price")]
    [InlineData("PUT /product", "price")]
    [InlineData("POST /product", "stock")]
    [InlineData("POST stock", "delta")]
    [InlineData("POST /cart", "quantity")]
    [InlineData("PUT /cart", "quantity")]
    public async Task What_is_no_number_is_refused(string route, string field)
    {
        foreach (var (json, isJson) in NoNumbers)
        {
            if (isJson) await ShouldBeNamed(route, field, json);
            else await ShouldBeMalformed(route, With(route, field, json));
        }
    }

    [Theory]
    [InlineData("name", "1")]
    [InlineData("name", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "\" \\t \"")]
    [InlineData("name", "\"a\\u0000b\"")]
    [InlineData("name", "\"a\\nb\"")]
    [InlineData("name", "[]")]
    [InlineData("description", "1")]
    [InlineData("description", "\"a\\u0000b\"")]
    [InlineData("attributes", "{\"a\":\"b\\u0000\"}")]
    [InlineData("attributes", "{\"a\\u0000\":1}")]
    [InlineData("category", "\"\"")]
    [InlineData("category", "\"a\\u0007\"")]
    [InlineData("category", "{}")]
    [InlineData("tags", "\"one\"")]
    [InlineData("tags", "{}")]
    [InlineData("tags", "[null]", "tags[0]")]
    [InlineData("tags", "[\"ok\",\"\"]", "tags[1]")]
    [InlineData("tags", "[1]", "tags[0]")]
    [InlineData("attributes", "[]")]
    [InlineData("attributes", "\"x\"")]
    [InlineData("attributes", "{\"a\":{}}")]
    [InlineData("attributes", "{\"a\":[]}")]
    [InlineData("attributes", "{\"a\":null}")]
    [InlineData("attributes", "{\"a\":1.5}")]
    [InlineData("attributes", "{\"a\":9223372036854775808}")]
    [InlineData("attributes", "{\"\":1}")]
    [InlineData("attributes", "{\"a\":1,\"a\":2}")]
    public async Task A_wrong_field_of_a_product_is_named(string field, string json, string? named = null)
    {
        await ShouldBeNamed("POST /product", field, json, named);
        await ShouldBeNamed("PUT /product", field, json, named);
    }

    [Fact]
    public async Task A_field_that_is_too_long_is_named()
    {
        foreach (var route in new[] { "POST /product", "PUT /product" })
        {
            await ShouldBeNamed(route, "name", $"\"{new string('n', 201)}\"");
            await ShouldBeNamed(route, "description", $"\"{new string('d', 4001)}\"");
            await ShouldBeNamed(route, "category", $"\"{new string('c', 51)}\"");
            await ShouldBeNamed(route, "tags", $"[{string.Join(',', Enumerable.Range(0, 21).Select(n => $"\"{n}\""))}]");
            await ShouldBeNamed(route, "tags", $"[\"{new string('t', 51)}\"]", "tags[0]");
            await ShouldBeNamed(route, "attributes", $"{{{string.Join(',', Enumerable.Range(0, 21).Select(n => $"\"a{n}\":{n}"))}}}");
            await ShouldBeNamed(route, "attributes", $"{{\"a\":\"{new string('v', 201)}\"}}");
            await ShouldBeNamed(route, "attributes", $"{{\"{new string('a', 41)}\":1}}");
        }

        await ShouldBeNamed("POST stock", "reason", $"\"{new string('r', 201)}\"");
    }

    [Theory]
    [InlineData("stock", "-1")]
    [InlineData("stock", "1.5")]
    [InlineData("stock", "1000000001")]
    [InlineData("stock", "9223372036854775808")]
    [InlineData("sizes", "{}")]
    [InlineData("sizes", "[]")]
    [InlineData("sizes", "5")]
    [InlineData("sizes", "{\"\":1}")]
    [InlineData("sizes", "{\" M\":1}")]
    [InlineData("sizes", "{\"-\":1}")]
    [InlineData("sizes", "{\"a#b\":1}")]
    [InlineData("sizes", "{\"a\\u0001\":1}")]
    [InlineData("sizes", "{\"012345678901234567890\":1}")]
    [InlineData("sizes", "{\"M\":-1}")]
    [InlineData("sizes", "{\"M\":1000000001}")]
    [InlineData("sizes", "{\"M\":null}", "sizes.M")]
    [InlineData("sizes", "{\"M\":1.5}", "sizes.M")]
    [InlineData("sizes", "{\"M\":\"1\"}", "sizes.M")]
    public Task A_wrong_first_stock_is_named(string field, string json, string? named = null) => ShouldBeNamed("POST /product", field, json, named);

    [Fact]
    public async Task First_stock_is_given_once_and_of_fifty_sizes_at_most()
    {
        await ShouldBeRefused("POST /product", """{"name":"Bowl","price":1,"stock":1,"sizes":{"M":1}}""", 400, "validation_failed", "sizes");
        await ShouldBeNamed("POST /product", "sizes", $"{{{string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"s{n}\":{n}"))}}}");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_that_is_not_the_expected_JSON_is_malformed(string route)
    {
        var valid = Valid(route);
        string[] bodies =
        [
            "", " ", "null", "[]", $"[{valid}]", "\"text\"", "1", "true", "{", "}", "{]", "nonsense", "{\"name\":", valid[..^1], $"{valid},", $"{valid}{valid}",
            $"{valid[..^1]},}}", $"/* comment */{valid}", "{'name':'x'}", "{name:1}", $"{valid[..^1]},\"x\":\"\u0001\"}}", "<xml/>",
            $"{valid[..^1]},\"x\":{new string('[', 100)}{new string(']', 100)}}}",
            $"{valid[..^1]},\"x\":{string.Concat(Enumerable.Repeat("{\"x\":", 100))}1{new string('}', 100)}}}",
            new string('[', 5000),
        ];
        foreach (var body in bodies) await ShouldBeMalformed(route, body);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_name_that_occurs_twice_is_named(string route)
    {
        var valid = Valid(route);
        var first = valid[1..valid.IndexOf(':')].Trim('"');
        await ShouldBeRefused(route, $"{valid[..^1]},{valid[1..]}", 400, "validation_failed", first);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Text_that_is_not_Unicode_is_refused(string route)
    {
        var field = TextFieldOf(route);
        foreach (var json in new[] { "\"\\ud800\"", "\"a\\udc00b\"", "\"\\ud83dx\"", "\"\\ud83d\\ud83d\"", "\"\\u12\"", "\"\\x41\"" })
            await ShouldBeRefused(route, With(route, field, json), 400);
        await ShouldBeRefused(route, $"{{\"\\ud800\":1,{Valid(route)[1..]}", 400);
        foreach (var bytes in new byte[][] { [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xC0, 0xAF] })
        {
            var text = With(route, field, "\"@\"");
            var at = text.IndexOf('@');
            await ShouldBeRefused(route, Json([.. Encoding.UTF8.GetBytes(text[..at]), .. bytes, .. Encoding.UTF8.GetBytes(text[(at + 1)..])]), 400);
        }

    }

    [Theory]
    [InlineData("attributes")]
    [InlineData("sizes")]
    public async Task A_name_that_is_not_Unicode_is_refused(string field)
    {
        await ShouldBeRefused("POST /product", With("POST /product", field, "{\"\\ud800\":1}"), 400);
        await ShouldBeRefused("POST /product", Json([.. "{\"name\":\"Bowl\",\"price\":1,\""u8, .. Encoding.UTF8.GetBytes(field), .. "\":{\""u8, 0xFF, .. "\":1}}"u8]), 400);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Only_JSON_in_UTF8_is_read(string route)
    {
        var valid = Encoding.UTF8.GetBytes(Valid(route));
        foreach (var type in new[]
        {
            null, "text/plain", "text/plain; charset=utf-8", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/octet-stream", "nonsense", "application/json; charset=utf-16", "application/json; charset=latin1", "application/json; charset=iso-8859-1",
            "application/json; charset=nonsense", "application/json; charset=utf-7", "application/json; charset=\"\"", "application/json; charset=utf-32",
            "application/json; charset=us-ascii",
        })
            await ShouldBeRefused(route, Content(valid, type), 415, "unsupported_media_type");
        await ShouldBeRefused(route, Content(Encoding.Unicode.GetBytes(Valid(route)), "application/json; charset=utf-16"), 415, "unsupported_media_type");
        await ShouldBeRefused(route, Content([], null), 400, "malformed_request");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("Application/JSON; charset=Utf-8")]
    public async Task JSON_is_JSON_however_it_says_so(string type)
    {
        var content = Content(Encoding.UTF8.GetBytes("""{"name":"Grüße","price":1,"category":"greetings"}"""), type);
        await app.Admin.Post("/product", content).ShouldBe(201);
        Assert.All((await app.Anonymous.Get("/product?category=greetings").ShouldBe(200)).Items(), item => Assert.Equal("Grüße", item.Text("name")));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_over_a_megabyte_is_too_large(string route)
    {
        await ShouldBeRefused(route, $"{Valid(route)[..^1]},\"x\":\"{new string('x', 1024 * 1024)}\"}}", 413, "body_too_large");
        await ShouldBeRefused(route, new string(' ', 1024 * 1024 + 1), 413, "body_too_large");
    }

    [Theory]
    [InlineData("%01")]
    [InlineData("%0A")]
    [InlineData("%7F")]
    [InlineData("%20")]
    [InlineData("a%20b")]
    [InlineData("%23")]
    [InlineData("a%23b")]
    [InlineData("%2F")]
    [InlineData("a%2Fb")]
    [InlineData("..%2F..")]
    [InlineData("%5C")]
    [InlineData("%3F")]
    [InlineData("%FF")]
    [InlineData("%C3%28")]
    [InlineData("%zz")]
    [InlineData("%")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("é")]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("-1")]
    [InlineData("prod_")]
    [InlineData("prod_0000000000000000000000000%01")]
    [InlineData("prod_0000000000000000000000000%23")]
    [InlineData("prod_0000000000000000000000000%C3%A9")]
    [InlineData("prod_0000000000000000000000000u")]
    [InlineData("prod_000000000000000000000000000")]
    [InlineData("'%20OR%201=1--")]
    [InlineData("{productId}")]
    public async Task A_strange_id_is_not_found(string id)
    {
        await Arrange();
        var before = await app.Holdings(Me);
        foreach (var route in WriteRoutes.Where(route => route is not "POST /product" and not "POST /cart"))
            await Send(route, Valid(route), id).ShouldBeProblem(404, "not_found");
        await app.Anonymous.Get($"/product/{id}").ShouldBeProblem(404, "not_found");
        await app.Admin.Delete($"/product/{id}").ShouldBeProblem(404, "not_found");
        await app.Admin.Get($"/product/{id}/stock").ShouldBeProblem(404, "not_found");
        await app.ClientFor(Me).Delete($"/cart/{id}").ShouldBeProblem(404, "not_found");
        await app.ClientFor(Me).Delete($"/cart/{id}?size={id}").ShouldBeProblem(404, "not_found");
        Assert.Equal(before, await app.Holdings(Me));
    }

    [Fact]
    public async Task A_very_long_id_is_not_found()
    {
        foreach (var length in new[] { 100, 3_000, 20_000 }) await A_strange_id_is_not_found($"prod_{new string('0', length)}");
    }

    private static string Valid(string route) => route switch
    {
        "POST /product" or "PUT /product" => """{"name":"Bowl","price":12.99}""",
        "POST stock" => """{"delta":3,"reason":"delivery"}""",
        "POST /cart" => $$"""{"quantity":2,"productId":"{{ProductId}}"}""",
        _ => """{"quantity":2}""",
    };

    private static string TextFieldOf(string route) => route switch { "POST stock" => "reason", "POST /cart" or "PUT /cart" => "size", _ => "name" };

    /// <summary>The valid body with this value in a field; without the field where there is no value.</summary>
    private static string With(string route, string field, string json)
    {
        var members = Valid(route)[1..^1].Split(',').Where(member => !member.StartsWith($"\"{field}\"", StringComparison.Ordinal));
        return $"{{{string.Join(',', json.Length == 0 ? members : members.Append($"\"{field}\":{json}"))}}}";
    }

    private static ByteArrayContent Json(byte[] body) => Content(body, "application/json");

    private static ByteArrayContent Content(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private Task ShouldBeNamed(string route, string field, string json, string? named = null) =>
        ShouldBeRefused(route, With(route, field, json), 400, "validation_failed", named ?? field);

    private Task ShouldBeMalformed(string route, string body) => ShouldBeRefused(route, body, 400, "malformed_request");

    private async Task ShouldBeRefused(string route, object body, int status, string? code = null, params string[] fields)
    {
        await Arrange();
        var before = await app.Holdings(Me);
        var shown = await Shown(body);
        var response = await Send(route, body);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status && text.Contains("\"code\""), $"{(int)response.StatusCode} instead of {status} to {route} {shown}: {text}");
        if (code is null)
        {
            using var document = JsonDocument.Parse(text);
            code = document.RootElement.Text("code");
            Assert.True(code is "validation_failed" or "malformed_request", code);
            if (document.RootElement.TryGetProperty("errors", out var errors)) fields = [.. errors.Names()];
        }

        await response.ShouldBeProblem(status, code, fields);
        Assert.Equal(before, await app.Holdings(Me));
    }

    /// <summary>One product and one line of it in my cart, always the same.</summary>
    private async Task Arrange()
    {
        var at = app.Clock.GetUtcNow().UtcDateTime;
        var product = new Product { ProductId = ProductId, Name = "Bowl", Price = new(1299), CreatedAt = at, UpdatedAt = at };
        var cart = new Cart(Me).With(new(ProductId, null, "Bowl", 1, new(1299)));
        Assert.True((await app.Store.Commit(
        [
            new Put(Tables.Products, product.ToItem(), Expect.Anything),
            new Put(Tables.Inventory, new Sku(ProductId, null).ToItem(5), Expect.Anything),
            cart.ToPut() with { Expect = Expect.Anything },
        ], cancellation: TestContext.Current.CancellationToken)).IsCommitted);
    }

    private Task<HttpResponseMessage> Send(string route, object body, string id = ProductId) => route switch
    {
        "POST /product" => app.Admin.Post("/product", body),
        "PUT /product" => app.Admin.Put($"/product/{id}", body),
        "POST stock" => app.Admin.Post($"/product/{id}/stock", body),
        "POST /cart" => app.ClientFor(Me).Post("/cart", body),
        _ => app.ClientFor(Me).Put($"/cart/{id}", body),
    };

    private static async Task<string> Shown(object body)
    {
        if (body is not ByteArrayContent content) return body.ToString()!;
        return $"{content.Headers.ContentType} {Encoding.Latin1.GetString(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))}";
    }
}

public sealed class BadInputTests_on_Sqlite(SqliteApp app) : BadInputTests(app), IClassFixture<SqliteApp>;

public sealed class BadInputTests_on_DynamoDb(DynamoDbApp app) : BadInputTests(app), IClassFixture<DynamoDbApp>;
