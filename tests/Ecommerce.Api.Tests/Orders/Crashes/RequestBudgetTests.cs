using Ecommerce.Api.General;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A request is answered within 25 seconds, whatever the provider does. Nobody waits for these seconds to pass.</summary>
public abstract class RequestBudgetTests(EcommerceApp app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Gate _reached = new();
    private readonly Gate _gate = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_charge_that_never_ends_is_answered_as_pending_and_its_order_is_confirmed_when_it_does(bool providerHasCharged)
    {
        Func<string, CancellationToken, Task> hang = async (_, _) => { _reached.Open(); await _gate.Passed; };
        var provider = new SimulatedGateway(app.Store, app.Clock);
        var (shop, clock) = Shop(providerHasCharged ? new HookedGateway(provider) { AfterCharge = hang } : new HookedGateway(provider) { BeforeCharge = hang });
        await using var end = shop;
        var scene = await Purchases.Begin(app, Purchases.Keyed, Shopping.Card, lastUnits: true);
        var request = scene.Call.Send(shop);
        await _reached.Passed;
        clock.Advance(TimeSpan.FromSeconds(24));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(request.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("PAYMENT_PENDING", (await request.WaitAsync(Patience, TestContext.Current.CancellationToken).ShouldBe(202)).Text("status"));
        Assert.Equal((OrderStatus.Reserved, 0), ((await app.OrderOf(scene))!.Status, await app.Available(scene.ProductId)));
        await scene.Call.Send(shop).ShouldBeProblem(409, "idempotency_in_progress");

        _gate.Open();
        await Until(scene, OrderStatus.Confirmed);
        await app.ShouldBalance([new(scene, "there", null)], isOver: true);
        Assert.True((await scene.Call.Send(shop)).IsReplayed());
    }

    [Fact]
    public async Task A_process_that_is_asked_to_end_waits_for_what_goes_on_without_its_request()
    {
        var (shop, clock) = Shop(new HookedGateway(new SimulatedGateway(app.Store, app.Clock)) { AfterCharge = async (_, _) => { _reached.Open(); await _gate.Passed; } });
        await using var end = shop;
        var scene = await Purchases.Begin(app, Purchases.Keyed, Shopping.Card, lastUnits: false);
        var request = scene.Call.Send(shop);
        await _reached.Passed;
        clock.Advance(TimeSpan.FromSeconds(25));
        await request.WaitAsync(Patience, TestContext.Current.CancellationToken).ShouldBe(202);

        var ending = shop.Services.GetServices<IHostedService>().OfType<MaintenanceService>().Single().StopAsync(CancellationToken.None);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(ending.IsCompleted);
        _gate.Open();
        await ending.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((OrderStatus.Confirmed, null), ((await app.OrderOf(scene))!.Status, (await app.OrderOf(scene))!.DueAt));
    }

    [Fact]
    public async Task A_provider_out_of_reach_is_given_up_in_time_to_write_down_that_nothing_is_known()
    {
        var asked = new Gate();
        var (shop, clock) = Shop(new HookedGateway(new SimulatedGateway(app.Store, app.Clock))
        {
            BeforeCharge = (_, cancellation) => Hang(_reached, cancellation),
            BeforeLookUp = (_, cancellation) => Hang(asked, cancellation),
        });
        await using var end = shop;
        var scene = await Purchases.Begin(app, Purchases.Keyless, Shopping.Card, lastUnits: false);
        var request = scene.Call.Send(shop);
        await _reached.Passed;
        clock.Advance(TimeSpan.FromSeconds(14));
        await asked.Passed;
        clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal("PAYMENT_PENDING", (await request.WaitAsync(Patience, TestContext.Current.CancellationToken).ShouldBe(202)).Text("status"));
        Assert.Equal(OrderStatus.PaymentPending, (await app.OrderOf(scene))!.Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        Assert.Equal(OrderStatus.PaymentFailed, (await app.OrderOf(scene))!.Status);
        await app.ShouldBalance([new(scene, "there", null)], isOver: true);
    }

    [Fact]
    public async Task A_refund_that_never_ends_is_answered_as_pending_and_is_made_once_when_it_does()
    {
        var (shop, clock) = Shop(new HookedGateway(new SimulatedGateway(app.Store, app.Clock))
        {
            BeforeRefund = async (_, _) => { _reached.Open(); await _gate.Passed; },
        });
        await using var end = shop;
        var (scene, order) = await Situations.Make(app, Situations.Confirmed);
        var request = new Call(scene.UserId, $"/order/{order.OrderId}/cancel", new { reason = "late" }).Send(shop);
        await _reached.Passed;
        clock.Advance(TimeSpan.FromSeconds(25));

        var answer = await request.WaitAsync(Patience, TestContext.Current.CancellationToken).ShouldBe(200);
        Assert.Equal(("CANCELLED", "REFUND_PENDING"), (answer.Text("status"), answer.GetProperty("payment").Text("status")));
        _gate.Open();
        for (var i = 0; i < 400 && (await app.OrderOf(scene))!.IsLeased; i++) await Task.Delay(25, TestContext.Current.CancellationToken);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        await app.ShouldBalance(new[] { new Struck(scene, "there", null) }.AsPlaced(), isOver: true);
    }

    private static Task Hang(Gate reached, CancellationToken cancellation)
    {
        reached.Open();
        return Task.Delay(Timeout.Infinite, cancellation);
    }

    private (WebApplicationFactory<Program> Shop, MovedClock Clock) Shop(IPaymentGateway gateway)
    {
        var clock = new MovedClock(app.Clock.GetUtcNow());
        return (app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton(gateway).AddSingleton<TimeProvider>(clock))), clock);
    }

    private async Task Until(Scene scene, OrderStatus status)
    {
        for (var i = 0; i < 400 && (await app.OrderOf(scene))!.Status != status; i++) await Task.Delay(25, TestContext.Current.CancellationToken);
        Assert.Equal(status, (await app.OrderOf(scene))!.Status);
    }
}

public sealed class RequestBudgetTests_on_Sqlite(SqliteApp app) : RequestBudgetTests(app), IClassFixture<SqliteApp>;

public sealed class RequestBudgetTests_on_DynamoDb(DynamoDbApp app) : RequestBudgetTests(app), IClassFixture<DynamoDbApp>;
