using System.Text.Json;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Cancelling, shipping and delivering orders, and what they allow.</summary>
public abstract class OrderActionTests(EcommerceApp app)
{
    [Fact]
    public async Task A_placed_order_is_cancelled_without_moving_anything()
    {
        var customer = app.Customer().Client;
        var product = await app.Product(stock: 5);
        var orderId = await customer.Place((product, 2, null));
        var response = await customer.Post($"/order/{orderId}/cancel", new { reason = "Ordered by mistake" });
        Assert.NotNull(response.Headers.ETag);
        var cancelled = await response.ShouldBe(200);
        Assert.Equal(cancelled.GetRawText(), (await customer.Order(orderId)).GetRawText());
        Assert.Equal("CANCELLED", cancelled.Text("status"));
        Assert.Equal(["CREATED", "CANCELLED: Ordered by mistake"], History(cancelled));
        Assert.Equal(0, cancelled.GetProperty("allowedActions").GetArrayLength());
        Assert.Equal(5, await app.Available(product));
        Assert.Equal(["OrderCreated", "OrderCancelled"], await app.Logged(orderId));
    }

    [Fact]
    public async Task A_paid_order_that_is_cancelled_is_refunded_and_its_stock_returned()
    {
        var customer = app.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        var cancelled = await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal(("CANCELLED", "REFUNDED"), (cancelled.Text("status"), cancelled.GetProperty("payment").Text("status")));
        var refund = Assert.Single(cancelled.GetProperty("refunds").EnumerateArray());
        Assert.Equal((25.98m, "DONE"), (refund.GetProperty("amount").GetDecimal(), refund.Text("status")));
        Assert.Equal((5, 0), (await app.Available(product), await app.Reserved(product)));
        var record = (await app.PaymentRecord(cancelled.GetProperty("payment").Text("paymentId")))!;
        Assert.Equal(("REFUNDED", 2598), (record.Text("status"), record.Number("refunded")));
        Assert.Equal(["OrderCreated", "PaymentSuccess", "OrderConfirmed", "OrderCancelled", "RefundIssued"], await Types(customer, orderId));
        Assert.True((await customer.CheckOut(key: null)).StatusCode == System.Net.HttpStatusCode.Created, "the first answer is replayed");
    }

    [Fact]
    public async Task An_order_whose_payment_is_not_known_is_cancelled_and_never_charged()
    {
        var customer = app.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        Assert.Equal((3, 2), (await app.Available(product), await app.Reserved(product)));

        var cancelled = await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal(("CANCELLED", "DECLINED"), (cancelled.Text("status"), cancelled.GetProperty("payment").Text("status")));
        Assert.Equal((5, 0, 1), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
        var again = await customer.CheckOut().ShouldBe(201);
        Assert.NotEqual(orderId, again.Text("orderId"));
        Assert.Equal((3, 0), (await app.Available(product), await customer.CartCount()));
    }

    [Fact]
    public async Task An_order_goes_from_confirmed_over_shipped_to_delivered()
    {
        var (customer, orderId) = await Bought();
        var shipped = await app.Admin.Post($"/order/{orderId}/ship", new { trackingNumber = "1Z999" }).ShouldBe(200);
        Assert.Equal(("SHIPPED", "1Z999"), (shipped.Text("status"), shipped.Text("trackingNumber")));
        Assert.Equal(["deliver", "refund"], shipped.GetProperty("allowedActions").EnumerateArray().Select(action => action.GetString()));
        var delivered = await app.Admin.Post($"/order/{orderId}/deliver").ShouldBe(200);
        Assert.Equal("DELIVERED", delivered.Text("status"));
        Assert.Equal("1Z999", (await customer.Order(orderId)).Text("trackingNumber"));
        Assert.Equal(["OrderCreated", "PaymentSuccess", "OrderConfirmed", "OrderShipped", "OrderDelivered"], await Types(customer, orderId));
    }

    [Theory]
    [InlineData("PLACED", "cancel", 200)]
    [InlineData("PLACED", "ship", 409)]
    [InlineData("PLACED", "deliver", 409)]
    [InlineData("PLACED", "refund", 409)]
    [InlineData("PENDING", "ship", 409)]
    [InlineData("PENDING", "refund", 409)]
    [InlineData("CONFIRMED", "deliver", 409)]
    [InlineData("SHIPPED", "cancel", 409)]
    [InlineData("SHIPPED", "ship", 409)]
    [InlineData("DELIVERED", "cancel", 409)]
    [InlineData("DELIVERED", "deliver", 409)]
    [InlineData("DELIVERED", "refund", 200)]
    [InlineData("CANCELLED", "cancel", 409)]
    [InlineData("CANCELLED", "ship", 409)]
    [InlineData("CANCELLED", "refund", 409)]
    [InlineData("REFUNDED", "ship", 409)]
    [InlineData("REFUNDED", "refund", 409)]
    [InlineData("REFUNDED", "cancel", 409)]
    public async Task What_the_state_does_not_allow_is_refused_with_the_state_and_what_it_allows(string state, string action, int status)
    {
        var orderId = await In(state);
        var before = (await app.Admin.Order(orderId)).GetRawText();
        var response = await app.Admin.Post($"/order/{orderId}/{action}", new { reason = "why" });
        if (status == 200)
        {
            await response.ShouldBe(200);
            return;
        }

        var problem = await response.ShouldBeProblem(409, "invalid_transition");
        var present = await app.Admin.Order(orderId);
        Assert.Equal(before, present.GetRawText());
        Assert.Equal((orderId, present.Text("status")), (problem.Text("orderId"), problem.Text("orderStatus")));
        Assert.Equal(present.GetProperty("allowedActions").GetRawText(), problem.GetProperty("allowedActions").GetRawText());
    }

    [Fact]
    public async Task Nobody_acts_on_somebody_elses_order_and_customers_do_not_ship_or_refund()
    {
        var (customer, orderId) = await Bought();
        var stranger = app.Customer().Client;
        await stranger.Post($"/order/{orderId}/cancel").ShouldBeProblem(404, "not_found");
        await stranger.Get($"/order/{orderId}/events").ShouldBeProblem(404, "not_found");
        foreach (var action in new[] { "ship", "deliver", "refund" })
        {
            await customer.Post($"/order/{orderId}/{action}", new { reason = "x" }).ShouldBeProblem(403, "forbidden");
            await app.Anonymous.Post($"/order/{orderId}/{action}", new { reason = "x" }).ShouldBeProblem(401, "unauthorized");
            await app.Admin.Post($"/order/{Ids.Derive("ord", "none")}/{action}", new { reason = "x" }).ShouldBeProblem(404, "not_found");
            await app.Admin.Post($"/order/nonsense/{action}", new { reason = "x" }).ShouldBeProblem(404, "not_found");
        }

        Assert.Equal("CONFIRMED", (await customer.Order(orderId)).Text("status"));
        Assert.Equal(["cancel"], (await customer.Order(orderId)).GetProperty("allowedActions").EnumerateArray().Select(action => action.GetString()));
        await app.Admin.Post($"/order/{orderId}/cancel").ShouldBe(200);
    }

    [Theory]
    [InlineData("cancel", """{ "reason": "" }""", "reason")]
    [InlineData("cancel", """{ "reason": 5 }""", "reason")]
    [InlineData("ship", """{ "trackingNumber": "a\u0000b" }""", "trackingNumber")]
    [InlineData("refund", """{ }""", "reason")]
    [InlineData("refund", """{ "reason": "x", "amount": 0 }""", "amount")]
    [InlineData("refund", """{ "reason": "x", "amount": -1 }""", "amount")]
    [InlineData("refund", """{ "reason": "x", "amount": 0.001 }""", "amount")]
    [InlineData("refund", """{ "reason": "x", "amount": "5" }""", "amount")]
    public async Task Bad_input_is_named_and_changes_nothing(string action, string body, string field)
    {
        var (customer, orderId) = await Bought();
        await app.Admin.Send(HttpMethod.Post, $"/order/{orderId}/{action}", body).ShouldBeProblem(400, "validation_failed", field);
        Assert.Equal("CONFIRMED", (await customer.Order(orderId)).Text("status"));
    }

    [Fact]
    public async Task The_events_of_an_order_come_oldest_first_and_page_by_page()
    {
        var (customer, orderId) = await Bought();
        var all = await customer.Pages($"/order/{orderId}/events", 2);
        Assert.Equal(["OrderCreated", "PaymentSuccess", "OrderConfirmed"], all.Select(e => e.Text("eventType")));
        Assert.Equal(["eventId", "eventType", "userId", "metadata", "timestamp"], all[0].Names());
        Assert.Equal((orderId, 12.99m, "USD"), (all[2].GetProperty("metadata").Text("orderId"), all[2].GetProperty("metadata").GetProperty("totalAmount").GetDecimal(), all[2].GetProperty("metadata").Text("currency")));
        Assert.Equal(3, all.Select(e => e.Text("eventId")).Distinct().Count());
        await customer.Get($"/order/{orderId}/events?limit=0").ShouldBeProblem(400, "validation_failed", "limit");
        await customer.Get($"/order/{orderId}/events?cursor=x").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task A_refund_that_fails_is_pending_and_visible_until_recovery_has_made_it()
    {
        var answers = new Queue<RefundResult>([new RefundResult.Unknown(), new RefundResult.Failed("insufficient_funds"), new RefundResult.Succeeded()]);
        var gateway = new StubGateway { PaidBack = _ => answers.Dequeue() };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");

        var cancelled = await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);
        Assert.Equal(("CANCELLED", "REFUND_PENDING"), (cancelled.Text("status"), cancelled.GetProperty("payment").Text("status")));
        Assert.Equal("PENDING", cancelled.GetProperty("refunds")[0].Text("status"));
        Assert.Equal(5, await app.Available(product));

        for (var pass = 0; pass < 2; pass++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(5));
            await shop.Recover();
        }

        var refunded = await customer.Order(orderId);
        Assert.Equal(("REFUNDED", "DONE"), (refunded.GetProperty("payment").Text("status"), refunded.GetProperty("refunds")[0].Text("status")));
        Assert.Equal([$"{orderId}:refund:1", $"{orderId}:refund:1", $"{orderId}:refund:1:1"], gateway.Refunds.Select(refund => refund.Key));
        Assert.All(gateway.Refunds, refund => Assert.Equal((2598, "ref_1"), (refund.Amount.Minor, refund.Reference)));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await shop.Recover();
        Assert.Equal(3, gateway.Refunds.Count);
    }

    private async Task<(HttpClient Customer, string OrderId)> Bought()
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        return (customer, (await customer.CheckOut().ShouldBe(201)).Text("orderId"));
    }

    private async Task<string> In(string state)
    {
        var customer = app.Customer().Client;
        var product = await app.Product();
        if (state == "PLACED") return await customer.Place((product, 1, null));
        await customer.AddToCart(product);
        if (state == "PENDING") return (await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202)).Text("orderId");
        var orderId = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        string[] actions = state switch { "SHIPPED" => ["ship"], "DELIVERED" => ["ship", "deliver"], "CANCELLED" => ["cancel"], "REFUNDED" => ["refund"], _ => [] };
        foreach (var action in actions) await app.Admin.Post($"/order/{orderId}/{action}", new { reason = "x" }).ShouldBe(200);
        return orderId;
    }

    private static IEnumerable<string> History(JsonElement order) => order.GetProperty("history").EnumerateArray()
        .Select(entry => entry.TryGetProperty("reason", out var reason) ? $"{entry.Text("status")}: {reason}" : entry.Text("status"));

    private static async Task<IEnumerable<string>> Types(HttpClient client, string orderId) =>
        (await client.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Select(e => e.Text("eventType"));
}

public sealed class OrderActionTests_on_Sqlite(SqliteApp app) : OrderActionTests(app), IClassFixture<SqliteApp>;

public sealed class OrderActionTests_on_DynamoDb(DynamoDbApp app) : OrderActionTests(app), IClassFixture<DynamoDbApp>;
