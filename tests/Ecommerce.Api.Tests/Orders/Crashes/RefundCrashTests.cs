using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A process that dies at any of the calls that a refund makes.</summary>
public abstract class RefundCrashTests(EcommerceApp app, ITestOutputHelper output)
{
    [Theory]
    [InlineData(Situations.Confirmed, 3)]
    [InlineData(Situations.Confirmed, null)]
    [InlineData(Situations.PartlyRefunded, null)]
    [InlineData(Situations.Shipped, null)]
    public async Task What_was_decided_is_paid_back_once(string situation, int? amount)
    {
        var struck = await app.Everywhere(() => Begin(situation, amount, key: null), output);
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await app.ShouldBalance(struck.AsPlaced(), isOver: true);
    }

    [Theory]
    [InlineData(Situations.Confirmed, 3)]
    [InlineData(Situations.Confirmed, null)]
    [InlineData(Situations.PartlyRefunded, 7)]
    public async Task The_same_request_again_is_the_same_refund_and_is_answered_the_same_from_then_on(string situation, int? amount)
    {
        var before = situation == Situations.PartlyRefunded ? 1 : 0;
        foreach (var recoveryComesFirst in new[] { false, true })
        {
            var struck = await app.Everywhere(() => Begin(situation, amount, "refund key"), output);
            app.Clock.Advance(Struck.PastLease);
            if (recoveryComesFirst) await app.Recover();
            await struck.ForEach(async one =>
            {
                var answer = await one.Scene.Call.Send(app);
                if ((int)answer.StatusCode != 200) return [$"it was answered {(int)answer.StatusCode}: {await answer.Body()}"];
                var again = await one.Scene.Call.Send(app);
                var refunds = (await app.OrderOf(one.Scene))!.Refunds;
                if (refunds.Count != before + 1 || refunds[^1].DoneAt is null) return [$"{refunds.Count} refunds were made"];
                return again.IsReplayed() && await again.Body() == await answer.Body() ? [] : [$"then it was told {await again.Body()}, and before {await answer.Body()}"];
            });
            await app.ShouldBalance(struck.AsPlaced(), isOver: true);
        }
    }

    private async Task<Scene> Begin(string situation, int? amount, string? key)
    {
        var (scene, order) = await Situations.Make(app, situation);
        var call = new Call("usr_admin", $"/order/{order.OrderId}/refund", new { amount, reason = "broken" }, key is null ? null : $"{key} {order.OrderId}", IsAdmin: true);
        return scene with { Call = call, OrderId = order.OrderId };
    }
}

public sealed class RefundCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : RefundCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class RefundCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : RefundCrashTests(app, output), IClassFixture<DynamoDbApp>;
