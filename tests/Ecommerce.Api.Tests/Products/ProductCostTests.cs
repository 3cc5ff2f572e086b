using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

/// <summary>The budgets of docs: what a request costs in DynamoDB's own units.</summary>
public sealed class ProductCostTests(DynamoDbApp app, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
    [Fact]
    public async Task A_list_of_twenty_costs_the_same_in_a_small_shop_and_in_a_large_one()
    {
        using var fresh = app.Fresh();
        string[] paths = ["/product", "/product?sort=price", "/product?sort=-price", "/product?sort=name", "/product?category=goods", "/product?category=goods&sort=price&minPrice=1&maxPrice=5000"];
        await fresh.Stock(20);
        var small = await Costs(fresh, paths);
        await fresh.Stock(1_980);
        var large = await Costs(fresh, paths);
        foreach (var (path, few, many) in paths.Zip(small, large))
        {
            output.WriteLine($"{path}: {few} of 20, {many} of 2,000");
            Assert.InRange(many.ReadUnits, 0.5, 5);
            Assert.InRange(few.ReadUnits, 0.5, 5);
            Assert.InRange(many.ReadUnits - few.ReadUnits, 0, 0.5); // The one product that tells of a next page.
            Assert.Equal((0, 0), (few.WriteUnits, many.WriteUnits));
            Assert.InRange(many.Calls, 1, 2);
            Assert.Equal(few.Calls, many.Calls);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public async Task A_product_is_read_in_two_calls_and_one_unit(int sizes)
    {
        var id = await app.Sell("Protein Bowl", 12.99m, sizes == 0 ? 5 : null,
            sizes: sizes == 0 ? null : string.Join(',', Enumerable.Range(1, sizes).Select(n => $"EU {n}:{n}")));
        var response = await app.Anonymous.Get($"/product/{id}");
        await response.ShouldBe(200);
        var cost = response.Cost();
        output.WriteLine($"GET /product/{{productId}} with {sizes} sizes: {cost}");
        Assert.InRange(cost.ReadUnits, 0.5, 1);
        Assert.Equal(0, cost.WriteUnits);
        Assert.InRange(cost.Calls, 1, 2);
    }

    [Fact]
    public async Task A_product_that_cannot_exist_costs_nothing()
    {
        var response = await app.Anonymous.Get("/product/nonsense");
        await response.ShouldBeProblem(404, "not_found");
        Assert.Equal((0, 0, 0), response.Cost());
    }

    private static async Task<List<(double ReadUnits, double WriteUnits, int Calls)>> Costs(EcommerceApp app, IEnumerable<string> paths)
    {
        var costs = new List<(double, double, int)>();
        foreach (var path in paths)
        {
            var response = await app.Anonymous.Get(path);
            Assert.Equal(20, (await response.ShouldBe(200)).Items().Count());
            costs.Add(response.Cost());
        }

        return costs;
    }
}
