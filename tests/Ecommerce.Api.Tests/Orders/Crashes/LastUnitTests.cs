using Ecommerce.Api.Carts;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;

namespace Ecommerce.Api.Tests.Orders.Crashes;

public abstract class LastUnitTests(EcommerceApp app)
{
    private const int Buyers = 500;

    [Fact]
    public async Task Of_five_hundred_buyers_of_one_unit_one_gets_it_and_the_others_are_told()
    {
        var product = await app.Product(stock: 1);
        var buyers = Enumerable.Range(0, Buyers).Select(_ => app.Customer()).ToList();
        foreach (var buyer in buyers)
        {
            var cart = new Cart(buyer.UserId).With(new(product, null, "Protein Bowl", 1, new(1299)));
            Assert.True((await app.Store.Commit([cart.ToPut()], cancellation: TestContext.Current.CancellationToken)).IsCommitted);
        }

        var answers = await Task.WhenAll(buyers.Select(buyer => buyer.Client.CheckOut()));

        Assert.Equal([(201, 1), (409, Buyers - 1)], answers.CountBy(answer => (int)answer.StatusCode).OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        Assert.Equal("CONFIRMED", (await answers.Single(answer => (int)answer.StatusCode == 201).ShouldBe(201)).Text("status"));
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode == 409))
        {
            var problem = (await answer.ShouldBeProblem(409, "insufficient_stock")).GetProperty("problems")[0];
            Assert.Equal((product, 0), (problem.Text("productId"), problem.GetProperty("available").GetInt64()));
        }

        Assert.Equal((0, false), (await app.Available(product), await app.InStock(product)));
        var books = await Books.Open(app);
        Assert.Empty(await books.Audit(product, 1, [.. buyers.Select(buyer => buyer.UserId)]));
    }
}

public sealed class LastUnitTests_on_Sqlite(SqliteApp app) : LastUnitTests(app), IClassFixture<SqliteApp>;

public sealed class LastUnitTests_on_DynamoDb(DynamoDbApp app) : LastUnitTests(app), IClassFixture<DynamoDbApp>;
