using Ecommerce.Api.Orders;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A process that dies at any of the calls that cancelling makes.</summary>
public abstract class CancelCrashTests(EcommerceApp app, ITestOutputHelper output)
{
    [Theory]
    [InlineData(Situations.Placed)]
    [InlineData(Situations.Uncharged)]
    [InlineData(Situations.Charged)]
    [InlineData(Situations.Pending)]
    [InlineData(Situations.Confirmed)]
    [InlineData(Situations.PartlyRefunded)]
    public async Task What_was_called_off_is_given_back_and_paid_back_once(string situation)
    {
        var struck = await app.Everywhere(() => Begin(situation), output);
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        await struck.ForEach(async one => (await app.OrderOf(one.Scene)) is { Status: OrderStatus.Cancelled, DueAt: not null } ? ["something is left to do"] : []);
        await app.ShouldBalance(struck.AsPlaced(), isOver: false);
        await struck.ForEach(async one =>
        {
            var allowed = (await app.OrderOf(one.Scene))!.Status.Allows(OrderAction.Cancel);
            var again = await one.Scene.Call.Send(app);
            return (int)again.StatusCode == (allowed ? 200 : 409) ? [] : [$"cancelling it again was answered {(int)again.StatusCode}: {await again.Body()}"];
        });
        await app.ShouldBalance(struck.AsPlaced(), isOver: true);
        await struck.ForEach(async one => (await app.OrderOf(one.Scene))!.Status is OrderStatus.Cancelled or OrderStatus.PaymentFailed ? [] : ["it is not over"]);
    }

    private async Task<Scene> Begin(string situation)
    {
        var (scene, order) = await Situations.Make(app, situation);
        return scene with { Call = new(scene.UserId, $"/order/{order.OrderId}/cancel", new { reason = "changed my mind" }), OrderId = order.OrderId };
    }
}

public sealed class CancelCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : CancelCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class CancelCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : CancelCrashTests(app, output), IClassFixture<DynamoDbApp>;
