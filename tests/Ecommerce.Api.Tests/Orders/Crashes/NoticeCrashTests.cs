using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A process that dies at any of the calls that hearing the provider's notice makes. The provider calls until it is heard.</summary>
public abstract class NoticeCrashTests(EcommerceApp app, ITestOutputHelper output)
{
    [Theory]
    [InlineData(Situations.Charged, "charged", "Confirmed")]
    [InlineData(Situations.Declined, "declined", "PaymentFailed")]
    [InlineData(Situations.Confirmed, "charged", "Confirmed")]
    [InlineData(Situations.Confirmed, "refunded", "Confirmed")]
    [InlineData(Situations.PaidLate, "charged", "Confirmed")]
    [InlineData(Situations.PaidLateSoldOut, "charged", "Cancelled")]
    public async Task What_the_provider_tells_is_done_once_however_often_it_must_be_told(string situation, string what, string end)
    {
        var struck = await app.Everywhere(() => Begin(situation, what), output, oneByOne: situation is Situations.PaidLate or Situations.PaidLateSoldOut);
        await TellAgain(struck);
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await TellAgain(struck);
        await app.ShouldBalance(struck.AsPlaced(), isOver: true);
        await struck.ForEach(async one => (await app.OrderOf(one.Scene))!.Status.ToString() is var status && status == end ? [] : [$"it is {status}"]);
    }

    [Theory]
    [InlineData(Situations.Charged, "charged")]
    [InlineData(Situations.PaidLateSoldOut, "charged")]
    public async Task What_the_provider_tells_only_once_is_done_all_the_same(string situation, string what)
    {
        var struck = await app.Everywhere(() => Begin(situation, what), output, oneByOne: situation is Situations.PaidLate or Situations.PaidLateSoldOut);
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await app.ShouldBalance(struck.AsPlaced(), isOver: true);
        await struck.ForEach(async one => (await app.OrderOf(one.Scene))!.Status is OrderStatus.Confirmed or OrderStatus.Cancelled ? [] : ["it is not over"]);
    }

    [Fact]
    public async Task What_the_provider_tells_before_the_order_is_known_is_remembered()
    {
        var struck = await app.Everywhere(Early, output);
        await TellAgain(struck);
        await struck.ForEach(async one =>
        {
            // All that the shop can know of the charge by then is what it was told.
            CrashingGateway.GoOutOfReach();
            var answer = await new Call(one.Scene.UserId, "/order/checkout", Shopping.Paying(Shopping.Card), Purchases.Key).Send(Mortal.Of(app).App);
            return (int)answer.StatusCode == 201 ? [] : [$"the checkout was answered {(int)answer.StatusCode}: {await answer.Body()}"];
        });
        await TellAgain(struck);
        await app.ShouldBalance(struck, isOver: true);
    }

    private Task TellAgain(IReadOnlyList<Struck> struck) => struck.ForEach(async one =>
    {
        var answer = await one.Scene.Call.Send(Mortal.Of(app).App);
        return (int)answer.StatusCode == 200 ? [] : [$"it was answered {(int)answer.StatusCode}: {await answer.Body()}"];
    });

    private async Task<Scene> Early()
    {
        var scene = await Purchases.Begin(app, Purchases.Keyed, Shopping.Card, lastUnits: true);
        var orderId = Ids.Derive("ord", scene.UserId, "key", Purchases.Key);
        var charge = new Charge($"{orderId}:charge", orderId, new(2_598), "USD");
        await Mortal.Of(app).Provider.Charge(charge, Shopping.Card, TestContext.Current.CancellationToken);
        return scene with { Call = new(null, "/order/webhook/stripe", $"charged evt_{orderId} {orderId} {charge.Amount.Minor} USD") };
    }

    private async Task<Scene> Begin(string situation, string what)
    {
        var (scene, order) = await Situations.Make(app, situation);
        if (situation is Situations.PaidLate or Situations.PaidLateSoldOut)
        {
            await Situations.GiveUp(app, [scene], situation == Situations.PaidLateSoldOut);
            if (situation == Situations.PaidLateSoldOut) scene = scene with { BroughtIn = 0 };
        }

        var (desk, reference) = (new Money(500), $"sim_{order.OrderId}:charge");
        if (what == "refunded") await Mortal.Of(app).Provider.Refund(new($"desk {order.OrderId}", order.OrderId, reference, desk, order.Currency), TestContext.Current.CancellationToken);
        var notice = what switch
        {
            "charged" => $"charged evt_{order.OrderId} {order.OrderId} {order.Total.Minor} {order.Currency}",
            "declined" => $"declined evt_{order.OrderId} {order.OrderId} card_declined",
            _ => $"refunded evt_{order.OrderId} {order.OrderId} {desk.Minor}",
        };
        return scene with { Call = new(null, "/order/webhook/stripe", notice), OrderId = order.OrderId };
    }
}

public sealed class NoticeCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : NoticeCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class NoticeCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : NoticeCrashTests(app, output), IClassFixture<DynamoDbApp>;
