using System.Net;
using System.Text.Json;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Webhooks;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Webhooks;

/// <summary>What webhooks are told. Each test has a shop of its own, and receivers on this machine.</summary>
public abstract class WebhookDeliveryTests(EcommerceApp engine)
{
    private const string Secret = "correct-horse-battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_sent_the_event_as_the_log_has_it_signed()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await Register(app, receiver.Url);
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product(name: "Grüße & <Küsse>"));
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        await app.Dispatch();
        Assert.Equal(new(5, 0, 0), await app.Deliver()); // With the receipt.

        var logged = (await app.Admin.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Select(told => told.GetRawText()).ToList();
        Assert.Equal(3, logged.Count);
        Assert.Equal(4, receiver.Received.Count);
        foreach (var received in receiver.Received)
        {
            Assert.Equal(("POST", "/events?shop=1", "application/json"), (received.Method, received.Path, received.Headers["Content-Type"]));
            Assert.Equal(app.Clock.GetUtcNow().ToUnixTimeSeconds(), received.SignedAt(Secret).ToUnixTimeSeconds());
            Assert.Equal(["eventId", "eventType", "userId", "metadata", "timestamp"], received.Event.Names());
            Assert.Equal(received.Event.Text("eventId"), received.Headers["Ecommerce-Event-Id"]);
            Assert.StartsWith("ntf_", received.Headers["Ecommerce-Delivery-Id"]);
            Assert.Matches("^Ecommerce/[0-9.]+$", received.Headers["User-Agent"]);
            Assert.DoesNotContain("traceparent", received.Headers.Keys);
        }

        Assert.Equal(logged.Order(), receiver.Received.Select(received => received.Body).Where(body => body.Contains(orderId)).Order());
        Assert.Equal(4, receiver.Received.Select(received => received.Headers["Ecommerce-Delivery-Id"]).Distinct().Count());
        var webhook = await Webhook(app, webhookId);
        Assert.Equal("SENT", webhook.Text("lastStatus"));
        Assert.Equal(
            receiver.Received.Select(received => (received.Headers["Ecommerce-Delivery-Id"], received.Event.Text("eventId"), received.Event.Text("eventType"), "SENT", 1)).Order(),
            Deliveries(webhook).Select(told => (told.Text("deliveryId"), told.Text("eventId"), told.Text("eventType"), told.Text("status"), told.GetProperty("tries").GetInt32())).Order());
        Assert.Equal(default, await app.Deliver());
    }

    [Fact]
    public async Task A_webhook_is_told_only_of_the_types_that_it_names_and_each_of_several_once()
    {
        await using var app = Shop();
        await using var orders = await WebhookReceiver.Start();
        await using var all = await WebhookReceiver.Start();
        await Register(app, orders.Url, "OrderConfirmed", "OrderShipped");
        await Register(app, all.Url);
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product());
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        await app.Admin.Post($"/order/{orderId}/ship").ShouldBe(200);
        for (var pass = 0; pass < 3; pass++)
        {
            await app.Dispatch();
            await app.Deliver();
        }

        Assert.Equal(["OrderConfirmed", "OrderShipped"], Types(orders).Order());
        Assert.Equal(["OrderConfirmed", "OrderCreated", "OrderShipped", "PaymentSuccess", "ProductCreated"], Types(all).Order());
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_later_and_later_with_a_new_signature_until_it_takes_the_event()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = context => WebhookReceiver.Status(receiver.Received.Count <= 3 ? 500 : 200)(context);
        var webhookId = await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        foreach (var seconds in new[] { 10, 20, 40 })
        {
            var before = receiver.Received.Count;
            Assert.Equal(new(0, 1, 0), await app.Deliver());
            app.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(default, await app.Deliver());
            Assert.Equal(before + 1, receiver.Received.Count);
            var waiting = Assert.Single(Deliveries(await Webhook(app, webhookId)));
            Assert.Equal(("PENDING", before + 1, "The receiver answered 500."), (waiting.Text("status"), waiting.GetProperty("tries").GetInt32(), waiting.Text("reason")));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(new(1, 0, 0), await app.Deliver());
        Assert.Single(receiver.Received.Select(received => received.Body).Distinct());
        Assert.Single(receiver.Received.Select(received => received.Headers["Ecommerce-Delivery-Id"]).Distinct());
        Assert.Equal([0, 10, 30, 70], receiver.Received.Select(received => (received.SignedAt(Secret) - receiver.Received[0].SignedAt(Secret)).TotalSeconds));
        var sent = Assert.Single(Deliveries(await Webhook(app, webhookId)));
        Assert.Equal(("SENT", 4, false), (sent.Text("status"), sent.GetProperty("tries").GetInt32(), sent.TryGetProperty("reason", out _)));
        Assert.Equal(app.Clock.GetUtcNow().UtcDateTime, sent.GetProperty("at").GetDateTime());
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_a_day_is_given_up_and_seen_to_be()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await Register(app, receiver.Url);
        await receiver.DisposeAsync();
        await app.Product();
        await app.Dispatch();
        var (start, tries) = (app.Clock.GetUtcNow(), 0);
        for (; (await app.Deliver()).Failed == 0; tries++)
        {
            Assert.True(app.Clock.GetUtcNow() - start < TimeSpan.FromHours(26));
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(app.Clock.GetUtcNow() - start, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        var webhook = await Webhook(app, webhookId);
        Assert.Equal("FAILED", webhook.Text("lastStatus"));
        var failed = Assert.Single(Deliveries(webhook));
        Assert.Equal((tries + 1, "The receiver could not be reached: ConnectionError."), (failed.GetProperty("tries").GetInt32(), failed.Text("reason")));
        app.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(default, await app.Deliver());
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_after_the_time_limit_and_delays_no_other()
    {
        await using var app = Shop();
        await using var hanging = await WebhookReceiver.Start();
        await using var quick = await WebhookReceiver.Start();
        hanging.Answer = WebhookReceiver.Hang;
        var hangingId = await Register(app, hanging.Url);
        var quickId = await Register(app, quick.Url);
        for (var n = 0; n < 12; n++) await app.Product();
        using var patient = Impatient(app, TimeSpan.FromSeconds(6));
        await patient.Dispatch();
        var pass = patient.Deliver();
        for (var wait = 0; wait < 50 && quick.Received.Count < 12; wait++) await Task.Delay(100, Cancellation);
        Assert.False(pass.IsCompleted);
        Assert.Equal(12, quick.Received.Count);
        var counts = await pass;
        Assert.Equal((12, 0), (counts.Sent, counts.Failed));
        Assert.InRange(counts.Waiting, 1, Tables.Shards);
        Assert.All(Deliveries(await Webhook(app, quickId)), sent => Assert.Equal("SENT", sent.Text("status")));
        Assert.Contains(Deliveries(await Webhook(app, hangingId)), waiting =>
            waiting.TryGetProperty("reason", out var reason) && reason.GetString() == "The receiver did not answer within 6 seconds.");
    }

    [Fact]
    public async Task What_piles_up_for_a_receiver_that_is_down_is_put_off_and_all_sent_when_it_is_back()
    {
        await using var app = Shop();
        await using var down = await WebhookReceiver.Start();
        await using var up = await WebhookReceiver.Start();
        down.Answer = WebhookReceiver.Status(503);
        await Register(app, down.Url);
        var entries = Enumerable.Range(0, 450).Select(n => EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), $"{n}"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.UserRegistered, [])));
        foreach (var some in entries.Chunk(StoreLimits.WritesPerCommit)) Assert.True((await app.Store.Commit(some, cancellation: Cancellation)).IsCommitted);
        while ((await app.Dispatch()).Dispatched > 0) { }
        while ((await app.Deliver()).Waiting > 0) { }
        Assert.InRange(down.Received.Count, 1, Tables.Shards);
        await Register(app, up.Url);
        await app.Product();
        await app.Dispatch();
        await app.Deliver();
        Assert.Equal(["ProductCreated"], Types(up));
        Assert.InRange(down.Received.Count, 1, Tables.Shards);
        down.Answer = WebhookReceiver.Status(204);
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        while ((await app.Deliver()).Sent > 0) { }
        Assert.Equal(451, down.Received.Select(received => received.Headers["Ecommerce-Event-Id"]).Distinct().Count());
        Assert.InRange(down.Received.Count, 451, 451 + Tables.Shards);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_not_read_to_its_end()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = async context =>
        {
            await context.Response.WriteAsync("This goes on", Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            await WebhookReceiver.Hang(context);
        };
        await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(1, 0, 0), await app.Deliver().WaitAsync(TimeSpan.FromSeconds(9), Cancellation));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        await using var other = await WebhookReceiver.Start();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Url;
            return Task.CompletedTask;
        };
        var webhookId = await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 1, 0), await app.Deliver());
        Assert.Empty(other.Received);
        Assert.Equal($"The receiver answered {status}.", Assert.Single(Deliveries(await Webhook(app, webhookId))).Text("reason"));
    }

    [Fact]
    public async Task A_receiver_that_says_it_is_gone_is_believed_until_an_administrator_has_it_tried_again()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = WebhookReceiver.Status(410);
        var webhookId = await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 0, 1), await app.Deliver());
        var failed = Assert.Single(Deliveries(await Webhook(app, webhookId)));
        Assert.Equal(("FAILED", "The receiver answered 410."), (failed.Text("status"), failed.Text("reason")));
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(default, await app.Deliver());
        Assert.Single(receiver.Received);

        receiver.Answer = WebhookReceiver.Status(204);
        var parked = Assert.Single((await app.Admin.Get("/order/events?state=parked").ShouldBe(200)).Items());
        Assert.Equal((failed.Text("eventId"), "The receiver answered 410."), (parked.Text("eventId"), parked.Text("error")));
        await app.Admin.Post($"/order/events/{parked.Text("eventId")}/retry").ShouldBe(202);
        Assert.Equal(new(1, 0, 0), await app.Deliver());
        Assert.Single(receiver.Received.Select(received => received.Headers["Ecommerce-Delivery-Id"]).Distinct());
        Assert.Equal("SENT", (await Webhook(app, webhookId)).Text("lastStatus"));
        Assert.Empty((await app.Admin.Get("/order/events?state=parked").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task A_webhook_that_is_removed_is_sent_nothing_more()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        await (await app.Admin.Delete($"/order/webhooks/{webhookId}")).ShouldBeEmpty(204);
        Assert.Equal(new(1, 0, 0), await app.Deliver());
        await app.Product();
        await app.Dispatch();
        Assert.Equal(default, await app.Deliver());
        Assert.Empty(receiver.Received);
        var skipped = Assert.Single((await app.Store.Query(DeliveryItems.To(webhookId), Cancellation)).Items).ToDelivery();
        Assert.Equal((DeliveryStatus.Skipped, "The webhook was removed."), (skipped.Status, skipped.Reason));
    }

    [Fact]
    public async Task A_webhook_that_was_registered_before_an_event_is_told_of_it_by_a_dispatcher_that_was_there_before()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        await app.Product();
        await app.Dispatch();
        await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        await app.Deliver();
        Assert.Equal(["ProductCreated"], Types(receiver));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task A_name_that_stands_for_an_address_inside_is_refused_when_it_is_connected_to(string name)
    {
        await using var app = engine.Fresh();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await Register(app, $"https://{name}:{receiver.Port}/events");
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 0, 1), await app.Deliver());
        Assert.Empty(receiver.Received);
        var failed = Assert.Single(Deliveries(await Webhook(app, webhookId)));
        Assert.Equal(("FAILED", "The address is not a public one."), (failed.Text("status"), failed.Text("reason")));
    }

    [Fact]
    public async Task An_address_inside_is_refused_when_it_is_connected_to_even_where_it_was_registered_while_that_was_allowed()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        await using var receiver6 = await WebhookReceiver.Start(IPAddress.IPv6Loopback);
        await Register(app, receiver.Url);
        await Register(app, receiver6.Url);
        await Register(app, $"http://[::ffff:127.0.0.1]:{receiver.Port}/");
        using var strict = app.WithWebHostBuilder(host => host.UseSetting("Webhooks:AllowPrivateAddresses", "false"));
        await app.Product();
        await strict.Dispatch();
        Assert.Equal(new(0, 0, 3), await strict.Deliver());
        Assert.Empty(receiver.Received);
        Assert.Empty(receiver6.Received);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(3, 0, 0), await app.Deliver());
        Assert.Equal((2, 1), (receiver.Received.Count, receiver6.Received.Count));
    }

    [Fact]
    public async Task The_last_ten_deliveries_are_shown_newest_first_and_lapse_after_thirty_days()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await Register(app, receiver.Url);
        var products = new List<string>();
        for (var n = 0; n < 12; n++)
        {
            products.Add(await app.Product());
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.Dispatch();
        Assert.Equal(new(12, 0, 0), await app.Deliver());
        var told = receiver.Received.ToDictionary(received => received.Event.Text("eventId"), received => received.Event.GetProperty("metadata").Text("productId"));
        Assert.Equal(products.AsEnumerable().Reverse().Take(10), Deliveries(await Webhook(app, webhookId)).Select(sent => told[sent.Text("eventId")]));
        Assert.Equal((await Webhook(app, webhookId)).GetRawText(), Assert.Single((await app.Admin.Get("/order/webhooks").ShouldBe(200)).Items()).GetRawText());
        app.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(10, Deliveries(await Webhook(app, webhookId)).Count);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(Deliveries(await Webhook(app, webhookId)));
    }

    [Fact]
    public async Task Neither_secret_nor_address_is_logged()
    {
        await using var app = Shop();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = WebhookReceiver.Status(500);
        await Register(app, receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 1, 0), await app.Deliver());
        Assert.DoesNotContain(app.Log.Lines, line => line.Message.Contains(Secret, StringComparison.Ordinal) || line.Message.Contains("shop=1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_of_webhooks_costs_a_read_and_a_query_each()
    {
        await using var app = Shop();
        for (var n = 0; n < 3; n++) await Register(app, "http://127.0.0.1:1/");
        var cost = (await app.Admin.Get("/order/webhooks")).Cost();
        Assert.Equal((0d, 4), (cost.WriteUnits, cost.Calls));
        Assert.InRange(cost.ReadUnits, 0, 1 + 3 * 0.5);
    }

    private EcommerceApp Shop() => engine.Fresh(("Webhooks:AllowPrivateAddresses", "true"));

    private static WebApplicationFactory<Program> Impatient(EcommerceApp app, TimeSpan limit) => app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        services.AddSingleton(all => new WebhookClient(all.GetRequiredService<Settings>(), app.Clock) { TimeLimit = limit })));

    private static async Task<string> Register(EcommerceApp app, string url, params string[] types) =>
        (await app.Admin.Post("/order/webhooks", new { url, secret = Secret, types }).ShouldBe(201)).Text("webhookId");

    private static Task<JsonElement> Webhook(EcommerceApp app, string webhookId) => app.Admin.Get($"/order/webhooks/{webhookId}").ShouldBe(200);

    private static List<JsonElement> Deliveries(JsonElement webhook) => [.. webhook.GetProperty("deliveries").EnumerateArray()];

    private static IEnumerable<string> Types(WebhookReceiver receiver) => receiver.Received.Select(received => received.Event.Text("eventType"));
}

public sealed class WebhookDeliveryTests_on_Sqlite(SqliteApp app) : WebhookDeliveryTests(app), IClassFixture<SqliteApp>;

public sealed class WebhookDeliveryTests_on_DynamoDb(DynamoDbApp app) : WebhookDeliveryTests(app), IClassFixture<DynamoDbApp>;
