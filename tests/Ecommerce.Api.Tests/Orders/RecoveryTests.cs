using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Orders that nobody is there to finish.</summary>
public abstract class RecoveryTests(EcommerceApp app)
{
    private static readonly ChargeResult Unknown = new ChargeResult.Unknown();
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task An_order_that_nobody_pays_for_expires_after_a_day()
    {
        await using var fresh = app.Fresh(("Auth:AccessTokenMinutes", "1440"));
        var customer = fresh.Customer().Client;
        var orderId = await customer.Place((await fresh.Product(), 1, null));
        fresh.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal(default, await fresh.Recover());
        fresh.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(new RecoveryCounts { Due = 1, Settled = 1 }, await fresh.Recover());
        var order = await fresh.Admin.Order(orderId);
        Assert.Equal(("EXPIRED", "unpaid"), (order.Text("status"), order.GetProperty("history")[1].Text("reason")));
        Assert.Equal(default, await fresh.Recover());
    }

    [Theory]
    [InlineData("pm_sim_timeout_charged")]
    [InlineData("pm_sim_unavailable_2")]
    [InlineData("pm_sim_slow_3s")]
    public async Task A_charge_that_comes_about_in_the_end_is_a_bought_order_at_once(string token)
    {
        var customer = app.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);
        var bought = await customer.CheckOut(token, "k").ShouldBe(201);
        Assert.Equal("CONFIRMED", bought.Text("status"));
        Assert.Equal((3, 0, 0), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
    }

    [Fact]
    public async Task A_charge_that_never_reached_the_provider_is_called_off_and_its_stock_given_back()
    {
        var customer = app.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        await app.Recover();
        Assert.Equal("PAYMENT_PENDING", (await customer.Order(orderId)).Text("status"));

        app.Clock.Advance(FirstWait);
        await app.Recover();
        var failed = await customer.Order(orderId);
        Assert.Equal(("PAYMENT_FAILED", "DECLINED", "not_charged"), (failed.Text("status"), failed.GetProperty("payment").Text("status"), failed.GetProperty("payment").Text("declineCode")));
        Assert.Equal((5, 0, 1), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
        Assert.NotEqual(orderId, (await customer.CheckOut().ShouldBe(201)).Text("orderId"));
    }

    [Fact]
    public async Task What_recovery_decides_is_what_a_repeated_request_is_told()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        await customer.CheckOut("pm_sim_timeout_uncharged", "k").ShouldBe(202);
        app.Clock.Advance(FirstWait);
        await app.Recover();
        var told = await customer.CheckOut("pm_sim_timeout_uncharged", "k");
        Assert.Equal("not_charged", (await told.ShouldBeProblem(402, "payment_declined")).Text("declineCode"));
        Assert.Equal(await told.Body(), await (await customer.CheckOut("pm_sim_timeout_uncharged", "k")).Body());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_provider_that_is_out_of_reach_until_the_hold_ends_is_asked_until_it_answers(bool isStockLeft)
    {
        var found = Unknown;
        var gateway = new StubGateway { Answer = _ => Task.FromResult(Unknown), Found = () => found, CalledOff = () => found };
        await using var fresh = app.Fresh(("Auth:AccessTokenMinutes", "1440"));
        await using var shop = fresh.With(gateway);
        var (customer, admin) = (shop.Customer().Client, shop.ClientFor("usr_admin", admin: true));
        var product = await fresh.Product(stock: 2);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut().ShouldBe(202)).Text("orderId");

        // Twice as long each time, and no longer than the 15 minutes of the hold.
        foreach (var wait in new[] { 5, 10, 20, 40, 80, 160, 320 })
        {
            await NothingIsDueFor(wait);
            Assert.Equal(new RecoveryCounts { Due = 1, Waiting = 1 }, await shop.Recover());
        }

        Assert.Equal(("PAYMENT_PENDING", 0), ((await admin.Order(orderId)).Text("status"), await fresh.Available(product)));
        await NothingIsDueFor(15 * 60 - 635);
        Assert.Equal(new RecoveryCounts { Due = 1, Waiting = 1 }, await shop.Recover());
        var given = await admin.Order(orderId);
        Assert.Equal(("PAYMENT_FAILED", "PENDING"), (given.Text("status"), given.GetProperty("payment").Text("status")));
        Assert.Equal(2, await fresh.Available(product));

        if (!isStockLeft)
        {
            var other = fresh.Customer().Client;
            await other.AddToCart(product, 1);
            await other.CheckOut().ShouldBe(201);
        }

        found = StubGateway.Paid();
        fresh.Clock.Advance(TimeSpan.FromHours(1));
        await shop.Recover();
        var late = await admin.Order(orderId);
        Assert.Equal(isStockLeft ? ("CONFIRMED", "SUCCESS") : ("CANCELLED", "REFUNDED"), (late.Text("status"), late.GetProperty("payment").Text("status")));
        Assert.Equal(isStockLeft ? 0 : 1, await fresh.Available(product));
        var events = (await admin.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Select(e => e.Text("eventType")).ToList();
        Assert.Equal(
            isStockLeft
                ? ["OrderCreated", "PaymentDeclined", "PaymentSuccess", "OrderConfirmed"]
                : ["OrderCreated", "PaymentDeclined", "PaymentSuccess", "OrderUnfulfillable", "OrderCancelled", "RefundIssued"],
            events);
        if (!isStockLeft) Assert.Equal(2598, Assert.Single(gateway.Refunds).Amount.Minor);
        fresh.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, (await shop.Recover()).Due);

        async Task NothingIsDueFor(int seconds)
        {
            fresh.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(0, (await shop.Recover()).Due);
            fresh.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task The_maintenance_route_runs_a_pass_and_answers_its_counts()
    {
        await using var fresh = app.Fresh(("Hosting:InternalEndpoints", "true"));
        var customer = fresh.Customer().Client;
        await customer.AddToCart(await fresh.Product());
        var orderId = (await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        fresh.Clock.Advance(FirstWait);
        var pass = await fresh.Anonymous.Post("/internal/maintenance").ShouldBe(200);
        pass.GetProperty("orders").ShouldRead("""{"due":1,"settled":1,"waiting":0,"skipped":0,"failed":0}""");
        pass.GetProperty("events").ShouldRead("""{"dispatched":3,"failed":0}""");
        pass.GetProperty("deliveries").ShouldRead("""{"sent":0,"waiting":0,"failed":0}""");
        Assert.Equal((true, 1), (pass.GetProperty("audit").GetProperty("complete").GetBoolean(), pass.GetProperty("audit").GetProperty("skusChecked").GetInt32()));
        Assert.Equal("PAYMENT_FAILED", (await customer.Order(orderId)).Text("status"));
        (await fresh.Anonymous.Post("/internal/maintenance").ShouldBe(200)).ShouldRead(
            """{"orders":{"due":0,"settled":0,"waiting":0,"skipped":0,"failed":0},"events":{"dispatched":0,"failed":0},"deliveries":{"sent":0,"waiting":0,"failed":0},"audit":null,"backlog":{"parked":0,"lagSeconds":0}}""");
    }

    [Fact]
    public async Task Where_it_is_not_asked_for_there_is_no_maintenance_route()
    {
        await app.Anonymous.Post("/internal/maintenance").ShouldBeProblem(404, "not_found");
        await app.Admin.Post("/internal/maintenance").ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_process_recovers_at_every_interval_by_itself()
    {
        await using var fresh = app.Fresh(("Checkout:RecoveryIntervalSeconds", "1"));
        var customer = fresh.Customer().Client;
        await customer.AddToCart(await fresh.Product());
        var orderId = (await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        fresh.Clock.Advance(FirstWait);
        for (var i = 0; i < 300 && (await customer.Order(orderId)).Text("status") == "PAYMENT_PENDING"; i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal("PAYMENT_FAILED", (await customer.Order(orderId)).Text("status"));
    }
}

public sealed class RecoveryTests_on_Sqlite(SqliteApp app) : RecoveryTests(app), IClassFixture<SqliteApp>;

public sealed class RecoveryTests_on_DynamoDb(DynamoDbApp app) : RecoveryTests(app), IClassFixture<DynamoDbApp>;
