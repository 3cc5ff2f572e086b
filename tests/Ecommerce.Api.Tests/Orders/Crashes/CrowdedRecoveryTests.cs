using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>Many orders are due at once, and some of them cannot be helped.</summary>
public abstract class CrowdedRecoveryTests(EcommerceApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_that_cannot_be_worked_on_do_not_hold_up_the_others()
    {
        await using var fresh = app.Fresh();
        var scenes = (await Task.WhenAll(Enumerable.Range(0, 100).Chunk(10).Select(some => Charged(fresh, some.Length)))).SelectMany(some => some).ToList();
        var orders = new List<string>();
        foreach (var scene in scenes) orders.Add((await fresh.OrderOf(scene))!.OrderId);
        var (throws, hangs, ignores) = (orders[3], orders[41], orders[77]);
        for (var shard = 0; shard < Tables.Shards; shard++) await PutUnreadable(fresh, OrderItems.HeldQueue(shard), 2);

        fresh.Clock.Advance(Struck.PastLease);
        var gateway = new HookedGateway(new SimulatedGateway(fresh.Store, fresh.Clock))
        {
            BeforeLookUp = (orderId, cancellation) => orderId == throws ? throw new InvalidOperationException("This provider has a bug.")
                : orderId == hangs ? Task.Delay(Timeout.Infinite, cancellation)
                : orderId == ignores ? new TaskCompletionSource().Task
                : Task.CompletedTask,
        };
        var counts = await Hurried(fresh, gateway).Services.GetRequiredService<Recovery>().Pass(Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        // Two unreadable ones stand in each of four queues; of the hundred, one throws, and two are not waited for any longer.
        Assert.Equal((108, 97, 2, 9), (counts.Due, counts.Settled, counts.Waiting, counts.Failed));
        foreach (var (scene, orderId) in scenes.Zip(orders))
            Assert.Equal(orderId == throws ? OrderStatus.Reserved : orderId == hangs || orderId == ignores ? OrderStatus.PaymentPending : OrderStatus.Confirmed, (await fresh.OrderOf(scene))!.Status);

        fresh.Clock.Advance(TimeSpan.FromMinutes(1));
        await fresh.Services.GetRequiredService<Recovery>().Pass(Cancellation);
        await fresh.ShouldBalance([.. scenes.Select(scene => new Struck(scene, scene.UserId, null))], isOver: true);
        Assert.All(scenes, scene => Assert.Equal(OrderStatus.Confirmed, fresh.OrderOf(scene).Result!.Status));
    }

    [Fact]
    public async Task More_than_a_batch_that_cannot_be_read_does_not_hide_what_comes_behind_it()
    {
        await using var fresh = app.Fresh();
        await PutUnreadable(fresh, OrderItems.OpenQueue(0), 110);
        var behind = await PutPlaced(fresh, 130);
        fresh.Clock.Advance(TimeSpan.FromDays(2));

        var counts = await fresh.Services.GetRequiredService<Recovery>().Pass(Cancellation);

        Assert.Equal((240, 130, 110), (counts.Due, counts.Settled, counts.Failed));
        foreach (var some in behind.Chunk(100))
            Assert.All(await fresh.Store.GetMany([.. some.Select(id => Tables.Orders.Key(id))], consistent: true, Cancellation), item => Assert.Equal("EXPIRED", item!.Text("status")));
    }

    private static async Task<IReadOnlyList<Scene>> Charged(EcommerceApp app, int count)
    {
        var scenes = new List<Scene>();
        for (var i = 0; i < count; i++) scenes.Add((await Situations.Make(app, Situations.Charged)).Scene);
        return scenes;
    }

    /// <summary>They are due before all others.</summary>
    private static async Task PutUnreadable(EcommerceApp app, string queue, int count)
    {
        var ids = app.Services.GetRequiredService<Ids>();
        for (var i = 0; i < count; i++)
        {
            var item = new Item { ["orderId"] = ids.New("ord"), ["dueQueue"] = queue, ["dueAt"] = i };
            Assert.True((await app.Store.Commit([new Put(Tables.Orders, item, Expect.Absent)], cancellation: Cancellation)).IsCommitted);
        }
    }

    /// <summary>All in one queue.</summary>
    private static async Task<IReadOnlyList<string>> PutPlaced(EcommerceApp app, int count)
    {
        var ids = app.Services.GetRequiredService<Ids>();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var line = new OrderLine("prod_bowl", null, "Bowl", "Bowl", 1, new(100));
        var made = new List<string>();
        while (made.Count < count)
        {
            if (ids.New("ord") is var id && Ids.Shard(id) != 0) continue;
            var order = Order.New(id, "usr_crowd", OrderStatus.Created, [line], "USD", now) with { DueAt = now + OpenWorkOfOrders.UnpaidLife };
            Assert.True((await app.Store.Commit([order.ToPut()], cancellation: Cancellation)).IsCommitted);
            made.Add(id);
        }

        return made;
    }

    private static WebApplicationFactory<Program> Hurried(EcommerceApp app, IPaymentGateway gateway) =>
        app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton(gateway).AddSingleton<TimeProvider>(new HurriedClock(app.Clock))));

    /// <summary>The same time, with timers that wait a quarter as long, and a stopwatch that stands still: a pass may take what it takes.</summary>
    private sealed class HurriedClock(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 4 : dueTime, period);
    }
}

public sealed class CrowdedRecoveryTests_on_Sqlite(SqliteApp app) : CrowdedRecoveryTests(app), IClassFixture<SqliteApp>;

public sealed class CrowdedRecoveryTests_on_DynamoDb(DynamoDbApp app) : CrowdedRecoveryTests(app), IClassFixture<DynamoDbApp>;
