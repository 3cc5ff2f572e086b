using System.Diagnostics;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Notifications;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Smtp;
using Ecommerce.Api.Tests.Mail;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecommerce.Api.Tests.Notifications;

/// <summary>A mail server on its bad days, and what becomes of the letters. Each test has a shop and a server of its own.</summary>
public abstract class MailTroubleTests(EcommerceApp engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpMood.Deferring)]
    [InlineData(SmtpMood.Dying)]
    [InlineData(SmtpMood.Stalling)]
    [InlineData(SmtpMood.Silent)]
    internal async Task A_receipt_that_is_not_taken_is_tried_again_and_arrives_once(SmtpMood mood)
    {
        await using var server = await SmtpServer.Start();
        await using var app = engine.Fresh();
        await using var shop = app.With(Mail(server));
        var (email, orderId) = await NotificationTests.Bought(app);
        server.Mood = mood;
        await shop.Dispatch();
        Assert.Equal(new(0, 1, 0), await shop.Deliver());
        var waiting = await NotificationTests.Receipt(app, orderId);
        Assert.Equal(("PENDING", 1), (waiting.Text("status"), waiting.Number("tries")));
        Assert.StartsWith("The SMTP server did not ", waiting.Text("reason"));
        Assert.DoesNotContain(email, waiting.ToString());

        server.Mood = SmtpMood.Accepting;
        Assert.Equal(new(0, 0, 0), await shop.Deliver());
        app.Clock.Advance(Backoff.After(1));
        Assert.Equal(new(1, 0, 0), await shop.Deliver());
        Assert.Equal(new(0, 0, 0), await shop.Deliver());
        var mail = await server.Only();
        Assert.Equal((email, $"Receipt for order {orderId}"), (Assert.Single(mail.To), mail.Subject));
        Assert.StartsWith($"<{waiting.Text("notificationId")}@", mail.MessageId);
        var sent = await NotificationTests.Receipt(app, orderId);
        Assert.Equal(("SENT", 2), (sent.Text("status"), sent.Number("tries")));
    }

    [Theory]
    [InlineData(SmtpMood.Refusing, "MailboxUnavailable")]
    [InlineData(SmtpMood.Rejecting, "TransactionFailed")]
    internal async Task A_receipt_that_is_refused_is_given_up_and_an_administrator_can_have_it_sent(SmtpMood mood, string why)
    {
        await using var server = await SmtpServer.Start();
        await using var app = engine.Fresh();
        await using var shop = app.With(Mail(server));
        var (_, orderId) = await NotificationTests.Bought(app);
        server.Mood = mood;
        await shop.Dispatch();
        Assert.Equal(new(0, 0, 1), await shop.Deliver());
        var failed = await NotificationTests.Receipt(app, orderId);
        Assert.Equal(("FAILED", 1), (failed.Text("status"), failed.Number("tries")));
        Assert.Contains(why, failed.Text("reason"));

        var parked = (await app.Admin.Get("/order/events?state=parked").ShouldBe(200)).Items().Single(told => told.Text("eventType") == "OrderConfirmed");
        Assert.Contains(why, parked.Text("error"));
        server.Mood = SmtpMood.Accepting;
        app.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(new(0, 0, 0), await shop.Deliver());
        Assert.Equal(202, (int)(await app.Admin.Post($"/order/events/{parked.Text("eventId")}/retry")).StatusCode);
        Assert.Equal(new(1, 0, 0), await shop.Deliver());
        Assert.Equal($"Receipt for order {orderId}", (await server.Only()).Subject);
        Assert.Equal("SENT", (await NotificationTests.Receipt(app, orderId)).Text("status"));
        Assert.Empty((await app.Admin.Get("/order/events?state=parked").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task A_mailbox_that_is_deferred_keeps_no_mail_from_others()
    {
        await using var server = await SmtpServer.Start();
        await using var app = engine.Fresh();
        await using var shop = app.With(Mail(server));
        var orderId = await BoughtWhileDeferring(app, shop, server);
        server.Mood = SmtpMood.Accepting;
        var email = People.NewEmail();
        await app.NewUser(email);
        await shop.Dispatch();
        Assert.Equal(new(1, 0, 0), await shop.Deliver());
        Assert.Equal(email, Assert.Single((await server.Only()).To));
        Assert.Equal("PENDING", (await NotificationTests.Receipt(app, orderId)).Text("status"));
    }

    [Fact]
    public async Task After_a_day_of_trouble_a_receipt_is_given_up()
    {
        await using var server = await SmtpServer.Start();
        await using var app = engine.Fresh();
        await using var shop = app.With(Mail(server));
        var orderId = await BoughtWhileDeferring(app, shop, server);
        app.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(new(0, 0, 1), await shop.Deliver());
        var record = await NotificationTests.Receipt(app, orderId);
        Assert.Equal(("FAILED", 2), (record.Text("status"), record.Number("tries")));
    }

    [Fact]
    public async Task A_mail_server_that_hangs_holds_up_neither_buyers_nor_books_nor_another_channel()
    {
        await using var server = await SmtpServer.Start();
        server.Mood = SmtpMood.Silent;
        await using var app = engine.Fresh();
        var (hanging, hooks) = (new WatchedMail(Mail(server, seconds: 60)), new StubChannel { Channel = Channel.Webhook });
        await using var shop = app.WithWebHostBuilder(host => host.UseSetting("Checkout:RecoveryIntervalSeconds", "1").ConfigureTestServices(services =>
        {
            services.AddSingleton<IMail>(hanging);
            services.AddSingleton<ISubscriber>(new StubSubscriber("hooks") { Sends = true, By = Channel.Webhook });
            services.RemoveAll<DeliveryLane>();
            services.AddChannel<EmailChannel>();
            services.AddChannel<StubChannel>();
            services.AddSingleton(hooks);
        }));
        var product = await app.Product(stock: 20);
        var customer = shop.Customer().Client;
        await customer.Post("/user/register", new { email = People.NewEmail(), password = People.Password, name = "Ada" }).ShouldBe(201);
        await hanging.Reached;

        for (var n = 0; n < 5; n++)
        {
            await customer.AddToCart(product);
            var watch = Stopwatch.StartNew();
            await customer.CheckOut().ShouldBe(201);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        await Within(TimeSpan.FromSeconds(20), () => hooks.Sent.Count(type => type == "OrderCreated") == 5);
        Assert.Equal(5, (await app.Store.Query(new(Tables.EventLogs, "orders") { Consistent = true }, Cancellation)).Items.Count);
        Assert.Equal(1, hanging.Begun);
        Assert.False(hanging.IsOver);
        Assert.Empty(server.Received);
    }

    /// <summary>An order whose receipt was tried once, and not taken.</summary>
    private static async Task<string> BoughtWhileDeferring(EcommerceApp app, WebApplicationFactory<Program> shop, SmtpServer server)
    {
        var (_, orderId) = await NotificationTests.Bought(app);
        server.Mood = SmtpMood.Deferring;
        await shop.Dispatch();
        Assert.Equal(new(0, 1, 0), await shop.Deliver());
        return orderId;
    }

    private static async Task Within(TimeSpan patience, Func<bool> isSo)
    {
        for (var end = DateTime.UtcNow + patience; !isSo(); await Task.Delay(20, Cancellation)) Assert.True(DateTime.UtcNow < end);
    }

    private static SmtpMail Mail(SmtpServer server, int seconds = 1) => new(SmtpTests.Settings(server.Port)) { Patience = TimeSpan.FromSeconds(seconds) };

    private sealed class WatchedMail(IMail inner) : IMail
    {
        private readonly TaskCompletionSource _reached = new();
        private int _begun;

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        public int Begun => _begun;

        public bool IsOver { get; private set; }

        public async Task<bool> Send(OutgoingMail mail, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _begun);
            _reached.TrySetResult();
            try
            {
                return await inner.Send(mail, cancellation);
            }
            finally
            {
                IsOver = true;
            }
        }
    }
}

public sealed class MailTroubleTests_on_Sqlite(SqliteApp app) : MailTroubleTests(app), IClassFixture<SqliteApp>;

public sealed class MailTroubleTests_on_DynamoDb(DynamoDbApp app) : MailTroubleTests(app), IClassFixture<DynamoDbApp>;
