using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;

namespace Ecommerce.Api.Tests.Telemetry;

public sealed class LogTests(SqliteApp engine) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task The_providers_troubles_are_logged_with_the_order_and_the_trace_of_its_request()
    {
        await using var stripe = await StripeStandIn.Start();
        await using var app = engine.Fresh(stripe.Settings);
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        stripe.Next(StripeCall.MakeIntent, Mishap.ErrorBefore);
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");

        var line = app.Log.Lines.First(line => line.Message.StartsWith("Stripe answered", StringComparison.Ordinal));
        Assert.Contains($"Driving {orderId}", line.Scopes);
        Assert.Contains(line.Scopes, scope => scope.Contains("TraceId:", StringComparison.Ordinal));
        Assert.Contains(line.Scopes, scope => scope.Contains("RequestPath:/order/checkout", StringComparison.Ordinal));
    }
}
