using System.Net.Http.Headers;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Http;

/// <summary>What a browser lets a page of another origin see.</summary>
public sealed class CrossOriginTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    private const string Origin = "https://shop.example";

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_read_also_that_its_body_is_too_large()
    {
        await using var shop = app.Fresh(("Cors:Origins", Origin));
        using var body = new ByteArrayContent(new byte[1024 * 1024 + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var response = await shop.Anonymous.Post("/user/login", body, ("Origin", Origin));
        await response.ShouldBeProblem(413, "body_too_large");
        Assert.Equal([Origin], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_read_a_guests_token()
    {
        await using var shop = app.Fresh(("Cors:Origins", Origin));
        var id = await shop.Sell();
        var response = await shop.Anonymous.Post("/cart", new { productId = id, quantity = 1 }, ("Origin", Origin));
        Assert.Contains(Guests.Header, string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers")));
        Assert.NotNull(response.CartToken());
    }
}
