using System.Text.Json;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Events;

/// <summary>The event log as an administrator sees it. Each test has a shop of its own.</summary>
public abstract class EventRoutesTests(EcommerceApp engine)
{
    [Fact]
    public async Task The_log_is_listed_newest_first_over_days_and_shards_a_page_at_a_time()
    {
        await using var app = engine.Fresh();
        var made = new List<string>();
        for (var n = 0; n < 30; n++)
        {
            made.Add(await app.Sell($"Product {n}", stock: 1));
            app.Clock.Advance(TimeSpan.FromHours(n % 3 == 0 ? 30 : 0.001));
        }

        var found = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await app.Admin.Get($"/order/events?limit=7&cursor={cursor}").ShouldBe(200);
            Assert.Equal(page.GetProperty("items").GetArrayLength(), page.GetProperty("count").GetInt32());
            found.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Reverse(made), found.Select(one => one.GetProperty("metadata").Text("productId")));
        Assert.All(found, one => Assert.Equal(("ProductCreated", "done"), (one.Text("eventType"), one.Text("state"))));
        Assert.Equal(["eventId", "eventType", "userId", "metadata", "timestamp", "state", "tries"], found[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task The_log_is_filtered_by_type_state_and_time()
    {
        await using var app = engine.Fresh();
        var product = await app.Sell(stock: 50);
        app.Clock.Advance(TimeSpan.FromDays(1));
        var (_, customer) = app.Customer();
        await customer.AddToCart(product);
        await customer.CheckOut().ShouldBe(201);
        await app.Dispatch();
        await app.Deliver();
        Assert.Equal(["OrderConfirmed", "OrderCreated", "PaymentSuccess", "ProductCreated"], await Types(app, ""));
        Assert.Equal(["OrderConfirmed"], await Types(app, "type=OrderConfirmed"));
        Assert.Equal(["OrderConfirmed"], await Types(app, "type=orderconfirmed&state=DONE"));
        Assert.Equal(["ProductCreated"], await Types(app, "to=2036-01-31"));
        Assert.Equal(["OrderConfirmed", "OrderCreated", "PaymentSuccess"], await Types(app, "from=2036-02-01"));
        Assert.Equal(["ProductCreated"], await Types(app, "from=2036-01-31T12:00:00Z&to=2036-01-31T12:00:01Z"));
        Assert.Empty(await Types(app, "from=2036-02-02"));
        Assert.Empty(await Types(app, "state=pending"));
        Assert.Empty(await Types(app, "state=parked"));
    }

    [Theory]
    [InlineData("type=Nothing", "type")]
    [InlineData("type=1", "type")]
    [InlineData("state=open", "state")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2036-02-01&to=2036-01-01", "from")]
    [InlineData("limit=101", "limit")]
    public async Task A_filter_that_makes_no_sense_is_named(string query, string field) =>
        await engine.Admin.Get($"/order/events?{query}").ShouldBeProblem(400, "validation_failed", field);

    [Fact]
    public async Task A_cursor_is_good_for_its_own_filters_only()
    {
        await using var app = engine.Fresh();
        for (var n = 0; n < 3; n++) await app.Sell(stock: 1);
        var cursor = (await app.Admin.Get("/order/events?limit=1").ShouldBe(200)).Text("nextCursor");
        await app.Admin.Get($"/order/events?limit=1&cursor={cursor}").ShouldBe(200);
        await app.Admin.Get($"/order/events?type=OrderCreated&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task What_somebody_could_not_be_told_is_pending_with_its_error_then_parked_and_on_demand_tried_again()
    {
        await using var app = engine.Fresh(("Auth:AccessTokenMinutes", "1440"));
        var bad = new StubSubscriber("bad") { Fails = true };
        await using var shop = app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<ISubscriber>(bad)));
        var admin = AdminOf(app, shop);
        await app.Sell(stock: 1);
        var pending = Assert.Single((await admin.Get("/order/events?state=pending").ShouldBe(200)).GetProperty("items").EnumerateArray());
        Assert.Equal(("pending", 1, "bad: InvalidOperationException: It was told to fail."), (pending.Text("state"), pending.GetProperty("tries").GetInt32(), pending.Text("error")));
        Assert.Equal("2036-01-31T12:00:10.250Z", pending.Text("nextTryAt"));
        for (var tries = 1; tries < EntryProgress.MaxTries; tries++)
        {
            app.Clock.Advance(Backoff.After(tries));
            await shop.Dispatch();
        }

        Assert.Empty(await Types(admin, "state=pending"));
        Assert.Equal(["ProductCreated"], await Types(admin, "state=parked"));
        Assert.Equal(["ProductCreated"], await Types(admin, ""));
        Assert.Empty(await Types(admin, "state=parked&type=OrderCreated"));

        bad.Fails = false;
        var eventId = pending.Text("eventId");
        var answer = await admin.Post($"/order/events/{eventId}/retry").ShouldBe(202);
        Assert.Equal((eventId, "pending"), (answer.Text("eventId"), answer.Text("state")));
        await shop.Dispatch();
        Assert.Equal(["ProductCreated"], await Types(admin, "state=done"));
        Assert.Empty(await Types(admin, "state=parked"));
        await admin.Post($"/order/events/{eventId}/retry").ShouldBeProblem(409, "event_not_parked");
    }

    [Fact]
    public async Task A_delivery_that_was_given_up_parks_its_event_alone_and_a_retry_sends_it()
    {
        await using var app = engine.Fresh();
        var channel = new StubChannel { Answer = new DeliveryResult.Refused("no such mailbox") };
        await using var shop = app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            services.AddSingleton<ISubscriber>(new StubSubscriber("mailer") { Sends = true });
            services.AddOnly(channel);
        }));
        var admin = AdminOf(app, shop);
        var (_, customer) = app.Customer();
        await customer.AddToCart(await app.Sell(stock: 50));
        await customer.CheckOut().ShouldBe(201);
        await shop.Dispatch();
        Assert.Equal(["OrderCreated", "PaymentSuccess", "ProductCreated"], await Types(admin, "state=pending"));
        Assert.Equal(3, (await shop.Deliver()).Failed);
        var parked = (await admin.Get("/order/events?state=parked").ShouldBe(200)).GetProperty("items").EnumerateArray().OrderByDescending(one => one.Text("eventType") == "PaymentSuccess").ToList();
        Assert.Equal(["PaymentSuccess", "OrderCreated", "ProductCreated"], parked.Select(one => one.Text("eventType")).OrderByDescending(type => type == "PaymentSuccess").ThenBy(type => type));
        var delivery = Assert.Single(parked[0].GetProperty("deliveries").EnumerateArray());
        Assert.Equal(("no such mailbox", "EMAIL", "STUB", "FAILED", 1, "no such mailbox"),
            (parked[0].Text("error"), delivery.Text("channel"), delivery.Text("kind"), delivery.Text("status"), delivery.GetProperty("tries").GetInt32(), delivery.Text("reason")));

        channel.Answers = _ => new DeliveryResult.Done();
        await admin.Post($"/order/events/{parked[0].Text("eventId")}/retry").ShouldBe(202);
        Assert.Equal(["PaymentSuccess"], await Types(admin, "state=pending"));
        Assert.Equal(new(1, 0, 0), await shop.Deliver());
        Assert.Equal(["OrderCreated", "ProductCreated"], await Types(admin, "state=parked"));
        Assert.Equal(["OrderConfirmed", "PaymentSuccess"], await Types(admin, "state=done"));
        Assert.Equal(["PaymentSuccess"], channel.Sent);
    }

    [Fact]
    public async Task An_entry_that_is_damaged_is_parked_and_shown_like_any_other()
    {
        await using var app = engine.Fresh();
        var damaged = EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), "damaged"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.StockAdjusted, []));
        damaged.Item["stock"] = "not a list";
        damaged.Item["prices"] = "nor this";
        await app.Store.Commit([damaged], cancellation: TestContext.Current.CancellationToken);
        await app.Sell(stock: 1);
        for (var tries = 1; tries <= EntryProgress.MaxTries; tries++)
        {
            await app.Dispatch();
            app.Clock.Advance(Backoff.After(tries));
        }

        Assert.Equal(["StockAdjusted"], await Types(app, "state=parked"));
        Assert.Equal(["ProductCreated", "StockAdjusted"], await Types(app, ""));
        await app.Admin.Post($"/order/events/{damaged.Item.Text("entryId")}/retry").ShouldBe(202);
        Assert.Equal(["StockAdjusted"], await Types(app, "state=pending"));
    }

    [Fact]
    public async Task However_many_are_parked_all_of_them_are_found()
    {
        await using var app = engine.Fresh();
        var now = app.Clock.GetUtcNow();
        var entries = Enumerable.Range(0, 230).Select(n =>
        {
            var at = now.AddMilliseconds(n / 7);
            var entry = EventLog.Append(Ids.DeriveAt("evt", at, $"{n}"), at, "usr_somebody", new ShopEvent(EventType.OrderCreated, []), new ShopEvent(EventType.OrderExpired, []));
            var progress = EntryProgress.Of(entry.Item);
            for (var tries = 0; tries < EntryProgress.MaxTries; tries++) progress = progress.Failed("nobody", at.UtcDateTime);
            progress.WriteTo(entry.Item);
            return entry;
        }).ToList();
        foreach (var some in entries.Chunk(100)) await app.Store.Commit(some, cancellation: TestContext.Current.CancellationToken);
        var found = await app.Admin.Pages("/order/events?state=parked", 99);
        Assert.Equal(460, found.Select(one => one.Text("eventId")).Distinct().Count());
        Assert.Equal(460, found.Count);
        var expired = await app.Admin.Pages("/order/events?state=parked&type=OrderExpired", 100);
        Assert.Equal(230, expired.Select(one => one.Text("eventId")).Distinct().Count());
    }

    [Theory]
    [InlineData("evt_00000000000000000000000000")]
    [InlineData("evt_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("evt_zzzzzzzzzzzzzzzzzzzzzzzzzz-1")]
    [InlineData("nothing")]
    [InlineData("evt_1-1-1")]
    public async Task An_event_that_is_not_there_cannot_be_tried_again(string eventId) =>
        await engine.Admin.Post($"/order/events/{eventId}/retry").ShouldBeProblem(404, "not_found");

    [Fact]
    public async Task An_event_that_an_entry_does_not_have_cannot_be_tried_again()
    {
        await using var app = engine.Fresh();
        await app.Sell(stock: 1);
        var eventId = (await app.Admin.Get("/order/events").ShouldBe(200)).GetProperty("items")[0].Text("eventId");
        await app.Admin.Post($"/order/events/{eventId}-7/retry").ShouldBeProblem(404, "not_found");
    }

    private static HttpClient AdminOf(EcommerceApp app, WebApplicationFactory<Program> shop)
    {
        _ = app.Admin;
        return shop.ClientFor("usr_admin", admin: true);
    }

    private static Task<IReadOnlyList<string>> Types(EcommerceApp app, string query) => Types(app.Admin, query);

    private static async Task<IReadOnlyList<string>> Types(HttpClient admin, string query)
    {
        var types = new List<string>();
        string? cursor = null;
        do
        {
            var page = await admin.Get($"/order/events?{query}&limit=2&cursor={cursor}").ShouldBe(200);
            types.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Text("eventType")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        // What one request logs has one time here, and so no order.
        return [.. types.Order()];
    }
}

public sealed class EventRoutesTests_on_Sqlite(SqliteApp app) : EventRoutesTests(app), IClassFixture<SqliteApp>;

public sealed class EventRoutesTests_on_DynamoDb(DynamoDbApp app) : EventRoutesTests(app), IClassFixture<DynamoDbApp>;
