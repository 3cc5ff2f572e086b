using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>A process that dies at any of the calls that recovery makes, and the next recovery.</summary>
public abstract class RecoveryCrashTests(EcommerceApp app, ITestOutputHelper output)
{
    private static readonly TimeSpan PastDay = TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(Situations.Uncharged, false, "PaymentFailed")]
    [InlineData(Situations.Uncharged, true, "Expired")]
    [InlineData(Situations.Charged, false, "Confirmed")]
    [InlineData(Situations.Charged, true, "Confirmed")]
    [InlineData(Situations.Declined, false, "PaymentFailed")]
    [InlineData(Situations.Pending, false, "PaymentFailed")]
    [InlineData(Situations.Pending, true, "PaymentFailed")]
    [InlineData(Situations.PaidLate, true, "Confirmed")]
    [InlineData(Situations.PaidLateSoldOut, true, "Cancelled")]
    [InlineData(Situations.Placed, true, "Expired")]
    public async Task The_next_recovery_ends_what_the_one_before_left(string situation, bool holdIsOver, string end)
    {
        var calls = (await Play(situation, holdIsOver, [Fate.Kind()])).Single();
        output.WriteLine($"{calls.Calls.Count} calls, {2 * calls.Calls.Count} crash points: {string.Join(", ", calls.Calls)}");
        var fates = Enumerable.Range(1, calls.Calls.Count).SelectMany(number => (IEnumerable<Fate>)[Fate.At(number, after: false), Fate.At(number, after: true)]).ToList();
        var struck = await PlayAndRecover(situation, holdIsOver, fates);
        await struck.ForEach(async one => (await app.OrderOf(one.Scene))?.Status.ToString() is var status && status == end ? [] : [$"it is {status} and should be {end}"]);
    }

    [Fact]
    public async Task A_pass_that_dies_at_any_call_is_finished_by_the_next()
    {
        var counting = await PassWith(Fate.Kind());
        output.WriteLine($"{counting.Calls.Count} calls, {2 * counting.Calls.Count} crash points: {string.Join(", ", counting.Calls)}");
        for (var number = 1; number <= counting.Calls.Count; number++)
            foreach (var after in new[] { false, true })
                await PassWith(Fate.At(number, after));
    }

    private async Task<Fate> PassWith(Fate fate)
    {
        var (charged, placed) = (await Situations.Make(app, Situations.Charged), await Situations.Make(app, Situations.Uncharged));
        app.Clock.Advance(Struck.PastLease);
        await Mortal.Of(app).Do(fate, services => services.GetRequiredService<Recovery>().Pass(TestContext.Current.CancellationToken));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        Struck[] struck = [new(charged.Scene, "charged", null), new(placed.Scene, "not charged", null)];
        await app.ShouldBalance(struck, isOver: true);
        Assert.Equal((OrderStatus.Confirmed, OrderStatus.PaymentFailed), ((await app.OrderOf(charged.Scene))!.Status, (await app.OrderOf(placed.Scene))!.Status));
        return fate;
    }

    private async Task<IReadOnlyList<Struck>> PlayAndRecover(string situation, bool holdIsOver, IReadOnlyList<Fate> fates)
    {
        var scenes = new List<Scene>();
        await Play(situation, holdIsOver, fates, scenes);
        app.Clock.Advance(Struck.PastLease);
        await app.Recover();
        IReadOnlyList<Struck> struck =
            [.. scenes.Select((scene, i) => new Struck(situation == Situations.PaidLateSoldOut ? scene with { BroughtIn = 0 } : scene, $"crash {i}", null))];
        if (situation is Situations.PaidLate or Situations.PaidLateSoldOut) struck = struck.AsPlaced();
        await app.ShouldBalance(struck, isOver: false);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Recover();
        await app.ShouldBalance(struck, isOver: true);
        return struck;
    }

    /// <summary>Brings one order for each fate into the situation, and recovers each under its fate.</summary>
    private async Task<IReadOnlyList<Fate>> Play(string situation, bool holdIsOver, IReadOnlyList<Fate> fates, List<Scene>? scenes = null)
    {
        scenes ??= [];
        foreach (var _ in fates) scenes.Add((await Situations.Make(app, situation)).Scene);

        if (situation is Situations.PaidLate or Situations.PaidLateSoldOut) await Situations.GiveUp(app, scenes, situation == Situations.PaidLateSoldOut);
        else app.Clock.Advance(situation == Situations.Placed ? PastDay : holdIsOver ? Struck.PastHold : Struck.PastLease);
        foreach (var (scene, fate) in scenes.Zip(fates))
        {
            var order = (await app.OrderOf(scene))!;
            await Mortal.Of(app).Do(fate, services => services.GetRequiredService<Recovery>().Recover(order.OrderId));
        }

        return fates;
    }
}

public sealed class RecoveryCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : RecoveryCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class RecoveryCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : RecoveryCrashTests(app, output), IClassFixture<DynamoDbApp>;
