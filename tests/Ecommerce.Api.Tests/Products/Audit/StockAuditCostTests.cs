using System.Globalization;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products.Audit;

/// <summary>What an audit costs in DynamoDB's own units.</summary>
public sealed class StockAuditCostTests(DynamoDbApp engine, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
    private const int Skus = 100;

    [Fact]
    public async Task A_sku_in_a_quiet_shop_costs_four_units_and_a_share_of_its_page()
    {
        await using var app = engine.Fresh();
        foreach (var some in Enumerable.Range(0, Skus).Chunk(10)) await Task.WhenAll(some.Select(_ => app.Sell(stock: 5)));
        while ((await app.Dispatch()).Dispatched > 0) { }
        var response = await app.Admin.Post("/product/stock/audit");
        Assert.Equal(Skus, (await response.ShouldBe(200)).Count("skusChecked"));
        var (read, written, calls) = response.Cost();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Skus} SKUs: {read} rcu, {written} wcu, {calls} calls; each {read / Skus:0.00} rcu, {written / Skus:0.000} wcu, {(double)calls / Skus:0.00} calls"));
        Assert.InRange(read / Skus, 4, 5);
        Assert.InRange(written, 1, 6);
        Assert.InRange((double)calls / Skus, 3, 4);
    }

    [Fact]
    public async Task The_stock_of_a_product_is_read_with_one_walk_over_what_is_held()
    {
        var id = await engine.Sell(stock: 5);
        for (var n = 0; n < 3; n++) await engine.TryBuy(id, 1, "pm_sim_timeout_uncharged");
        var response = await engine.Admin.Get($"/product/{id}/stock");
        Assert.Equal(3, (await response.ShouldBe(200)).GetProperty("skus")[0].Count("reserved"));
        output.WriteLine($"GET /product/{{productId}}/stock beside 3 holds: {response.Cost()}");
        Assert.InRange(response.Cost().Calls, 6, 9);
    }
}
