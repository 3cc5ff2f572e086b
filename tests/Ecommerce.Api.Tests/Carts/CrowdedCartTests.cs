using System.Net;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Carts;

/// <summary>Many changes of one record at once: each is made, none is lost.</summary>
public abstract class CrowdedCartTests(EcommerceApp app)
{
    private const int Crowd = 40;

    [Fact]
    public async Task Forty_additions_to_one_cart_at_once_all_count()
    {
        var buyer = app.Customer().Client;
        var product = await app.Product(stock: 99);
        var answers = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => buyer.Post("/cart", new { productId = product, quantity = 1 })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var line = Assert.Single((await buyer.Get("/cart").ShouldBe(200)).GetProperty("items").EnumerateArray());
        Assert.Equal(Crowd, line.GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task Forty_edits_of_one_product_at_once_are_all_made()
    {
        var product = await app.Product(stock: 99);
        var answers = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(i => app.Admin.Put($"/product/{product}", new { name = $"Name {i}", price = 1 })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(Crowd, answers.Select(answer => answer.Headers.ETag!.Tag).Distinct().Count());
    }
}

public sealed class SqliteCrowdedCartTests(SqliteApp app) : CrowdedCartTests(app), IClassFixture<SqliteApp>;

public sealed class DynamoDbCrowdedCartTests(DynamoDbApp app) : CrowdedCartTests(app), IClassFixture<DynamoDbApp>;
