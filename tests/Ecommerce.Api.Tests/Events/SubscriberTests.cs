using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Events;

/// <summary>Subscribers that fail, and what they keep from whom. Each test has a shop of its own.</summary>
public abstract class SubscriberTests(EcommerceApp engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_fails_keeps_nothing_from_the_others_and_is_told_when_it_can_be()
    {
        await using var app = engine.Fresh();
        var (bad, counter) = (new StubSubscriber("bad") { Fails = true }, new StubSubscriber("counter"));
        await using var shop = With(app, bad, counter);
        for (var n = 0; n < 3; n++) await app.Sell(stock: 1);
        Assert.Equal(new(0, 3), await shop.Dispatch());
        Assert.Equal((0, 3), (await Count(app, bad), await Count(app, counter)));
        Assert.All(await app.Logged(), entry => Assert.StartsWith("bad: InvalidOperationException", EntryProgress.Of(entry).Error));

        bad.Fails = false;
        Assert.Equal(new(0, 0), await shop.Dispatch());
        app.Clock.Advance(Backoff.After(1));
        Assert.Equal(new(3, 0), await shop.Dispatch());
        Assert.Equal((3, 3), (await Count(app, bad), await Count(app, counter)));
        Assert.All(await app.Logged(), entry => Assert.Equal((EventState.Done, null), (EntryProgress.Of(entry).State, entry.TextOrNull("error"))));
    }

    [Fact]
    public async Task An_entry_that_fails_on_and_on_is_parked_and_not_tried_any_more()
    {
        await using var app = engine.Fresh();
        var bad = new StubSubscriber("bad") { Fails = true };
        await using var shop = With(app, bad);
        await app.Sell(stock: 1);
        for (var tries = 1; tries <= EntryProgress.MaxTries; tries++)
        {
            Assert.Equal(EventState.Pending, EntryProgress.Of(Assert.Single(await app.Logged())).State);
            Assert.Equal(new(0, 1), await shop.Dispatch());
            app.Clock.Advance(Backoff.After(tries));
        }

        var parked = EntryProgress.Of(Assert.Single(await app.Logged()));
        Assert.Equal((EventState.Parked, EntryProgress.MaxTries), (parked.State, parked.Tries));
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(new(0, 0), await shop.Dispatch());
    }

    [Fact]
    public async Task What_is_more_than_a_commit_takes_is_made_one_subscriber_after_the_other()
    {
        await using var app = engine.Fresh();
        var (one, other) = (new StubSubscriber("one") { Width = 60 }, new StubSubscriber("other") { Width = 60 });
        await using var shop = With(app, one, other);
        await app.Sell(stock: 1);
        Assert.Equal(new(1, 0), await shop.Dispatch());
        Assert.Equal((1, 1), (await Count(app, one), await Count(app, other)));
    }

    [Fact]
    public async Task A_delivery_is_made_with_the_mark_and_the_event_is_done_when_it_has_arrived()
    {
        await using var app = engine.Fresh();
        var channel = new StubChannel();
        await using var shop = With(app, channel, new StubSubscriber("mailer") { Sends = true });
        await app.Sell(stock: 1);
        Assert.Equal(new(1, 0), await shop.Dispatch());
        Assert.Equal(EventState.Pending, EntryProgress.Of(Assert.Single(await app.Logged())).State);
        Assert.Equal(new(1, 0, 0), await shop.Deliver());
        Assert.Equal(new(0, 0, 0), await shop.Deliver());
        Assert.Equal("ProductCreated", Assert.Single(channel.Sent));
        Assert.Equal(EventState.Done, EntryProgress.Of(Assert.Single(await app.Logged())).State);
    }

    [Fact]
    public async Task A_delivery_that_has_to_wait_is_tried_later_and_after_a_day_given_up_and_its_event_parked()
    {
        await using var app = engine.Fresh();
        var channel = new StubChannel { Answer = new DeliveryResult.Again("not now") };
        await using var shop = With(app, channel, new StubSubscriber("mailer") { Sends = true });
        await app.Sell(stock: 1);
        await shop.Dispatch();
        var key = Tables.EventLogs.KeyOf(Assert.Single(await app.Logged()));
        Assert.Equal(new(0, 1, 0), await shop.Deliver());
        Assert.Equal(new(0, 0, 0), await shop.Deliver());
        app.Clock.Advance(Backoff.After(1));
        Assert.Equal(new(0, 1, 0), await shop.Deliver());
        app.Clock.Advance(Delivery.Patience);
        Assert.Equal(new(0, 0, 1), await shop.Deliver());
        var progress = EntryProgress.Of((await app.Store.Get(key, consistent: true, Cancellation))!);
        Assert.Equal(EventState.Parked, progress.State);
        var lost = (await app.Store.Get(Delivery.KeyOf(Assert.Single(progress.Lost)), consistent: true, Cancellation))!.ToDelivery();
        Assert.Equal((DeliveryStatus.Failed, 3, "not now"), (lost.Status, lost.Tries, lost.Reason));
    }

    [Fact]
    public async Task Of_a_receiver_out_of_reach_only_a_few_are_tried_in_a_pass_and_of_another_all()
    {
        await using var app = engine.Fresh();
        var channel = new StubChannel { Route = delivery => delivery.Recipient, Answers = delivery => delivery.Recipient == "down" ? new DeliveryResult.Again("down") : new DeliveryResult.Done() };
        await using var shop = With(app, channel, new StubSubscriber("a") { Sends = true, To = "down" }, new StubSubscriber("b") { Sends = true, To = "up" });
        for (var n = 0; n < 12; n++) await app.Sell(stock: 1);
        await shop.Dispatch();
        var counts = await shop.Deliver();
        Assert.Equal(12, counts.Sent);
        Assert.InRange(counts.Waiting, 1, 8);
    }

    [Fact]
    public async Task Two_lanes_at_once_send_each_delivery_once()
    {
        await using var app = engine.Fresh();
        var channel = new StubChannel();
        await using var shop = With(app, channel, new StubSubscriber("mailer") { Sends = true });
        for (var n = 0; n < 10; n++) await app.Sell(stock: 1);
        await shop.Dispatch();
        await Task.WhenAll(shop.Deliver(), shop.Deliver(), shop.Deliver());
        Assert.Equal(10, channel.Sent.Count);
        Assert.All(await app.Logged(), entry => Assert.Equal(EventState.Done, EntryProgress.Of(entry).State));
    }

    private static WebApplicationFactory<Program> With(EcommerceApp app, params ISubscriber[] subscribers) => With(app, new StubChannel(), subscribers);

    private static WebApplicationFactory<Program> With(EcommerceApp app, StubChannel channel, params ISubscriber[] subscribers) =>
        app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            foreach (var subscriber in subscribers) services.AddSingleton(subscriber);
            services.AddOnly(channel);
        }));

    private static async Task<long> Count(EcommerceApp app, StubSubscriber subscriber) =>
        (await app.Store.Get(Tables.EventLogs.Key("stub", $"{subscriber.Name}-0"), consistent: true, Cancellation))?.Number("count") ?? 0;
}

public sealed class SubscriberTests_on_Sqlite(SqliteApp app) : SubscriberTests(app), IClassFixture<SqliteApp>;

public sealed class SubscriberTests_on_DynamoDb(DynamoDbApp app) : SubscriberTests(app), IClassFixture<DynamoDbApp>;
