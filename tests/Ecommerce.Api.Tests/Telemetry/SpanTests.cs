using System.Diagnostics;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Telemetry;

public abstract class SpanTests(EcommerceApp app)
{
    [Fact]
    public async Task A_checkout_is_a_span_and_its_steps_are_spans_inside()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        using var heard = new Listening();
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");

        Assert.Equal(["checkout CONFIRMED", "checkout.validate VALID", "checkout.reserve COMMITTED", "checkout.pay SUCCEEDED", "checkout.confirm CONFIRMED"], heard.Steps);
        var checkout = heard.Spans.Single(span => span.OperationName == "checkout");
        var steps = heard.Spans.Except([checkout]).ToList();
        Assert.All(steps, step => Assert.Equal(checkout.SpanId, step.ParentSpanId));
        Assert.All(heard.Spans, span => Assert.Equal((checkout.TraceId, ActivityKind.Internal), (span.TraceId, span.Kind)));
        Assert.All(heard.Spans, span => Assert.Equal(span.OperationName == "checkout.validate" ? null : orderId, span.GetTagItem("ecommerce.order.id")));
    }

    [Fact]
    public async Task An_order_placed_before_is_bought_in_the_same_steps()
    {
        var customer = app.Customer().Client;
        var orderId = await customer.Place((await app.Product(), 1, null));
        using var heard = new Listening();
        await customer.Buy($"/order/{orderId}/checkout").ShouldBe(201);
        Assert.Equal(["checkout CONFIRMED", "checkout.validate VALID", "checkout.reserve COMMITTED", "checkout.pay SUCCEEDED", "checkout.confirm CONFIRMED"], heard.Steps);
    }

    [Fact]
    public async Task Each_step_says_how_it_ended()
    {
        var productId = await app.Product(stock: 3, price: 12.99m);
        var (first, second) = (app.Customer().Client, app.Customer().Client);
        await first.AddToCart(productId, 2);
        await second.AddToCart(productId, 2);

        using (var heard = new Listening())
        {
            await app.Customer().Client.CheckOut().ShouldBeProblem(400, "cart_empty");
            Assert.Equal(["checkout cart_empty"], heard.Steps);
        }

        using (var heard = new Listening())
        {
            var declined = await first.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
            Assert.Equal(
                ["checkout payment_declined", "checkout.validate VALID", "checkout.reserve COMMITTED", "checkout.pay DECLINED", "checkout.confirm PAYMENT_FAILED"], heard.Steps);
            Assert.Equal(declined.Text("orderId"), heard.Spans.Single(span => span.OperationName == "checkout").GetTagItem("ecommerce.order.id"));
        }

        await first.CheckOut().ShouldBe(201);
        using (var heard = new Listening())
        {
            await second.CheckOut().ShouldBeProblem(409, "insufficient_stock");
            Assert.Equal(["checkout insufficient_stock", "checkout.validate VALID", "checkout.reserve SHORT"], heard.Steps);
        }

        await app.Reprice(productId, 13);
        using (var heard = new Listening())
        {
            await second.CheckOut().ShouldBeProblem(409, "price_changed");
            Assert.Equal(["checkout price_changed", "checkout.validate price_changed"], heard.Steps);
        }
    }

    [Fact]
    public async Task An_order_that_is_recovered_is_a_span_of_its_own()
    {
        await using var fresh = app.Fresh();
        var customer = fresh.Customer().Client;
        await customer.AddToCart(await fresh.Product());
        var orderId = (await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        fresh.Clock.Advance(TimeSpan.FromMinutes(1));
        using var heard = new Listening();
        await fresh.Recover();

        Assert.Equal(["order.recover PAYMENT_FAILED", "checkout.pay DECLINED", "checkout.confirm PAYMENT_FAILED"], heard.Steps);
        var recovery = heard.Spans.Last();
        Assert.Equal(default, recovery.ParentSpanId);
        Assert.All(heard.Spans, span => Assert.Equal((recovery.TraceId, orderId), (span.TraceId, span.GetTagItem("ecommerce.order.id"))));
    }

    [Fact]
    public async Task A_refund_is_a_span_of_its_own()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        using var heard = new Listening();
        await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal(["order.refund SUCCEEDED"], heard.Steps);
        Assert.Equal(orderId, Assert.Single(heard.Spans).GetTagItem("ecommerce.order.id"));
    }
}

[Collection(nameof(NobodyElse))]
public sealed class SpanTests_on_Sqlite(SqliteApp app) : SpanTests(app), IClassFixture<SqliteApp>;

[Collection(nameof(NobodyElse))]
public sealed class SpanTests_on_DynamoDb(DynamoDbApp app) : SpanTests(app), IClassFixture<DynamoDbApp>;
