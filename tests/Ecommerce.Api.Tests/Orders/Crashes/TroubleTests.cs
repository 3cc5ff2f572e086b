using Ecommerce.Api.Orders;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A process that lives on, and at any of its calls meets trouble: a failure, an outage, a client who hangs up.</summary>
public abstract class TroubleTests(EcommerceApp app, ITestOutputHelper output)
{
    /// <summary>A blow is not visible outside; its name is.</summary>
    public static TheoryData<string, string, string> Everything => new()
    {
        { Purchases.Keyed, Shopping.Card, nameof(Blow.Trouble) },
        { Purchases.Keyed, Shopping.Card, nameof(Blow.Outage) },
        { Purchases.Keyed, Shopping.Card, nameof(Blow.HangUp) },
        { Purchases.Keyed, Shopping.DeclinedCard, nameof(Blow.Trouble) },
        { Purchases.Keyed, Shopping.DeclinedCard, nameof(Blow.Outage) },
        { Purchases.Keyed, Purchases.LostReply, nameof(Blow.Trouble) },
        { Purchases.PlacedKeyed, Shopping.Card, nameof(Blow.Trouble) },
        { Purchases.PlacedKeyed, Shopping.Card, nameof(Blow.HangUp) },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_checkout_in_trouble_says_so_and_is_finished_by_recovery_or_the_client(string what, string token, string blow)
    {
        var struck = await app.Everywhere(() => Purchases.Begin(app, what, token, lastUnits: true), output, Enum.Parse<Blow>(blow));
        await struck.ForEach(one => Task.FromResult(one.Response is null || (int)one.Response.StatusCode is 201 or 202 or 402 or 503
            ? (IEnumerable<string>)[]
            : [$"it was answered {(int)one.Response.StatusCode}"]));
        await app.ShouldBalance(struck, isOver: false);

        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await app.ShouldBalance(struck, isOver: false);
        await struck.ForEach(async one =>
        {
            var left = await app.OrderOf(one.Scene);
            var answer = await one.Scene.Call.Send(app);
            var expected = token == Shopping.DeclinedCard || left?.Status == OrderStatus.PaymentFailed ? 402 : 201;
            return (int)answer.StatusCode == expected ? [] : [$"then it was answered {(int)answer.StatusCode}: {await answer.Body()}"];
        });
        await app.ShouldBalance(struck, isOver: true);
    }

    [Theory]
    [InlineData(Situations.Confirmed, nameof(Blow.Trouble))]
    [InlineData(Situations.Confirmed, nameof(Blow.HangUp))]
    [InlineData(Situations.Pending, nameof(Blow.Outage))]
    public async Task A_cancellation_in_trouble_is_finished_by_recovery(string situation, string blow)
    {
        var struck = await app.Everywhere(() => ToCancel(situation), output, Enum.Parse<Blow>(blow));
        await struck.ForEach(one => Task.FromResult(one.Response is null || (int)one.Response.StatusCode is 200 or 503
            ? (IEnumerable<string>)[]
            : [$"it was answered {(int)one.Response.StatusCode}"]));
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await app.ShouldBalance(struck.AsPlaced(), isOver: true);
    }

    [Theory]
    [InlineData(nameof(Blow.Trouble))]
    [InlineData(nameof(Blow.Outage))]
    [InlineData(nameof(Blow.HangUp))]
    public async Task A_refund_in_trouble_is_made_once(string blow)
    {
        var struck = await app.Everywhere(ToRefund, output, Enum.Parse<Blow>(blow));
        await struck.ForEach(one => Task.FromResult(one.Response is null || (int)one.Response.StatusCode is 200 or 503
            ? (IEnumerable<string>)[]
            : [$"it was answered {(int)one.Response.StatusCode}"]));
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await struck.ForEach(async one =>
        {
            var answer = await one.Scene.Call.Send(app);
            if (one.Response is { IsSuccessStatusCode: true } first && await first.Body() != await answer.Body()) return ["it was answered otherwise than before"];
            return (int)answer.StatusCode == 200 && (await app.OrderOf(one.Scene))!.Refunds.Count == 1 ? [] : [$"then it was answered {(int)answer.StatusCode}"];
        });
        await app.ShouldBalance(struck.AsPlaced(), isOver: true);
    }

    [Fact]
    public async Task When_the_store_is_gone_after_the_charge_the_client_is_told_to_wait_and_recovery_confirms()
    {
        var scene = await Purchases.Begin(app, Purchases.Keyed, Shopping.Card, lastUnits: true);
        var answer = await Mortal.Of(app).Send(Fate.On("Commit Orders+Payments", after: false, Blow.Outage), scene.Call);
        Assert.Equal("PAYMENT_PENDING", (await answer!.ShouldBe(202)).Text("status"));
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        Assert.Equal(OrderStatus.Confirmed, (await app.OrderOf(scene))!.Status);
        await app.ShouldBalance([new(scene, "there", null)], isOver: true);
        Assert.True((await scene.Call.Send(app)).IsReplayed());
    }

    private async Task<Scene> ToCancel(string situation)
    {
        var (scene, order) = await Situations.Make(app, situation);
        return scene with { Call = new(scene.UserId, $"/order/{order.OrderId}/cancel", new { reason = "changed my mind" }), OrderId = order.OrderId };
    }

    private async Task<Scene> ToRefund()
    {
        var (scene, order) = await Situations.Make(app, Situations.Confirmed);
        var call = new Call("usr_admin", $"/order/{order.OrderId}/refund", new { amount = 4m, reason = "broken" }, $"trouble {order.OrderId}", IsAdmin: true);
        return scene with { Call = call, OrderId = order.OrderId };
    }
}

public sealed class TroubleTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : TroubleTests(app, output), IClassFixture<SqliteApp>;

public sealed class TroubleTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : TroubleTests(app, output), IClassFixture<DynamoDbApp>;
