using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Reports;

/// <summary>What a report costs at the store: by its days and the products that were sold on them. Only DynamoDB counts in units.</summary>
public sealed class ReportCostTests(DynamoDbApp engine, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
    [Fact]
    public async Task A_report_costs_the_same_for_one_order_and_for_many()
    {
        await using var app = engine.Fresh();
        string[] products = [await app.Product(stock: 100), await app.Product(stock: 100), await app.Product(stock: 100)];
        await Buy();
        var few = await Cost(app);
        for (var n = 0; n < 20; n++) await Buy();
        var many = await Cost(app);
        output.WriteLine($"one order: {few}; 21 orders: {many}");
        Assert.Equal(few, many);
        Assert.Equal(0, many.WriteUnits);

        // A query of each shard for what is to be told; the days, their one month of products, and the names.
        Assert.Equal(Tables.Shards + 3, many.Calls);
        Assert.InRange(many.ReadUnits, 3, 10);

        Task Buy() => app.Customer().Client.Buy([.. products.Select(product => (product, 1, default(string)))]);
    }

    /// <summary>Of the second one: the first still counts what is pending.</summary>
    private static async Task<(double ReadUnits, double WriteUnits, int Calls)> Cost(EcommerceApp app)
    {
        await app.Admin.Get("/order/report").ShouldBe(200);
        var report = await app.Admin.Get("/order/report");
        await report.ShouldBe(200);
        return report.Cost();
    }
}
