using System.Text.Json.Nodes;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;

namespace Ecommerce.Api.Tests.Payments;

/// <summary>What Stripe tells the shop: twice, late, early, in any order, and what others pretend to be Stripe.</summary>
public abstract class StripeWebhookTests(EcommerceApp engine)
{
    private const string Paid = "payment_intent.succeeded";
    private const string Refunded = "charge.refunded";

    [Fact]
    public async Task A_payment_that_Stripe_tells_of_confirms_the_order_that_waits_for_it()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer();
        Assert.Equal(("PAYMENT_PENDING", 3L), (await shop.Status(orderId), await shop.App.Available(shop.Product)));

        await shop.Tell(orderId, Paid).ShouldBe(200);
        Assert.Equal(("CONFIRMED", 0), (await shop.Status(orderId), await shop.Customer.CartCount()));
        Assert.Equal(["OrderCreated", "PaymentSuccess", "OrderConfirmed"], await shop.Events(orderId));
        shop.App.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, (await shop.App.Recover()).Due);
    }

    [Fact]
    public async Task What_is_told_twice_or_late_changes_nothing()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = (await shop.Customer.CheckOut().ShouldBe(201)).Text("orderId");
        var before = (await shop.Customer.Get($"/order/{orderId}")).Headers.ETag;
        await shop.Tell(orderId, Paid).ShouldBe(200);
        for (var time = 0; time < 2; time++)
        {
            // Known by its mark: nothing is written, and nothing else is read.
            var again = await shop.Tell(orderId, Paid);
            Assert.Equal((200, 0, 1), ((int)again.StatusCode, again.Cost().WriteUnits, again.Cost().Calls));
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Tell(orderId, Paid)));
        Assert.Equal(before, (await shop.Customer.Get($"/order/{orderId}")).Headers.ETag);
        Assert.Equal(25_98, shop.Stripe.Captured(orderId));
    }

    [Fact]
    public async Task A_payment_that_fails_at_Stripe_gives_the_stock_back()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer("pm_card_visa_chargeDeclinedLostCard");
        await shop.Tell(orderId, "payment_intent.payment_failed").ShouldBe(200);
        var order = await shop.Customer.Order(orderId);
        Assert.Equal(("PAYMENT_FAILED", "lost_card"), (order.Text("status"), order.GetProperty("payment").Text("declineCode")));
        Assert.Equal((5, 1), (await shop.App.Available(shop.Product), await shop.Customer.CartCount()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_told_after_the_hold_was_released_reserves_again_or_is_paid_back(bool isStockLeft)
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer();
        shop.App.Clock.Advance(TimeSpan.FromMinutes(16));
        await shop.App.Recover();
        Assert.Equal(("PAYMENT_FAILED", 5L), (await shop.Status(orderId), await shop.App.Available(shop.Product)));
        if (!isStockLeft) await shop.App.MoveStock(shop.Product, -4);

        await shop.Tell(orderId, Paid).ShouldBe(200);
        var order = await shop.App.Admin.Order(orderId);
        Assert.Equal(isStockLeft ? ("CONFIRMED", "SUCCESS") : ("CANCELLED", "REFUNDED"), (order.Text("status"), order.GetProperty("payment").Text("status")));
        Assert.Equal(isStockLeft ? 3 : 1, await shop.App.Available(shop.Product));
        Assert.Equal(isStockLeft ? 0 : 25_98, shop.Stripe.PaidBack(orderId));
        if (!isStockLeft) Assert.Equal("unfulfillable", order.GetProperty("history").EnumerateArray().Last().Text("reason"));
        await shop.Tell(orderId, Paid).ShouldBe(200);
        Assert.Equal(isStockLeft ? 0 : 25_98, shop.Stripe.PaidBack(orderId));
    }

    [Fact]
    public async Task A_payment_told_after_the_order_was_cancelled_is_paid_back()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer();
        var cancelled = await shop.Customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal(("CANCELLED", "PENDING"), (cancelled.Text("status"), cancelled.GetProperty("payment").Text("status")));
        await shop.Tell(orderId, Paid).ShouldBe(200);
        await shop.Settle();
        Assert.Equal("REFUNDED", (await shop.Customer.Order(orderId)).GetProperty("payment").Text("status"));
        Assert.Equal((25_98, 25_98, 5L), (shop.Stripe.Captured(orderId), shop.Stripe.PaidBack(orderId), await shop.App.Available(shop.Product)));
    }

    [Fact]
    public async Task What_is_told_before_the_order_is_known_is_kept_for_it()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = Ids.Derive("ord", shop.UserId, "key", "k");
        await shop.Tell(Hook("evt_early", orderId, 25_98, "usd")).ShouldBe(200);
        await shop.Customer.Get($"/order/{orderId}").ShouldBeProblem(404, "not_found");

        shop.Stripe.Next(StripeCall.MakeIntent, [.. Enumerable.Repeat(Mishap.LostRequest, 9)]);
        var bought = await shop.Customer.CheckOut(key: "k").ShouldBe(201);
        Assert.Equal(orderId, bought.Text("orderId"));
        Assert.Equal("pi_early", (await shop.App.PaymentRecord(bought.GetProperty("payment").Text("paymentId")))!.Text("reference"));
    }

    [Theory]
    [InlineData(25_97, "usd")]
    [InlineData(25_99, "usd")]
    [InlineData(25_98, "eur")]
    public async Task A_payment_of_another_amount_or_currency_is_flagged_and_confirms_nothing(long amount, string currency)
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer();
        await shop.Tell(Hook("evt_wrong", orderId, amount, currency)).ShouldBe(200);
        var order = await shop.Customer.Order(orderId);
        Assert.Equal(("PAYMENT_PENDING", "amount_mismatch"), (order.Text("status"), order.GetProperty("payment").Text("issue")));
        Assert.Contains(shop.App.Log.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical);
    }

    [Fact]
    public async Task A_refund_at_Stripes_own_desk_is_taken_note_of()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = (await shop.Customer.CheckOut().ShouldBe(201)).Text("orderId");
        var intent = shop.Stripe.Books.Intents.Single();
        shop.Stripe.Books.PayBack(intent, 10_00, []);
        await shop.Tell(orderId, Refunded).ShouldBe(200);
        await shop.Tell(orderId, Refunded).ShouldBe(200);
        var part = await shop.Customer.Order(orderId);
        Assert.Equal(("CONFIRMED", "PARTIALLY_REFUNDED"), (part.Text("status"), part.GetProperty("payment").Text("status")));
        await shop.App.Admin.Post($"/order/{orderId}/refund", new { amount = 15.99m, reason = "x" }).ShouldBeProblem(409, "refund_exceeds_payment");

        shop.Stripe.Books.PayBack(intent, 15_98, []);
        await shop.Tell(orderId, Refunded).ShouldBe(200);
        Assert.Equal("REFUNDED", await shop.Status(orderId));
        Assert.Equal(2, (await shop.Events(orderId)).Count(type => type == "RefundIssued"));
    }

    [Fact]
    public async Task The_shops_own_refund_is_not_counted_again_when_Stripe_tells_of_it()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = (await shop.Customer.CheckOut().ShouldBe(201)).Text("orderId");
        await shop.App.Admin.Post($"/order/{orderId}/refund", new { amount = 5m, reason = "late" }).ShouldBe(200);
        await shop.Tell(orderId, Refunded).ShouldBe(200);
        Assert.Single((await shop.Customer.Order(orderId)).GetProperty("refunds").EnumerateArray());
        Assert.Equal(5_00, shop.Stripe.PaidBack(orderId));
    }

    [Fact]
    public async Task A_refund_told_before_its_payment_is_counted_once_the_payment_is_known()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer();
        shop.Stripe.Books.PayBack(shop.Stripe.Books.Intents.Single(), 10_00, []);
        await shop.Tell(orderId, Refunded).ShouldBe(200);
        Assert.Equal("PAYMENT_PENDING", await shop.Status(orderId));
        await shop.Tell(orderId, Paid).ShouldBe(200);
        var order = await shop.Customer.Order(orderId);
        Assert.Equal(("CONFIRMED", "PARTIALLY_REFUNDED"), (order.Text("status"), order.GetProperty("payment").Text("status")));
    }

    [Fact]
    public async Task What_is_not_signed_by_Stripe_changes_nothing()
    {
        await using var shop = await Shop.Open(engine);
        var orderId = await shop.BuyWithoutAnswer();
        var hook = shop.Stripe.Hooks(orderId).Single(one => one.Type == Paid);
        var now = shop.App.Clock.GetUtcNow();
        string?[] signatures = [null, "", "t=1", hook.Signature(now, "whsec_other"), hook.Signature(now.AddSeconds(-301)), hook.Signature(now.AddSeconds(301)), hook.Signature(now).Replace("v1", "v0", StringComparison.Ordinal)];
        foreach (var signature in signatures)
            await shop.App.Anonymous.Send(HttpMethod.Post, "/order/webhook/stripe", hook.Body, signature is null ? [] : [("Stripe-Signature", signature)]).ShouldBeProblem(400, "invalid_signature");
        await shop.App.Anonymous.Send(HttpMethod.Post, "/order/webhook/stripe", hook.Body + " ", ("Stripe-Signature", hook.Signature(now))).ShouldBeProblem(400, "invalid_signature");
        Assert.Equal("PAYMENT_PENDING", await shop.Status(orderId));
        await shop.Tell(orderId, Paid).ShouldBe(200);
        Assert.Equal("CONFIRMED", await shop.Status(orderId));
    }

    [Fact]
    public async Task What_is_none_of_the_shops_business_is_heard_and_forgotten()
    {
        await using var shop = await Shop.Open(engine);
        await shop.Tell(StripeHook.Of("evt_1", "customer.created", new() { ["id"] = "cus_1" })).ShouldBe(200);
        await shop.Tell(Hook("evt_2", "not an order", 100, "usd")).ShouldBe(200);
        var placed = await shop.Customer.Place((shop.Product, 1, null));
        await shop.Tell(Hook("evt_3", placed, 12_99, "usd")).ShouldBe(200);
        Assert.Equal("CREATED", await shop.Status(placed));
    }

    [Fact]
    public async Task Without_Stripe_nobody_is_believed() =>
        await engine.Anonymous.Send(HttpMethod.Post, "/order/webhook/stripe", "{}", ("Stripe-Signature", "t=1,v1=00")).ShouldBeProblem(400, "invalid_signature");

    private static StripeHook Hook(string id, string orderId, long amount, string currency) => StripeHook.Of(id, Paid, new()
    {
        ["id"] = "pi_early",
        ["amount"] = amount,
        ["amount_received"] = amount,
        ["created"] = 0,
        ["currency"] = currency,
        ["metadata"] = new JsonObject { ["orderId"] = orderId },
        ["status"] = "succeeded",
    });

    /// <summary>A shop that is paid through Stripe, and somebody with two of five bowls in the cart: 25.98.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        public required StripeStandIn Stripe { get; init; }

        public required EcommerceApp App { get; init; }

        public required string UserId { get; init; }

        public required HttpClient Customer { get; init; }

        public required string Product { get; init; }

        public static async Task<Shop> Open(EcommerceApp engine)
        {
            var stripe = await StripeStandIn.Start();
            var app = engine.Fresh([.. stripe.Settings, ("Auth:AccessTokenMinutes", "1440")]);
            var (userId, customer) = app.Customer();
            var product = await app.Product(stock: 5);
            await customer.AddToCart(product, 2);
            return new() { Stripe = stripe, App = app, UserId = userId, Customer = customer, Product = product };
        }

        /// <summary>The charge ends at Stripe, which does not say so, and does not find it either.</summary>
        public async Task<string> BuyWithoutAnswer(string token = Shopping.Card)
        {
            Stripe.Books.SearchLags = true;
            Stripe.Next(StripeCall.MakeIntent, Mishap.ErrorAfter);
            return (await Customer.CheckOut(token).ShouldBe(202)).Text("orderId");
        }

        public Task<HttpResponseMessage> Tell(string orderId, string type) => Tell(Stripe.Hooks(orderId).Last(hook => hook.Type == type));

        public Task<HttpResponseMessage> Tell(StripeHook hook) => hook.Deliver(App.Anonymous, App.Clock.GetUtcNow());

        public async Task Settle()
        {
            Stripe.Books.SearchLags = false;
            App.Clock.Advance(TimeSpan.FromMinutes(10));
            await App.Recover();
        }

        public async Task<string> Status(string orderId) => (await Customer.Order(orderId)).Text("status");

        public async Task<IReadOnlyList<string>> Events(string orderId) =>
            [.. (await Customer.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Select(e => e.Text("eventType"))];

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Stripe.DisposeAsync();
        }
    }
}

public sealed class StripeWebhookTests_on_Sqlite(SqliteApp app) : StripeWebhookTests(app), IClassFixture<SqliteApp>;

public sealed class StripeWebhookTests_on_DynamoDb(DynamoDbApp app) : StripeWebhookTests(app), IClassFixture<DynamoDbApp>;
