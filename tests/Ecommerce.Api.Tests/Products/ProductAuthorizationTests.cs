using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

public abstract class ProductAuthorizationTests(EcommerceApp app)
{
    [Fact]
    public async Task Who_is_refused_changes_nothing_and_is_not_told_what_else_is_wrong()
    {
        var id = await app.Sell(stock: 5);
        var before = await app.Holdings();
        var product = new { name = "Stolen", price = 0.01m, stock = 1 };
        foreach (var (client, status, code) in new[] { (app.Anonymous, 401, "unauthorized"), (app.ClientWith("nonsense"), 401, "unauthorized"), (app.Customer().Client, 403, "forbidden") })
        {
            await client.Post("/product", product).ShouldBeProblem(status, code);
            await client.Post("/product", "{").ShouldBeProblem(status, code);
            await client.Put($"/product/{id}", product).ShouldBeProblem(status, code);
            await client.Put("/product/unknown", product).ShouldBeProblem(status, code);
            await client.Delete($"/product/{id}").ShouldBeProblem(status, code);
            await client.Post($"/product/{id}/stock", new { delta = 1, reason = "x" }).ShouldBeProblem(status, code);
        }

        Assert.Equal(before, await app.Holdings());
    }
}

public sealed class ProductAuthorizationTests_on_Sqlite(SqliteApp app) : ProductAuthorizationTests(app), IClassFixture<SqliteApp>;

public sealed class ProductAuthorizationTests_on_DynamoDb(DynamoDbApp app) : ProductAuthorizationTests(app), IClassFixture<DynamoDbApp>;
