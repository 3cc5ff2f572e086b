using Ecommerce.Api.Payments;
using Ecommerce.Api.Payments.Stripe;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Payments;

/// <summary>The whole application, paid through Stripe.</summary>
public sealed class StripeAppTests(SqliteApp engine) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task A_cart_is_bought_through_Stripe()
    {
        await using var stripe = await StripeStandIn.Start();
        await using var app = engine.Fresh(stripe.Settings);
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product(price: 12.99m), 2);
        await customer.CheckOut("cash").ShouldBeProblem(400, "invalid_payment_token");
        var declined = await customer.CheckOut("pm_card_visa_chargeDeclinedLostCard").ShouldBeProblem(402, "payment_declined");
        Assert.Equal("lost_card", declined.Text("declineCode"));

        var bought = await customer.CheckOut().ShouldBe(201);
        Assert.Equal(25_98, stripe.Captured(bought.Text("orderId")));
        Assert.Equal("Stripe", app.Services.GetRequiredService<IPaymentGateway>().Provider);
    }

    [Theory]
    [InlineData("pm_card_visa", true)]
    [InlineData("pm_1", true)]
    [InlineData("tok_visa", true)]
    [InlineData("card_1Nv0", true)]
    [InlineData("pm_", false)]
    [InlineData("pm", false)]
    [InlineData("", false)]
    [InlineData("visa", false)]
    [InlineData(" pm_1", false)]
    [InlineData("pm_1\n", false)]
    [InlineData("pm_1&confirm=false", false)]
    [InlineData("pm_é", false)]
    [InlineData("xpm_1", false)]
    [InlineData("src_1", false)]
    public void A_token_is_known_by_its_prefix_and_letters(string token, bool known) => Assert.Equal(known, Bare.IsToken(token));

    [Fact]
    public void A_token_has_at_most_255_characters()
    {
        Assert.True(Bare.IsToken($"pm_{new string('x', 252)}"));
        Assert.False(Bare.IsToken($"pm_{new string('x', 253)}"));
    }

    /// <summary>Good for questions that need no provider.</summary>
    private static StripeGateway Bare => new(null!, null!, null!);
}
