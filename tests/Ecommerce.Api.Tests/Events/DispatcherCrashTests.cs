using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Events;

/// <summary>A process that dies at any of the calls that telling and sending make, and the next one, which goes on.</summary>
public abstract class DispatcherCrashTests(EcommerceApp engine, ITestOutputHelper output)
{
    private const string AdminAddress = "owner@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_and_nothing_counted_twice_wherever_it_dies(bool after) =>
        await StrikeEverywhere(number => Fate.At(number, after));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_and_nothing_counted_twice_where_the_store_fails_once(bool after) =>
        await StrikeEverywhere(number => Fate.At(number, after, Blow.Trouble));

    private async Task StrikeEverywhere(Func<int, Fate> fateOf)
    {
        await using var app = engine.Fresh(("Shop:AdminEmail", AdminAddress), ("Shop:LowStockThreshold", "9"));
        var counting = Fate.Kind();
        await Check(app, await Buy(app, counting), times: 1);
        output.WriteLine($"{counting.Calls.Count} calls: {string.Join(", ", counting.Calls)}");
        for (var number = 1; number <= counting.Calls.Count; number++) await Check(app, await Buy(app, fateOf(number)), times: 2);
    }

    /// <summary>One purchase, of which others are told under a fate, and then by whoever comes next.</summary>
    private static async Task<Purchase> Buy(EcommerceApp app, Fate fate)
    {
        var email = People.NewEmail();
        var userId = (await app.Anonymous.Register(email).ShouldBe(201)).Text("userId");
        var customer = app.ClientFor(userId);
        var productId = await app.Sell(stock: 10);
        await customer.AddToCart(productId, 2);
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        var earlier = app.Mail.To(AdminAddress).Count;
        await Mortal.Of(app).Do(fate, async services =>
        {
            try
            {
                await services.GetRequiredService<EventDispatcher>().Pass(Cancellation);
                await services.GetRequiredService<EventDispatcher>().Pass(Cancellation);
                foreach (var lane in services.GetServices<DeliveryLane>()) await lane.Pass(Cancellation);
            }
            catch (StoreUnavailableException)
            {
                // The pass is over; the next one goes on.
            }
        });
        for (var pass = 0; pass < 3; pass++)
        {
            app.Clock.Advance(DeliverySender.Lease + TimeSpan.FromSeconds(1));
            Assert.Equal(0, (await app.Dispatch()).Failed);
            await app.Deliver();
        }

        return new(productId, orderId, app.Mail.To(email), [.. app.Mail.To(AdminAddress).Skip(earlier)]);
    }

    private static async Task Check(EcommerceApp app, Purchase made, int times)
    {
        var moves = (await app.Admin.Get($"/product/{made.ProductId}/stock/history").ShouldBe(200)).GetProperty("items").EnumerateArray();
        Assert.Equal([-2, 10], moves.Select(move => move.GetProperty("delta").GetInt32()).Order());
        var report = await app.Admin.Get("/order/report?from=2036-01-31&to=2036-02-02").ShouldBe(200);
        var orders = (await app.Admin.Get("/order/all?limit=100&status=CONFIRMED").ShouldBe(200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(orders.Count, report.GetProperty("totals").GetProperty("orders").GetInt32());
        Assert.Equal(2 * orders.Count, report.GetProperty("totals").GetProperty("units").GetInt32());
        Assert.Single(orders, order => order.Text("orderId") == made.OrderId);

        // The welcome and the receipt; the new order, and the stock that runs low by it. A mail that was sent may be sent again, as the same.
        foreach (var mails in (IReadOnlyList<OutgoingMail>[])[made.ToCustomer, made.ToAdmin])
        {
            var letters = mails.GroupBy(mail => mail.Id).ToList();
            Assert.Equal(2, letters.Count);
            Assert.All(letters, letter => Assert.InRange(letter.Count(), 1, times));
        }

        foreach (var state in (string[])["pending", "parked"])
            Assert.Empty((await app.Admin.Get($"/order/events?state={state}").ShouldBe(200)).GetProperty("items").EnumerateArray());
    }

    private sealed record Purchase(string ProductId, string OrderId, IReadOnlyList<OutgoingMail> ToCustomer, IReadOnlyList<OutgoingMail> ToAdmin);
}

public sealed class DispatcherCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : DispatcherCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class DispatcherCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : DispatcherCrashTests(app, output), IClassFixture<DynamoDbApp>;
