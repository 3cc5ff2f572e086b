using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests;

/// <summary>The API's description of itself.</summary>
public sealed class OpenApiTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>Every route, and what it answers to nobody and to a customer who sends nothing. A new route needs a row.</summary>
    private static readonly Dictionary<string, (int Anonymous, int Customer)> Routes = new()
    {
        ["get /hello"] = (200, 200),
        ["get /health/live"] = (200, 200),
        ["get /health/ready"] = (200, 200),
        ["post /user/register"] = (400, 400),
        ["post /user/login"] = (400, 400),
        ["post /user/refresh"] = (400, 400),
        ["post /user/logout"] = (400, 400),
        ["post /user/password"] = (401, 400),
        ["post /user/password/forgot"] = (400, 400),
        ["post /user/password/reset"] = (400, 400),
        ["get /user/profile"] = (401, 401),
        ["patch /user/profile"] = (401, 401),
        ["delete /user/profile"] = (401, 401),
        ["get /user"] = (401, 403),
        ["post /user"] = (401, 403),
        ["get /user/{userId}"] = (401, 404),
        ["patch /user/{userId}"] = (401, 403),
        ["delete /user/{userId}"] = (401, 403),
        ["get /product"] = (200, 200),
        ["get /product/{productId}"] = (404, 404),
        ["post /product"] = (401, 403),
        ["put /product/{productId}"] = (401, 403),
        ["delete /product/{productId}"] = (401, 403),
        ["get /product/{productId}/image"] = (404, 404),
        ["put /product/{productId}/image"] = (401, 403),
        ["get /product/{productId}/stock"] = (401, 403),
        ["post /product/{productId}/stock"] = (401, 403),
        ["get /product/{productId}/stock/history"] = (401, 403),
        ["post /product/stock/audit"] = (401, 403),
        ["get /product/stock/audit"] = (401, 403),
        ["get /product/stock/low"] = (401, 403),
        ["get /product/featured"] = (200, 200),
        ["post /product/featured"] = (401, 403),
        ["delete /product/featured/{adId}"] = (401, 403),
        ["get /cart"] = (200, 200),
        ["post /cart"] = (400, 400),
        ["delete /cart"] = (200, 200),
        ["put /cart/{productId}"] = (400, 400),
        ["delete /cart/{productId}"] = (404, 404),
        ["post /order"] = (401, 400),
        ["get /order"] = (401, 200),
        ["get /order/all"] = (401, 403),
        ["get /order/events"] = (401, 403),
        ["post /order/events/{eventId}/retry"] = (401, 403),
        ["get /order/report"] = (401, 403),
        ["get /order/{orderId}"] = (401, 404),
        ["post /order/{orderId}/validate"] = (401, 404),
        ["post /order/checkout"] = (401, 400),
        ["post /order/{orderId}/checkout"] = (401, 400),
        ["post /order/{orderId}/cancel"] = (401, 404),
        ["get /order/{orderId}/events"] = (401, 404),
        ["post /order/{orderId}/refund"] = (401, 403),
        ["post /order/{orderId}/ship"] = (401, 403),
        ["post /order/{orderId}/deliver"] = (401, 403),
        ["post /order/webhooks"] = (401, 403),
        ["get /order/webhooks"] = (401, 403),
        ["get /order/webhooks/{webhookId}"] = (401, 403),
        ["delete /order/webhooks/{webhookId}"] = (401, 403),
        ["post /order/webhook/stripe"] = (400, 400),
    };

    [Fact]
    public async Task Every_route_is_described_and_has_its_row_here() => Assert.Equal(Routes.Keys.Order(), (await Operations()).Select(o => o.Route).Order());

    [Fact]
    public async Task Every_route_answers_nobody_and_a_customer_as_its_row_says()
    {
        foreach (var (route, expected) in Routes)
        {
            Assert.Equal((route, expected.Anonymous), (route, await Status(app.Anonymous, route)));
            Assert.Equal((route, expected.Customer), (route, await Status(app.ClientFor("usr_customer"), route)));
        }
    }

    [Fact]
    public async Task Every_answer_has_a_schema_an_example_where_it_needs_one_and_a_problem_where_it_fails()
    {
        foreach (var (route, operation) in await Operations())
        {
            Assert.NotEmpty(operation.Text("operationId"));
            Assert.NotEmpty(operation.Text("summary"));
            if (operation.TryGetProperty("requestBody", out var body) && !IsImage(body)) Assert.True(Json(body).TryGetProperty("example", out _), $"{route}: its body has no example");
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                var status = int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture);
                if (status is 204 or 302 or 304 || IsImage(response.Value)) continue;
                var media = response.Value.GetProperty("content").EnumerateObject().Single();
                Assert.Equal(status >= 400 ? "application/problem+json" : "application/json", media.Name);
                Assert.True(media.Value.TryGetProperty("schema", out _), $"{route}: {status} has no schema");
                if (status >= 400) Assert.Equal(status, media.Value.GetProperty("example").GetProperty("status").GetInt32());
            }
        }
    }

    [Fact]
    public async Task Routes_that_need_a_token_say_so_and_document_what_happens_without()
    {
        foreach (var (route, operation) in await Operations())
        {
            var needsToken = Routes[route].Anonymous == 401;
            var takesToken = needsToken || route.Contains(" /cart", StringComparison.Ordinal);
            var security = operation.GetProperty("security").EnumerateArray().Select(way => string.Join(',', way.Names()));
            Assert.Equal((route, needsToken ? "bearer" : takesToken ? "bearer or " : ""), (route, string.Join(" or ", security)));
            Assert.Equal((route, takesToken || route is "post /user/login" or "post /user/refresh"), (route, operation.GetProperty("responses").TryGetProperty("401", out _)));
        }
    }

    [Fact]
    public async Task The_pages_are_served() =>
        Assert.Contains("swagger-ui", await app.Anonymous.GetStringAsync("/swagger/index.html", TestContext.Current.CancellationToken));

    /// <summary>Leaves the document where <c>scripts/lint-openapi</c> finds it.</summary>
    [Fact]
    public async Task The_document_is_left_for_the_linter()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts"));
        var document = await app.Anonymous.GetStringAsync("/swagger/v1/swagger.json", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "openapi.json"), document, TestContext.Current.CancellationToken);
        Assert.StartsWith("3.", JsonDocument.Parse(document).RootElement.Text("openapi"), StringComparison.Ordinal);
    }

    private async Task<List<(string Route, JsonElement Operation)>> Operations()
    {
        var document = await app.Anonymous.Get("/swagger/v1/swagger.json");
        var json = JsonDocument.Parse(await document.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return [.. json.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(member => Methods.Contains(member.Name))
            .Select(operation => ($"{operation.Name} {path.Name}", operation.Value)))];
    }

    private static async Task<int> Status(HttpClient client, string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = path.Replace("{userId}", Ids.Derive("usr", "none"), StringComparison.Ordinal).Replace("{productId}", Ids.Derive("prod", "none"), StringComparison.Ordinal).Replace("{orderId}", Ids.Derive("ord", "none"), StringComparison.Ordinal);
        var body = method is "get" or "delete" ? null : "{}";
        using var response = await client.Send(HttpMethod.Parse(method), path, body);
        return (int)response.StatusCode;
    }

    /// <summary>Bytes of each type that the shop takes, rather than JSON.</summary>
    private static bool IsImage(JsonElement body)
    {
        var media = body.GetProperty("content").EnumerateObject().ToList();
        if (!media[0].Name.StartsWith("image/", StringComparison.Ordinal)) return false;
        Assert.Equal(["image/png", "image/jpeg", "image/webp"], media.Select(type => type.Name));
        Assert.All(media, type => Assert.Equal("binary", type.Value.GetProperty("schema").Text("format")));
        return true;
    }

    private static JsonElement Json(JsonElement body) => body.GetProperty("content").GetProperty("application/json");
}
