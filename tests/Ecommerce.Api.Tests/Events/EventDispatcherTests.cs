using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Events;

/// <summary>What the log leads to. Each test has a shop of its own.</summary>
public abstract class EventDispatcherTests(EcommerceApp engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_dispatched_once_and_stays_in_the_log()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(stock: 3);
        var before = Assert.Single(await app.Logged());
        Assert.True(before.IsPending());
        Assert.Equal(new(1, 0), await app.Dispatch());
        Assert.Equal(new(0, 0), await app.Dispatch());
        var after = Assert.Single(await app.Logged());
        Assert.False(after.IsPending());
        Assert.Equal(before.List("events"), after.List("events"));
        Assert.Equal(id, after.List("events")[0].AsMap.MapOrNull("metadata")!.Text("productId"));
    }

    [Fact]
    public async Task Two_dispatchers_at_once_dispatch_each_entry_once()
    {
        await using var app = engine.Fresh();
        for (var i = 0; i < 12; i++) await app.Sell(stock: 1);
        var counts = await Task.WhenAll(app.Dispatch(), app.Dispatch());
        Assert.Equal(new(12, 0), counts[0] + counts[1]);
    }

    [Fact]
    public async Task More_than_a_page_of_entries_is_dispatched()
    {
        await using var app = engine.Fresh();
        var writes = Enumerable.Range(0, 450).Select(n => EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), $"{n}"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.OrderDelivered, [])));
        foreach (var some in writes.Chunk(StoreLimits.WritesPerCommit)) await app.Store.Commit(some, cancellation: Cancellation);
        var dispatched = 0;
        for (var pass = 0; pass < 20 && dispatched < 450; pass++) dispatched += (await app.Dispatch()).Dispatched;
        Assert.Equal(450, dispatched);
        Assert.DoesNotContain(await app.Logged(), Shopping.IsPending);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_dispatched_holds_up_no_other()
    {
        await using var app = engine.Fresh();
        var damaged = EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), "damaged"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.StockAdjusted, []));
        damaged.Item["stock"] = "not a list";
        await app.Store.Commit([damaged], cancellation: Cancellation);
        for (var i = 0; i < 10; i++) await app.Sell(stock: 1);
        Assert.Equal(new(10, 1), await app.Dispatch());
        Assert.Equal(new(0, 0), await app.Dispatch());
        app.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(new(0, 1), await app.Dispatch());
        Assert.Contains(app.Log.Lines, line => line.Message.Contains(damaged.Item.Text("entryId"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3600")]
    public async Task A_process_dispatches_by_itself_and_does_not_wait_for_its_interval(string seconds)
    {
        await using var app = engine.Fresh(("Checkout:RecoveryIntervalSeconds", seconds));
        await app.Sell(stock: 1);
        for (var i = 0; i < 300 && Assert.Single(await app.Logged()).IsPending(); i++) await Task.Delay(50, Cancellation);
        Assert.False(Assert.Single(await app.Logged()).IsPending());
    }
}

public sealed class EventDispatcherTests_on_Sqlite(SqliteApp app) : EventDispatcherTests(app), IClassFixture<SqliteApp>;

public sealed class EventDispatcherTests_on_DynamoDb(DynamoDbApp app) : EventDispatcherTests(app), IClassFixture<DynamoDbApp>;
