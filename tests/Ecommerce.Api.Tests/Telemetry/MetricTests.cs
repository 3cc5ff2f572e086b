using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Telemetry;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Telemetry;

public abstract class MetricTests(EcommerceApp app)
{
    [Fact]
    public async Task Every_state_that_an_order_enters_is_counted_once()
    {
        var productId = await app.Product(stock: 100);
        var (buyer, decliner, placer) = (app.Customer().Client, app.Customer().Client, app.Customer().Client);
        await buyer.AddToCart(productId);
        await decliner.AddToCart(productId);
        using var heard = new Listening();

        var orderId = (await buyer.CheckOut(key: "once").ShouldBe(201)).Text("orderId");
        await buyer.CheckOut(key: "once").ShouldBe(201);
        await decliner.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        await buyer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        var placed = await placer.Place((productId, 1, null));
        var sent = (await placer.Buy($"/order/{placed}/checkout").ShouldBe(201)).Text("orderId");
        await app.Admin.Post($"/order/{sent}/ship", new { }).ShouldBe(200);
        await app.Admin.Post($"/order/{sent}/deliver").ShouldBe(200);
        await app.Admin.Post($"/order/{sent}/refund", new { amount = 1, reason = "a dent" }).ShouldBe(200);

        Assert.Equal(
            ["CANCELLED 1", "CONFIRMED 2", "CREATED 1", "DELIVERED 1", "PAYMENT_FAILED 1", "RESERVED 3", "SHIPPED 1"],
            heard.Of("ecommerce.orders").GroupBy(one => one.Tags["outcome=".Length..]).Select(one => $"{one.Key} {one.Sum(count => count.Value)}").Order());
    }

    [Fact]
    public async Task An_order_that_waits_is_not_counted_again()
    {
        await using var fresh = app.Fresh();
        await using var shop = fresh.With(new StubGateway { Answer = _ => Task.FromResult<ChargeResult>(new ChargeResult.Unknown()) });
        var customer = shop.ClientFor("usr_00000000000000000000000waits");
        await customer.AddToCart(await fresh.Product());
        using var heard = new Listening();
        await customer.CheckOut().ShouldBe(202);
        for (var pass = 0; pass < 3; pass++)
        {
            fresh.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(1, (await shop.Recover()).Waiting);
        }

        Assert.Equal(["outcome=RESERVED", "outcome=PAYMENT_PENDING"], heard.Of("ecommerce.orders").Select(one => one.Tags));
    }

    [Fact]
    public async Task The_providers_answers_are_timed()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        using var heard = new Listening();
        var orderId = (await customer.CheckOut("pm_sim_timeout_charged").ShouldBe(201)).Text("orderId");
        await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal(
            ["operation=charge outcome=UNKNOWN", "operation=look_up outcome=SUCCEEDED", "operation=refund outcome=SUCCEEDED"],
            heard.Of("ecommerce.payment.duration").Select(one => one.Tags));
        Assert.All(heard.Of("ecommerce.payment.duration"), one => Assert.InRange(one.Value, 0.000_000_1, 30));
    }

    [Fact]
    public async Task A_provider_that_throws_is_timed_too()
    {
        var gateway = new StubGateway { Answer = _ => throw new TimeoutException("It is gone.") };
        var metered = new MeteredGateway(gateway, TimeProvider.System);
        using var heard = new Listening();
        await Assert.ThrowsAsync<TimeoutException>(() => metered.Charge(new("pay_1", "ord_1", new(100), "USD"), "tok", TestContext.Current.CancellationToken));
        Assert.Equal(["operation=charge outcome=ERROR"], heard.Of("ecommerce.payment.duration").Select(one => one.Tags));
    }

    [Fact]
    public async Task The_time_from_an_event_to_its_dispatch_is_measured_once_everybody_was_told()
    {
        await using var fresh = app.Fresh();
        var bad = new StubSubscriber("bad");
        await using var shop = fresh.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<ISubscriber>(bad)));
        using var heard = new Listening();
        await fresh.Sell(stock: 1);
        fresh.Clock.Advance(TimeSpan.FromSeconds(30));
        await shop.Dispatch();
        Assert.Equal([30], heard.Of("ecommerce.dispatch.lag").Select(one => one.Value));

        await fresh.Sell(stock: 1);
        bad.Fails = true;
        await shop.Dispatch();
        bad.Fails = false;
        fresh.Clock.Advance(TimeSpan.FromSeconds(70));
        await shop.Dispatch();
        Assert.Equal([30, 70], heard.Of("ecommerce.dispatch.lag").Select(one => one.Value));
        Assert.Equal(["events.dispatch DISPATCHED", "events.dispatch FAILED", "events.dispatch DISPATCHED"], heard.Steps);
    }

    [Fact]
    public async Task Deliveries_are_counted_by_channel_and_by_what_came_of_them()
    {
        await using var fresh = app.Fresh();
        var channel = new StubChannel { Answer = new DeliveryResult.Again("It is busy.") };
        await using var shop = fresh.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            services.AddSingleton<ISubscriber>(new StubSubscriber("sender") { Sends = true });
            services.AddOnly(channel);
        }));
        using var heard = new Listening();
        await fresh.Sell(stock: 1);
        await shop.Dispatch();
        Assert.Equal(new(0, 1, 0), await shop.Deliver());
        channel.Answers = _ => new DeliveryResult.Done();
        fresh.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new(1, 0, 0), await shop.Deliver());

        await fresh.Sell(stock: 1);
        channel.Answers = _ => new DeliveryResult.Skipped("Nobody is there.");
        await shop.Dispatch();
        await shop.Deliver();
        await fresh.Sell(stock: 1);
        channel.Answers = _ => new DeliveryResult.Refused("It is not wanted.");
        await shop.Dispatch();
        await shop.Deliver();
        Assert.Equal(
            ["channel=EMAIL outcome=PENDING", "channel=EMAIL outcome=SENT", "channel=EMAIL outcome=SKIPPED", "channel=EMAIL outcome=FAILED"],
            heard.Of("ecommerce.deliveries").Select(one => one.Tags));
        Assert.Equal(["PENDING", "SENT", "SKIPPED", "FAILED"], heard.Spans.Where(span => span.OperationName == "delivery.send").Select(span => span.GetTagItem("outcome")));
        Assert.All(heard.Spans.Where(span => span.OperationName == "delivery.send"), span => Assert.StartsWith("ntf_", (string)span.GetTagItem("ecommerce.delivery.id")!));
    }

    [Fact]
    public async Task The_stores_units_are_those_that_answers_report()
    {
        var customer = app.Customer().Client;
        var productId = await app.Product();
        using var heard = new Listening();
        var cost = (await customer.Post("/cart", new { productId, quantity = 1 })).Cost();
        Assert.Equal(cost, (heard.Sum("ecommerce.store.units", "kind=read"), heard.Sum("ecommerce.store.units", "kind=write"), (int)heard.Sum("ecommerce.store.calls")));
    }
}

[Collection(nameof(NobodyElse))]
public sealed class MetricTests_on_Sqlite(SqliteApp app) : MetricTests(app), IClassFixture<SqliteApp>;

[Collection(nameof(NobodyElse))]
public sealed class MetricTests_on_DynamoDb(DynamoDbApp app) : MetricTests(app), IClassFixture<DynamoDbApp>;
