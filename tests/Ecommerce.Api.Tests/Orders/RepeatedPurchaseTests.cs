using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Without a key the cart is the key: what was begun is gone on with, whatever the catalogue says by then.</summary>
public abstract class RepeatedPurchaseTests(EcommerceApp app)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pending_purchase_is_gone_on_with_although_its_product_has_changed(bool deleted)
    {
        var gateway = new StubGateway
        {
            Answer = number => Task.FromResult(number == 1 ? new ChargeResult.Unknown() : StubGateway.Paid()),
        };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(price: 10m);
        await customer.AddToCart(product);
        var orderId = (await customer.CheckOut().ShouldBe(202)).Text("orderId");
        if (deleted) await (await app.Admin.Delete($"/product/{product}")).ShouldBeEmpty(204);
        else await app.Reprice(product, 11m);

        var bought = await customer.CheckOut().ShouldBe(201);

        Assert.Equal((orderId, "CONFIRMED", 10m), (bought.Text("orderId"), bought.Text("status"), bought.GetProperty("totalAmount").GetDecimal()));
        Assert.Single(await customer.Orders());
        Assert.Equal(0, await customer.CartCount());
    }

    [Fact]
    public async Task A_pending_purchase_is_not_gone_on_with_by_another_card()
    {
        var gateway = new StubGateway
        {
            Answer = number => Task.FromResult(number == 1 ? new ChargeResult.Unknown() : StubGateway.Paid()),
        };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        await customer.AddToCart(await app.Product());
        await customer.CheckOut(Shopping.Card).ShouldBe(202);

        await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(409, "idempotency_in_progress");

        Assert.Single(gateway.Charges);
        await customer.CheckOut(Shopping.Card).ShouldBe(201);
    }

    [Fact]
    public async Task An_order_that_was_bought_is_not_valid_to_buy()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        var answer = await customer.Post($"/order/{orderId}/validate").ShouldBe(200);
        Assert.Equal((false, 0), (answer.GetProperty("valid").GetBoolean(), answer.GetProperty("problems").GetArrayLength()));
    }
}

public sealed class RepeatedPurchaseTests_on_Sqlite(SqliteApp app) : RepeatedPurchaseTests(app), IClassFixture<SqliteApp>;

public sealed class RepeatedPurchaseTests_on_DynamoDb(DynamoDbApp app) : RepeatedPurchaseTests(app), IClassFixture<DynamoDbApp>;
