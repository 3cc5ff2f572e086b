using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Notifications;

/// <summary>Who is mailed what, once. Each test has a shop of its own.</summary>
public abstract class NotificationTests(EcommerceApp engine)
{
    private const string AdminEmail = "boss@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_registers_is_welcomed_once()
    {
        await using var app = engine.Fresh();
        var email = People.NewEmail();
        await app.Anonymous.Register(email, name: "Ada").ShouldBe(201);
        var mail = Assert.Single(await Mails(app, email));
        Assert.Equal("Welcome", mail.Subject);
        Assert.StartsWith("Hello Ada,\n\nwelcome!", mail.Text);
        Assert.Single(await Mails(app, email));
    }

    [Fact]
    public async Task Somebody_an_account_is_made_for_is_invited_and_not_welcomed()
    {
        await using var app = engine.Fresh();
        var email = People.NewEmail();
        await app.Admin.Post("/user", new { name = "Sam", email }).ShouldBe(201);
        Assert.Equal("Choose your password", Assert.Single(await Mails(app, email)).Subject);
    }

    [Fact]
    public async Task A_buyer_gets_a_receipt_and_word_of_the_parcel_and_of_each_refund()
    {
        await using var app = engine.Fresh();
        var (email, orderId) = await Bought(app);
        Assert.Equal([$"Receipt for order {orderId}"], await Subjects(app, email));
        await app.Admin.Post($"/order/{orderId}/ship", new { trackingNumber = "TRACK-1" }).ShouldBe(200);
        Assert.Equal($"Order {orderId} is on its way", (await Subjects(app, email))[^1]);
        await app.Admin.Post($"/order/{orderId}/refund", new { amount = 5m, reason = "A dent <sorry>" }).ShouldBe(200);
        var refund = (await Mails(app, email))[^1];
        Assert.Equal($"Refund for order {orderId}", refund.Subject);
        Assert.Contains("we have paid money back for your order.", refund.Text);
        Assert.Contains("The reason: A dent <sorry>\n\n    5.00 USD\n", refund.Text);
        Assert.Contains("A dent &lt;sorry&gt;", refund.Html);
        await app.Admin.Post($"/order/{orderId}/refund", new { reason = "All of it" }).ShouldBe(200);
        Assert.Contains("\n    20.98 USD\n", (await Mails(app, email))[^1].Text);
        Assert.Equal(4, (await Mails(app, email)).Count);
        Assert.Contains("    TRACK-1\n", app.Mail.To(email)[1].Text);
        Assert.Contains("Protein Bowl, 2 × 12.99: 25.98\n\n    Total: 25.98 USD", app.Mail.To(email)[0].Text);
    }

    [Fact]
    public async Task An_order_that_is_cancelled_leads_to_one_letter_that_tells_of_the_money()
    {
        await using var app = engine.Fresh();
        var (email, orderId) = await Bought(app);
        await Mails(app, email);
        await app.Admin.Post($"/order/{orderId}/cancel", new { reason = "unfulfillable" }).ShouldBe(200);
        var mails = await Mails(app, email);
        Assert.Equal([$"Receipt for order {orderId}", $"Refund for order {orderId}"], mails.Select(mail => mail.Subject));
        Assert.Contains("your order was cancelled, and we have paid your money back.", mails[1].Text);
        Assert.DoesNotContain("reason", mails[1].Text);
    }

    [Fact]
    public async Task An_order_that_is_not_paid_and_cancelled_leads_to_no_letter()
    {
        await using var app = engine.Fresh();
        var (email, customer, _) = await Customer(app);
        await customer.Post($"/order/{await customer.Place((await app.Product(), 1, null))}/cancel").ShouldBe(200);
        Assert.Empty(await Mails(app, email));
    }

    [Fact]
    public async Task An_order_that_cannot_be_delivered_is_told_once_to_the_buyer_and_once_to_the_shop()
    {
        ChargeResult found = new ChargeResult.Unknown();
        var gateway = new StubGateway { Answer = _ => Task.FromResult<ChargeResult>(new ChargeResult.Unknown()), Found = () => found, CalledOff = () => found };
        await using var app = engine.Fresh(("Auth:AccessTokenMinutes", "1440"), ("Shop:AdminEmail", AdminEmail));
        await using var shop = app.With(gateway);
        var (email, _, userId) = await Customer(app);
        var customer = shop.ClientFor(userId);
        var product = await app.Product(stock: 2);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut().ShouldBe(202)).Text("orderId");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await shop.Recover();
        var other = app.Customer().Client;
        await other.AddToCart(product, 1);
        await other.CheckOut().ShouldBe(201);
        found = StubGateway.Paid();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await shop.Recover();
        Assert.Equal("CANCELLED", (await app.Admin.Order(orderId)).Text("status"));
        Assert.Single(gateway.Refunds);

        var mail = Assert.Single(await Mails(app, email));
        Assert.Equal($"We cannot deliver order {orderId}", mail.Subject);
        Assert.Contains("You get all of your money back.", mail.Text);
        Assert.Single(app.Mail.To(AdminEmail), one => one.Subject == $"Order {orderId} cannot be delivered");
    }

    [Fact]
    public async Task The_shops_administrator_is_told_of_orders_and_low_stock_where_an_address_is_set()
    {
        await using var app = engine.Fresh(("Shop:AdminEmail", AdminEmail));
        await using var unset = engine.Fresh();
        foreach (var shop in new[] { app, unset })
        {
            var (_, orderId) = await Bought(shop);
            await shop.Store.Commit([EventLog.Append(Ids.Derive("evt", "low"), shop.Clock.GetUtcNow(), "system", new ShopEvent(EventType.LowStock, new()
            {
                ["productId"] = "prod_1", ["sku"] = "prod_1/M", ["size"] = "M", ["name"] = "Protein Bowl", ["available"] = 2, ["threshold"] = 5,
            }))], cancellation: Cancellation);
            var mails = await Mails(shop, AdminEmail);
            Assert.Equal(shop == unset ? [] : ["Low stock: Protein Bowl, size M", $"New order {orderId}: 25.98 USD"], mails.Select(mail => mail.Subject).Order());
        }

        var low = app.Mail.To(AdminEmail).Single(mail => mail.Subject.StartsWith("Low", StringComparison.Ordinal));
        Assert.Contains("    Protein Bowl, size M: 2 left\n\nProduct id: prod_1", low.Text);
    }

    [Fact]
    public async Task Who_is_gone_by_then_is_written_nothing()
    {
        await using var app = engine.Fresh();
        var (email, orderId) = await Bought(app);
        await (await app.ClientFor((await app.Admin.Order(orderId)).Text("userId")).Delete("/user/profile")).ShouldBeEmpty(204);
        Assert.Empty(await Mails(app, email));
        var record = await Receipt(app, orderId);
        Assert.Equal(("SKIPPED", "There is no account, or it has no address."), (record.Text("status"), record.Text("reason")));
    }

    [Fact]
    public async Task Where_no_mail_server_is_set_what_was_to_be_sent_is_recorded_as_skipped()
    {
        await using var app = engine.Fresh();
        await using var shop = app.With(new NobodysMail());
        var (_, orderId) = await Bought(app);
        await shop.Dispatch();
        await shop.Deliver();
        var record = await Receipt(app, orderId);
        Assert.Equal(("RECEIPT", "SKIPPED", "No mail server is set."), (record.Text("kind"), record.Text("status"), record.Text("reason")));
    }

    private static async Task<IReadOnlyList<string>> Subjects(EcommerceApp app, string email) => [.. (await Mails(app, email)).Select(mail => mail.Subject)];

    /// <summary>All that somebody was mailed, when all that happened was told and sent.</summary>
    private static async Task<IReadOnlyList<OutgoingMail>> Mails(EcommerceApp app, string email)
    {
        await app.Dispatch();
        await app.Deliver();
        return app.Mail.To(email);
    }

    /// <summary>The record of an order's receipt.</summary>
    internal static async Task<Item> Receipt(EcommerceApp app, string orderId)
    {
        var told = (await app.Admin.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Single(one => one.Text("eventType") == "OrderConfirmed");
        var id = Ids.DeriveAt("ntf", told.GetProperty("timestamp").GetDateTime(), told.Text("eventId"), "EMAIL", "RECEIPT", told.Text("userId"));
        return (await app.Store.Get(Delivery.KeyOf(id), consistent: true, Cancellation))!;
    }

    /// <summary>Somebody who has registered and was welcomed; the mail is forgotten.</summary>
    internal static async Task<(string Email, HttpClient Client, string UserId)> Customer(EcommerceApp app)
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        await Mails(app, email);
        app.Mail.Forget();
        return (email, app.ClientFor(userId), userId);
    }

    /// <summary>An order of two of a kind, paid.</summary>
    internal static async Task<(string Email, string OrderId)> Bought(EcommerceApp app)
    {
        var (email, client, _) = await Customer(app);
        await client.AddToCart(await app.Product(), 2);
        return (email, (await client.CheckOut().ShouldBe(201)).Text("orderId"));
    }

    private sealed class NobodysMail : IMail
    {
        public Task<bool> Send(OutgoingMail mail, CancellationToken cancellation) => Task.FromResult(false);
    }
}

public sealed class NotificationTests_on_Sqlite(SqliteApp app) : NotificationTests(app), IClassFixture<SqliteApp>;

public sealed class NotificationTests_on_DynamoDb(DynamoDbApp app) : NotificationTests(app), IClassFixture<DynamoDbApp>;
