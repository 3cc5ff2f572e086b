using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

/// <summary>The budgets of docs: what a request costs in DynamoDB's own units.</summary>
public sealed class ProductCostTests(DynamoDbApp app, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
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
    public async Task Selling_a_product_costs_two_units_of_each_entry_and_one_of_each_index_that_it_enters()
    {
        var words = string.Join(' ', Enumerable.Range(0, 17).Select(n => $"word{n:00}"));
        object Goods(decimal price) => new { name = "Product", price, description = words, category = "goods", tags = "one,two,three".Split(','), stock = 4 };
        var created = await app.Admin.Post("/product", Goods(5));
        var id = (await created.ShouldBe(201)).Text("productId");
        var edited = await app.Admin.Put($"/product/{id}", Goods(6));
        await edited.ShouldBe(200);
        var soldOut = await app.Admin.Post($"/product/{id}/stock", new { delta = -4, reason = "sale" });
        await soldOut.ShouldBe(200);
        var search = await app.Anonymous.Get("/product?q=word0");
        Assert.Single((await search.ShouldBe(200)).Items());
        output.WriteLine($"3 tags and 21 words: create {created.Cost()}, edit {edited.Cost()}, last unit {soldOut.Cost()}, search that matches ten of them {search.Cost()}");

        const double Entries = (3 * (2 + 3)) + (21 * (2 + 1));
        const double Product = 2 + 6;
        Assert.InRange(created.Cost().WriteUnits, Entries + Product, Entries + Product + 2 + 3); // A SKU; an event, with its index.
        Assert.InRange(edited.Cost().WriteUnits, Entries + Product, Entries + (2 * Product) + 3 + 6); // An index entry whose key changes is written twice.
        Assert.InRange(search.Cost().Calls, 1, 2);
        Assert.InRange(search.Cost().ReadUnits, 0.5, 5);
    }

    [Fact]
    public async Task A_product_that_cannot_exist_costs_nothing()
    {
        var response = await app.Anonymous.Get("/product/nonsense");
        await response.ShouldBeProblem(404, "not_found");
        Assert.Equal((0, 0, 0), response.Cost());
    }
}
