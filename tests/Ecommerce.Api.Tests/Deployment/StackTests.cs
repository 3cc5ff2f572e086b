using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>A shop on tables and a bucket that the template itself has made.</summary>
public sealed class StackTests
{
    [Fact]
    public async Task A_shop_on_the_stack_sells_from_the_registration_to_the_refund()
    {
        var stack = await StackStandIn.Create();
        await using var app = new StackApp(stack, await stack.NameOf("Images"));
        await app.Anonymous.Get("/health/ready").ShouldBe(200);

        var productId = await app.Sell("Protein Bowl", 12.99m, stock: 3, category: "food", tags: ["bowl"]);
        var picture = await app.Anonymous.Get(await app.Picture(productId, Pictures.Png()));
        Assert.Equal(302, (int)picture.StatusCode);
        foreach (var list in new[] { "", "?sort=price", "?sort=name", "?category=food", "?tag=bowl", "?q=bowl" })
            Assert.Equal(productId, Assert.Single((await app.Anonymous.Get($"/product{list}").ShouldBe(200)).Items()).Text("productId"));

        var email = People.NewEmail();
        await app.NewUser(email);
        var customer = app.ClientWith((await app.Anonymous.Login(email).ShouldBe(200)).Text("token"));
        await customer.AddToCart(productId, 2);
        var order = await customer.CheckOut(key: "the-only-try").ShouldBe(201);
        Assert.Equal(("CONFIRMED", 1), (order.Text("status"), (int)await app.Available(productId)));
        Assert.True((await customer.CheckOut(key: "the-only-try")).IsReplayed());

        await app.Anonymous.Post("/internal/maintenance").ShouldBe(200);
        var refunded = await app.Admin.Post($"/order/{order.Text("orderId")}/refund", new { reason = "Late" }).ShouldBe(200);
        Assert.Equal("REFUNDED", refunded.Text("status"));
        await app.Anonymous.Post("/internal/maintenance").ShouldBe(200);
        Assert.Empty((await app.Admin.Get("/order/events?state=parked").ShouldBe(200)).Items());
        Assert.Equal(2, (await app.Admin.Get($"/product/{productId}/stock/history").ShouldBe(200)).Items().Count());
    }

    private sealed class StackApp : EcommerceApp
    {
        private readonly StackStandIn _stack;

        public StackApp(StackStandIn stack, string bucket)
        {
            _stack = stack;
            Settings = [("Hosting:InternalEndpoints", "true"), ("Images:Store", "S3"), ("Images:Bucket", bucket), ("Images:ServiceUrl", stack.Url.ToString())];
        }

        public override EcommerceApp Fresh(params (string Name, string Value)[] settings) => throw new NotSupportedException("The stack is one shop.");

        protected override IEnumerable<(string Name, string Value)> StoreSettings() =>
        [
            ("Store:Engine", "DynamoDb"), ("Store:ServiceUrl", _stack.Url.ToString()), ("Store:CreateTables", "false"), ("Store:TablePrefix", _stack.TablePrefix),
        ];
    }
}
