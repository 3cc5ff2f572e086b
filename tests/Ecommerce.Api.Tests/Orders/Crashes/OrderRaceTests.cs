using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>Several at once who want different things of one order, and what is left when all have been answered.</summary>
public abstract class OrderRaceTests(EcommerceApp app)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_is_cancelled_during_its_charge_is_not_charged_or_is_paid_back(bool providerIsFirst)
    {
        var (reached, gate) = (new Gate(), new Gate());
        Func<string, CancellationToken, Task> wait = async (_, _) => { reached.Open(); await gate.Passed; };
        var provider = new SimulatedGateway(app.Store, app.Clock);
        await using var shop = app.With(providerIsFirst ? new HookedGateway(provider) { AfterCharge = wait } : new HookedGateway(provider) { BeforeCharge = wait });
        var scene = await Purchases.Begin(app, Purchases.Keyed, Shopping.Card, lastUnits: true);
        var checkout = scene.Call.Send(shop);
        await reached.Passed;

        var order = (await app.OrderOf(scene))!;
        var cancelled = await shop.ClientFor(scene.UserId).Post($"/order/{order.OrderId}/cancel").ShouldBe(200);
        Assert.Equal(("CANCELLED", scene.BroughtIn), (cancelled.Text("status"), await app.Available(scene.ProductId)));
        gate.Open();

        await checkout.ShouldBeProblem(409, "invalid_transition");
        await ShouldBalance(scene);
        Assert.Equal(providerIsFirst ? PaymentStatus.Refunded : PaymentStatus.Declined, (await app.OrderOf(scene))!.Payment!.Status);
    }

    [Fact]
    public async Task Of_many_who_cancel_one_order_one_does()
    {
        var (scene, order) = await Situations.Make(app, Situations.Confirmed);
        var customer = app.ClientFor(scene.UserId);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => customer.Post($"/order/{order.OrderId}/cancel")));
        await OneShouldWin(answers);
        await ShouldBalance(scene);
    }

    [Fact]
    public async Task An_order_is_cancelled_or_shipped_and_never_both()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Situations.Make(app, Situations.Confirmed)));
        await Task.WhenAll(made.Select(async one =>
        {
            await OneShouldWin(await Task.WhenAll(
                app.ClientFor(one.Scene.UserId).Post($"/order/{one.Order.OrderId}/cancel"),
                app.Admin.Post($"/order/{one.Order.OrderId}/ship", new { })));
        }));
        await ShouldBalance([.. made.Select(one => one.Scene)]);
    }

    [Fact]
    public async Task Refunds_at_once_never_pay_back_more_than_was_paid()
    {
        var (scene, order) = await Situations.Make(app, Situations.Confirmed);
        var admin = app.Admin;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.Post($"/order/{order.OrderId}/refund", new { amount = 10m, reason = "race" })));
        Assert.Equal(2, answers.Count(answer => (int)answer.StatusCode == 200));
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 200)) await answer.ShouldBeProblem(409, "refund_exceeds_payment");
        await ShouldBalance(scene);
        Assert.Equal(order.Total.Minor - 2_000, (await app.OrderOf(scene))!.Refundable.Minor);
    }

    [Fact]
    public async Task Two_recoveries_at_once_never_both_act()
    {
        var scenes = await Interrupted(20);
        app.Clock.Advance(Struck.PastLease);
        var twin = Mortal.Of(app).App.Services.GetRequiredService<Recovery>();
        var (one, other) = (app.Recover(), twin.Pass(TestContext.Current.CancellationToken));
        var counts = await one + await other;
        Assert.Equal((10, 10, 0), (counts.Settled, counts.Waiting, counts.Failed));
        await app.ShouldBalance(Here(scenes), isOver: false);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        await ShouldBalance(scenes);
    }

    [Fact]
    public async Task Recovery_and_the_client_who_comes_back_never_both_act()
    {
        var scenes = await Interrupted(16);
        app.Clock.Advance(Struck.PastLease);
        var recovery = app.Recover();
        var answers = await Task.WhenAll(scenes.Select(scene => scene.Call.Send(app)));
        await recovery;
        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[201, 202, 409]));
        await app.ShouldBalance(Here(scenes), isOver: false);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        await ShouldBalance(scenes);
        foreach (var scene in scenes) Assert.Contains((await app.OrderOf(scene))!.Status, (OrderStatus[])[OrderStatus.Confirmed, OrderStatus.PaymentFailed]);
    }

    [Theory]
    [InlineData(Purchases.Keyed)]
    [InlineData(Purchases.Keyless)]
    [InlineData(Purchases.PlacedKeyed)]
    [InlineData(Purchases.PlacedKeyless)]
    public async Task What_is_bought_sixteen_times_at_once_is_bought_once(string what)
    {
        var scene = await Purchases.Begin(app, what, Shopping.Card, lastUnits: false);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => scene.Call.Send(Mortal.Of(app).App)));
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201)) await answer.ShouldBeProblem(409, "idempotency_in_progress");
        Assert.Single(answers, answer => (int)answer.StatusCode == 201 && !answer.IsReplayed());
        await app.ShouldBalance(Here(scene), isOver: true);
        Assert.Single(Mortal.Of(app).Gateway.Charges, charge => charge.OrderId == app.OrderOf(scene).Result!.OrderId);
    }

    private Task ShouldBalance(params IReadOnlyList<Scene> scenes) => app.ShouldBalance(Here(scenes).AsPlaced(), isOver: true);

    private static IReadOnlyList<Struck> Here(params IReadOnlyList<Scene> scenes) => [.. scenes.Select(scene => new Struck(scene, scene.UserId, null))];

    /// <summary>Half of them charged, half not.</summary>
    private async Task<IReadOnlyList<Scene>> Interrupted(int count) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, count).Select(i => Situations.Make(app, i % 2 == 0 ? Situations.Charged : Situations.Uncharged)))).Select(one => one.Scene)];

    private static async Task OneShouldWin(IEnumerable<HttpResponseMessage> answers)
    {
        Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 200)) await answer.ShouldBeProblem(409, "invalid_transition");
    }
}

public sealed class OrderRaceTests_on_Sqlite(SqliteApp app) : OrderRaceTests(app), IClassFixture<SqliteApp>;

public sealed class OrderRaceTests_on_DynamoDb(DynamoDbApp app) : OrderRaceTests(app), IClassFixture<DynamoDbApp>;
