using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>Checkouts to be struck: of the cart or of an order placed before, with an idempotency key or without.</summary>
internal static class Purchases
{
    public const string Keyed = "cart, keyed";
    public const string Keyless = "cart, keyless";
    public const string PlacedKeyed = "placed order, keyed";
    public const string PlacedKeyless = "placed order, keyless";
    public const string LostReply = "pm_sim_timeout_charged";
    public const string LostRequest = "pm_sim_timeout_uncharged";
    public const string FailsTwice = "pm_sim_unavailable_2";

    public const string Key = "the key";

    private const int Qty = 2;

    /// <summary>Every way to buy, every way that a payment goes, and the last units of a product, whose count of sold-out SKUs moves.</summary>
    public static TheoryData<string, string, bool> All => new()
    {
        { Keyed, Shopping.Card, false },
        { Keyed, Shopping.Card, true },
        { Keyed, Shopping.DeclinedCard, false },
        { Keyed, Shopping.DeclinedCard, true },
        { Keyed, LostReply, false },
        { Keyed, LostRequest, true },
        { Keyed, FailsTwice, false },
        { Keyless, Shopping.Card, false },
        { Keyless, Shopping.DeclinedCard, false },
        { Keyless, LostRequest, false },
        { PlacedKeyed, Shopping.Card, true },
        { PlacedKeyed, Shopping.DeclinedCard, false },
        { PlacedKeyed, FailsTwice, true },
        { PlacedKeyless, Shopping.Card, false },
        { PlacedKeyless, LostReply, false },
        { PlacedKeyless, LostRequest, false },
    };

    public static async Task<Scene> Begin(EcommerceApp app, string what, string token, bool lastUnits)
    {
        var broughtIn = lastUnits ? Qty : Qty + 3;
        var product = await app.Product(broughtIn);
        var customer = app.Customer();
        var key = what is Keyed or PlacedKeyed ? Key : null;
        if (what is Keyed or Keyless)
        {
            await customer.Client.AddToCart(product, Qty);
            return new(new(customer.UserId, "/order/checkout", Shopping.Paying(token), key), customer.UserId, product, broughtIn);
        }

        var orderId = await customer.Client.Place((product, Qty, null));
        return new(new(customer.UserId, $"/order/{orderId}/checkout", Shopping.Paying(token), key), customer.UserId, product, broughtIn, orderId);
    }
}
