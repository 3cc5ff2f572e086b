using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Orders so wide that their stock and its bookkeeping do not fit into one commit of the store.</summary>
public abstract class WideOrderTests(EcommerceApp app)
{
    private const int Lines = 50;

    [Fact]
    public async Task The_last_unit_of_each_product_of_a_full_cart_can_be_bought()
    {
        var (buyer, products) = await FullCart();
        await buyer.CheckOut().ShouldBe(201);
        foreach (var product in products) Assert.Equal((0, false, false), await Stock(product));
        foreach (var product in products) await app.MoveStock(product, 1);
        foreach (var product in products) Assert.Equal((1, true, true), await Stock(product));
    }

    [Fact]
    public async Task A_declined_payment_gives_back_the_last_unit_of_each_product_of_a_full_cart()
    {
        var (buyer, products) = await FullCart();
        await buyer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        foreach (var product in products) Assert.Equal((1, true, true), await Stock(product));
        await buyer.CheckOut().ShouldBe(201);
        foreach (var product in products) Assert.Equal((0, false, false), await Stock(product));
    }

    private async Task<(HttpClient Buyer, IReadOnlyList<string> Products)> FullCart()
    {
        var buyer = app.Customer().Client;
        var products = new List<string>();
        while (products.Count < Lines)
        {
            var product = await app.Product(stock: 1);
            await buyer.AddToCart(product);
            products.Add(product);
        }

        return (buyer, products);
    }

    /// <summary>What is on hand, and whether a look at the product and the list say that there is something.</summary>
    private async Task<(int Available, bool InStock, bool InStockInList)> Stock(string productId)
    {
        var product = await app.Anonymous.Get($"/product/{productId}").ShouldBe(200);
        var list = await app.Anonymous.Get("/product?limit=100").ShouldBe(200);
        var listed = list.GetProperty("items").EnumerateArray().Single(item => item.Text("productId") == productId);
        return (product.GetProperty("available").GetInt32(), product.GetProperty("inStock").GetBoolean(), listed.GetProperty("inStock").GetBoolean());
    }
}

public sealed class SqliteWideOrderTests(SqliteApp app) : WideOrderTests(app), IClassFixture<SqliteApp>;

public sealed class DynamoDbWideOrderTests(DynamoDbApp app) : WideOrderTests(app), IClassFixture<DynamoDbApp>;
