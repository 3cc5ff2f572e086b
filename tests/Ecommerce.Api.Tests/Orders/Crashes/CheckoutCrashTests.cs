using Ecommerce.Api.Orders;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A process that dies at any of the calls that a checkout makes, and whoever comes next.</summary>
public abstract class CheckoutCrashTests(EcommerceApp app, ITestOutputHelper output)
{
    public static TheoryData<string, string, bool> Everything => Purchases.All;

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task One_recovery_pass_after_the_lease_ends_what_can_be_known_and_the_next_gives_up_the_rest(string what, string token, bool lastUnits)
    {
        var struck = await app.Everywhere(() => Purchases.Begin(app, what, token, lastUnits), output);
        await RecoveryShouldEnd(struck, Struck.PastLease);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task One_recovery_pass_after_the_hold_ends_it(string what, string token, bool lastUnits)
    {
        var struck = await app.Everywhere(() => Purchases.Begin(app, what, token, lastUnits), output);
        await RecoveryShouldEnd(struck, Struck.PastHold);
        await app.ShouldBalance(struck, isOver: true);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task The_client_who_sends_the_same_again_goes_on_with_the_same_order(string what, string token, bool lastUnits)
    {
        var struck = await app.Everywhere(() => Purchases.Begin(app, what, token, lastUnits), output);
        await struck.ForEach(async one =>
        {
            if (await app.OrderOf(one.Scene) is not { HoldsStock: true, IsLeased: true }) return [];
            var tooSoon = await one.Scene.Call.Send(app);
            return Unless((int)tooSoon.StatusCode == 409, $"{(int)tooSoon.StatusCode} while the first is still at work: {await tooSoon.Body()}");
        });

        // Without a key, a cart that was declined may be tried with another card, or the same.
        var isNewTryEachTime = what == Purchases.Keyless && token == Shopping.DeclinedCard;
        app.Clock.Advance(Struck.PastLease);
        await struck.ForEach(async one =>
        {
            var left = await app.OrderOf(one.Scene);
            if (isNewTryEachTime && left?.Status == OrderStatus.PaymentFailed) return [];
            var answer = await one.Scene.Call.Send(app);
            var (status, order) = ((int)answer.StatusCode, await app.OrderOf(one.Scene));
            var expected = token switch { Shopping.DeclinedCard => 402, Purchases.LostRequest => 202, _ => 201 };
            if (status != expected) return [$"{status} instead of {expected}: {await answer.Body()}"];
            if (left is not null && left.OrderId != order!.OrderId) return ["another order was made"];
            if (isNewTryEachTime) return [];
            if (status == 202) return Unless(order!.Status == OrderStatus.PaymentPending, $"it is {order.Status}");
            var again = await one.Scene.Call.Send(app);
            return Unless(again.IsReplayed() && await again.Body() == await answer.Body(), $"then it was told {await again.Body()}, and before {await answer.Body()}");
        });
        await app.ShouldBalance(struck, isOver: false);

        app.Clock.Advance(Struck.PastHold);
        await app.Recover();
        await app.ShouldBalance(struck, isOver: true);
    }

    [Fact]
    public async Task A_charge_that_the_provider_knows_is_not_asked_for_a_second_time()
    {
        var (scene, order) = await Situations.Make(app, Situations.Charged);
        app.Clock.Advance(Struck.PastLease);
        await scene.Call.Send(Mortal.Of(app).App).ShouldBe(201);
        Assert.Single(Mortal.Of(app).Gateway.Charges, charge => charge.OrderId == order.OrderId);
    }

    private async Task RecoveryShouldEnd(IReadOnlyList<Struck> struck, TimeSpan wait)
    {
        var expected = new Dictionary<string, OrderStatus?>();
        foreach (var one in struck) expected[one.Where] = await Expected(one.Scene, wait >= Struck.PastHold);
        app.Clock.Advance(wait);
        await app.Recover();
        await struck.ForEach(async one =>
        {
            var status = (await app.OrderOf(one.Scene))?.Status;
            return Unless(status == expected[one.Where], $"it is {status} and should be {expected[one.Where]}");
        });
        await app.ShouldBalance(struck, isOver: false);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        await app.ShouldBalance(struck, isOver: true);
    }

    /// <summary>
    /// What one look must make of an order, from what the shop and the provider know of it. Who has reserved and was never charged may be
    /// about to ask again, as long as the hold lasts; so the first look lets it wait, and only the second gives it up.
    /// </summary>
    private async Task<OrderStatus?> Expected(Scene scene, bool holdIsOver)
    {
        if (await app.OrderOf(scene) is not { } order) return null;
        if (!order.HoldsStock) return order.Status;
        return await Books.ChargeOf(app, order.OrderId) switch
        {
            { } charge when charge.TextOrNull("declineCode") is not null => OrderStatus.PaymentFailed,
            not null => OrderStatus.Confirmed,
            null when order.Status == OrderStatus.PaymentPending => OrderStatus.PaymentFailed,
            null => holdIsOver ? OrderStatus.Expired : OrderStatus.PaymentPending,
        };
    }

    private static IEnumerable<string> Unless(bool isRight, string complaint) => isRight ? [] : [complaint];
}

public sealed class CheckoutCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : CheckoutCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class CheckoutCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : CheckoutCrashTests(app, output), IClassFixture<DynamoDbApp>;
