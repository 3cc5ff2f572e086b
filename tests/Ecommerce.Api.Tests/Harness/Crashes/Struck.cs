using System.Collections.Concurrent;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>A request about to be sent, by somebody and about goods that no other scene knows.</summary>
/// <param name="Call">The request.</param>
/// <param name="UserId">Who buys.</param>
/// <param name="ProductId">What is bought.</param>
/// <param name="BroughtIn">How many units of it there are at the beginning.</param>
/// <param name="OrderId">The order, where it is there from the beginning.</param>
internal sealed record Scene(Call Call, string UserId, string ProductId, long BroughtIn, string? OrderId = null);

/// <summary>A scene whose request met its fate.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Where">At which call, for people.</param>
/// <param name="Response">What the client heard, if it heard anything.</param>
internal sealed record Struck(Scene Scene, string Where, HttpResponseMessage? Response)
{
    public static readonly TimeSpan PastLease = TimeSpan.FromSeconds(31);
    public static readonly TimeSpan PastHold = TimeSpan.FromMinutes(16);
}

internal static class StruckApp
{
    private static readonly ParallelOptions SomeAtOnce = new() { MaxDegreeOfParallelism = 8 };
    private static readonly ParallelOptions OneByOne = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>
    /// Plays a scene once to count the calls that its request makes to the outside, and then again for each of them, struck before it and
    /// after it. The scene that nothing befell is the last one. Scenes whose beginning moves the clock are played one by one.
    /// </summary>
    public static async Task<IReadOnlyList<Struck>> Everywhere(
        this EcommerceApp app, Func<Task<Scene>> begin, ITestOutputHelper output, Blow blow = Blow.Death, bool oneByOne = false)
    {
        var counting = Fate.Kind();
        var whole = await begin();
        var answer = await Mortal.Of(app).Send(counting, whole.Call);
        var calls = counting.Calls.ToList();
        output.WriteLine($"{calls.Count} calls, {2 * calls.Count} crash points: {string.Join(", ", calls)}");

        var struck = new ConcurrentBag<Struck>();
        var points = Enumerable.Range(1, calls.Count).SelectMany(number => (IEnumerable<(int Number, bool After)>)[(number, false), (number, true)]);
        await Parallel.ForEachAsync(points, oneByOne ? OneByOne : SomeAtOnce, async (point, _) =>
        {
            var (fate, scene) = (Fate.At(point.Number, point.After, blow), await begin());
            var response = await Mortal.Of(app).Send(fate, scene.Call);
            var where = $"{(point.After ? "after" : "before")} call {point.Number}, {calls[point.Number - 1]}";
            Assert.True(fate.IsStruck, $"Never came to {where}: {string.Join(", ", fate.Calls)}");
            struck.Add(new(scene, where, response));
        });
        return [.. struck.OrderBy(one => one.Where, StringComparer.Ordinal), new(whole, "nowhere", answer)];
    }

    /// <summary>Does this for every scene, and names all that is wrong with any.</summary>
    public static async Task ForEach(this IReadOnlyList<Struck> struck, Func<Struck, Task<IEnumerable<string>>> check)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(struck, SomeAtOnce, async (one, _) =>
        {
            foreach (var complaint in await check(one)) wrong.Add($"{one.Where}: {complaint}");
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    /// <summary>Everything that must hold of every scene, at whatever moment.</summary>
    /// <param name="app">The app that lives.</param>
    /// <param name="struck">The scenes.</param>
    /// <param name="isOver">Whether nothing may be left to do about any paid or unpaid order.</param>
    public static async Task ShouldBalance(this EcommerceApp app, IReadOnlyList<Struck> struck, bool isOver)
    {
        var books = await Books.Open(app);
        await struck.ForEach(async one =>
        {
            var wrong = (await books.Audit(one.Scene.ProductId, one.Scene.BroughtIn, one.Scene.UserId)).ToList();
            var orders = await Books.OrdersOf(app, one.Scene.UserId);
            if (orders.Count > 1) wrong.Add($"{orders.Count} orders were made of one request");
            if (one.Scene.OrderId is null) wrong.AddRange(await books.AuditCart(one.Scene.UserId));
            if (isOver) wrong.AddRange(orders.Where(order => order.Work() is not (OpenWork.None or OpenWork.Expiry)).Select(order => $"{order.Status} has {order.Work()} left to do"));
            wrong.AddRange(Mortal.Of(app).Gateway.Charges.Where(charge => orders.Any(order => order.OrderId == charge.OrderId))
                .Distinct().GroupBy(charge => charge.OrderId).Where(charges => charges.Count() > 1).Select(charges => $"{charges.Count()} charges were asked for"));
            return wrong;
        });
    }

    /// <summary>The same scenes without a look at their carts, of which more has become than one checkout.</summary>
    public static IReadOnlyList<Struck> AsPlaced(this IEnumerable<Struck> struck) =>
        [.. struck.Select(one => one with { Scene = one.Scene with { OrderId = one.Scene.OrderId ?? "" } })];

    /// <summary>The one order of a scene; null where it came to none.</summary>
    public static async Task<Order?> OrderOf(this EcommerceApp app, Scene scene) => (await Books.OrdersOf(app, scene.UserId)).SingleOrDefault();

    /// <summary>One recovery pass by an instance that made none of the calls.</summary>
    public static async Task<RecoveryCounts> Recover(this EcommerceApp app)
    {
        var counts = await app.Services.GetRequiredService<Recovery>().Pass(TestContext.Current.CancellationToken);
        Assert.Equal(0, counts.Failed);
        return counts;
    }
}
