using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Carts;

/// <summary>What the cart's requests cost in DynamoDB's own units.</summary>
public sealed class CartCostTests(DynamoDbApp app, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
    [Fact]
    public async Task Adding_costs_two_reads_one_write_and_three_calls_at_most()
    {
        var (_, me) = app.Customer();
        var id = await app.Sell("Protein Bowl", 12.99m, 5);
        foreach (var what in new[] { "first add", "second add" })
        {
            var cost = await Cost(what, me.Post("/cart", new { productId = id, quantity = 1 }));
            Assert.InRange(cost.ReadUnits, 1, 2);
            Assert.Equal(1, cost.WriteUnits);
            Assert.InRange(cost.Calls, 2, 3);
        }
    }

    [Fact]
    public async Task Every_change_of_a_small_cart_writes_one_unit()
    {
        var (_, me) = app.Customer();
        var ids = new[] { await app.Sell(), await app.Sell(), await app.Sell() };
        foreach (var id in ids) await me.Post("/cart", new { productId = id, quantity = 1 }).ShouldBe(200);
        Assert.Equal(1, (await Cost("PUT", me.Put($"/cart/{ids[0]}", new { quantity = 2 }))).WriteUnits);
        Assert.Equal(1, (await Cost("PUT 0", me.Put($"/cart/{ids[0]}", new { quantity = 0 }))).WriteUnits);
        Assert.Equal((1, 1, 2), await Cost("DELETE line", me.Delete($"/cart/{ids[1]}")));
        Assert.Equal((1, 0, 1), await Cost("DELETE line not there", me.Delete($"/cart/{ids[1]}")));
        Assert.Equal((1, 1, 2), await Cost("DELETE cart", me.Delete("/cart")));
        Assert.Equal((1, 0, 1), await Cost("DELETE empty cart", me.Delete("/cart")));
        Assert.Equal((1, 0, 1), await Cost("GET empty cart", me.Get("/cart")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(50)]
    public async Task A_cart_of_N_lines_is_shown_for_one_read_and_one_more_a_line_in_two_calls(int lines)
    {
        var (_, me) = app.Customer();
        for (var n = 0; n < lines; n++)
        {
            var id = await app.Sell($"Protein Bowl No. {n}", 12.99m, 5);
            await me.Post("/cart", new { productId = id, quantity = 2 }).ShouldBe(200);
        }

        var response = await me.Get("/cart");
        Assert.Equal(lines, (await response.ShouldBe(200)).GetProperty("count").GetInt32());
        var cost = response.Cost();
        output.WriteLine($"GET /cart of {lines} lines: {cost}");
        Assert.InRange(cost.ReadUnits, 0.5, 1 + lines);
        Assert.Equal(0, cost.WriteUnits);
        Assert.InRange(cost.Calls, 1, 2);
    }

    private async Task<(double ReadUnits, double WriteUnits, int Calls)> Cost(string what, Task<HttpResponseMessage> request)
    {
        var cost = (await request).Cost();
        output.WriteLine($"{what}: {cost}");
        return cost;
    }
}
