using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Webhooks;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Webhooks;

/// <summary>Receivers that do not take what they are sent.</summary>
public abstract class WebhookTroubleTests(EcommerceApp engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_later_and_later_with_a_new_signature_until_it_takes_the_event()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = context => WebhookReceiver.Status(receiver.Received.Count <= 3 ? 500 : 200)(context);
        var webhookId = await app.Register(receiver.Url);
        await app.Product();
        await app.Dispatch();
        foreach (var seconds in new[] { 10, 20, 40 })
        {
            var before = receiver.Received.Count;
            Assert.Equal(new(0, 1, 0), await app.Deliver());
            app.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(default, await app.Deliver());
            Assert.Equal(before + 1, receiver.Received.Count);
            var waiting = Assert.Single((await app.Webhook(webhookId)).Deliveries());
            Assert.Equal(("PENDING", before + 1, "The receiver answered 500."), (waiting.Text("status"), waiting.GetProperty("tries").GetInt32(), waiting.Text("reason")));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(new(1, 0, 0), await app.Deliver());
        Assert.Single(receiver.Received.Select(received => received.Body).Distinct());
        Assert.Single(receiver.Received.Select(received => received.Headers["Ecommerce-Delivery-Id"]).Distinct());
        Assert.Equal([0, 10, 30, 70], receiver.Received.Select(received => (received.SignedAt(Webhooking.Secret) - receiver.Received[0].SignedAt(Webhooking.Secret)).TotalSeconds));
        var sent = Assert.Single((await app.Webhook(webhookId)).Deliveries());
        Assert.Equal(("SENT", 4, false), (sent.Text("status"), sent.GetProperty("tries").GetInt32(), sent.TryGetProperty("reason", out _)));
        Assert.Equal(app.Clock.GetUtcNow().UtcDateTime, sent.GetProperty("at").GetDateTime());
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_a_day_is_given_up_and_seen_to_be()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await app.Register(receiver.Url);
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
        var webhook = await app.Webhook(webhookId);
        Assert.Equal("FAILED", webhook.Text("lastStatus"));
        var failed = Assert.Single(webhook.Deliveries());
        Assert.Equal((tries + 1, "The receiver could not be reached: ConnectionError."), (failed.GetProperty("tries").GetInt32(), failed.Text("reason")));
        app.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(default, await app.Deliver());
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_after_the_time_limit_and_delays_no_other()
    {
        await using var app = engine.ShopWithReceivers();
        await using var hanging = await WebhookReceiver.Start();
        await using var quick = await WebhookReceiver.Start();
        hanging.Answer = WebhookReceiver.Hang;
        var hangingId = await app.Register(hanging.Url);
        var quickId = await app.Register(quick.Url);
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
        Assert.All((await app.Webhook(quickId)).Deliveries(), sent => Assert.Equal("SENT", sent.Text("status")));
        Assert.Contains((await app.Webhook(hangingId)).Deliveries(), waiting =>
            waiting.TryGetProperty("reason", out var reason) && reason.GetString() == "The receiver did not answer within 6 seconds.");
    }

    [Fact]
    public async Task What_piles_up_for_a_receiver_that_is_down_is_put_off_and_all_sent_when_it_is_back()
    {
        // Three failures, and what the other shards had begun by then.
        const int Most = 3 + Tables.Shards - 1;
        await using var app = engine.ShopWithReceivers();
        await using var down = await WebhookReceiver.Start();
        await using var up = await WebhookReceiver.Start();
        down.Answer = WebhookReceiver.Status(503);
        await app.Register(down.Url);
        var entries = Enumerable.Range(0, 450).Select(n => EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), $"{n}"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.UserRegistered, [])));
        foreach (var some in entries.Chunk(StoreLimits.WritesPerCommit)) Assert.True((await app.Store.Commit(some, cancellation: Cancellation)).IsCommitted);
        while ((await app.Dispatch()).Dispatched > 0) { }
        while ((await app.Deliver()).Waiting > 0) { }
        Assert.InRange(down.Received.Count, 1, Most);
        await app.Register(up.Url);
        await app.Product();
        await app.Dispatch();
        await app.Deliver();
        Assert.Equal(["ProductCreated"], up.Types());
        Assert.InRange(down.Received.Count, 1, Most);
        down.Answer = WebhookReceiver.Status(204);
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        while ((await app.Deliver()).Sent > 0) { }
        Assert.Equal(451, down.Received.Select(received => received.Headers["Ecommerce-Event-Id"]).Distinct().Count());
        Assert.InRange(down.Received.Count, 451, 451 + Most);
    }

    [Fact]
    public async Task An_event_that_a_receiver_never_takes_keeps_no_other_from_it()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = context => WebhookReceiver.Status(WebhookReceiver.Of(context).Body.Contains("Poison", StringComparison.Ordinal) ? 500 : 204)(context);
        await app.Register(receiver.Url);
        await app.Product(name: "Poison");
        for (var n = 0; n < 8; n++) await app.Product();
        await app.Dispatch();
        var sent = 0;
        for (var pass = 0; pass < 6; pass++)
        {
            sent += (await app.Deliver()).Sent;
            app.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(8, sent);
        Assert.InRange(receiver.Received.Count(received => received.Body.Contains("Poison", StringComparison.Ordinal)), 1, 3);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_not_read_to_its_end()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = async context =>
        {
            await context.Response.WriteAsync("This goes on", Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            await WebhookReceiver.Hang(context);
        };
        await app.Register(receiver.Url);
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
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        await using var other = await WebhookReceiver.Start();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Url;
            return Task.CompletedTask;
        };
        var webhookId = await app.Register(receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 1, 0), await app.Deliver());
        Assert.Empty(other.Received);
        Assert.Equal($"The receiver answered {status}.", Assert.Single((await app.Webhook(webhookId)).Deliveries()).Text("reason"));
    }

    [Fact]
    public async Task A_receiver_that_says_it_is_gone_is_believed_until_an_administrator_has_it_tried_again()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = WebhookReceiver.Status(410);
        var webhookId = await app.Register(receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 0, 1), await app.Deliver());
        var failed = Assert.Single((await app.Webhook(webhookId)).Deliveries());
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
        Assert.Equal("SENT", (await app.Webhook(webhookId)).Text("lastStatus"));
        Assert.Empty((await app.Admin.Get("/order/events?state=parked").ShouldBe(200)).Items());
    }

    private static WebApplicationFactory<Program> Impatient(EcommerceApp app, TimeSpan limit) => app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        services.AddSingleton(all => new WebhookClient(all.GetRequiredService<Settings>(), app.Clock) { TimeLimit = limit })));
}

public sealed class WebhookTroubleTests_on_Sqlite(SqliteApp app) : WebhookTroubleTests(app), IClassFixture<SqliteApp>;

public sealed class WebhookTroubleTests_on_DynamoDb(DynamoDbApp app) : WebhookTroubleTests(app), IClassFixture<DynamoDbApp>;
