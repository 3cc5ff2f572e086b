using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Refunds that an administrator asks for, with a key and without.</summary>
public abstract class RefundTests(EcommerceApp app)
{
    /// <summary>An administrator of this test's own, since keys are the caller's.</summary>
    private readonly HttpClient _admin = app.ClientFor(Ids.Derive("usr", Guid.NewGuid().ToString()), admin: true);

    [Fact]
    public async Task An_order_is_refunded_in_parts_until_nothing_is_left()
    {
        var (customer, orderId, product) = await Bought();
        var part = await Refund(orderId, 10m).ShouldBe(200);
        Assert.Equal(("CONFIRMED", "PARTIALLY_REFUNDED"), (part.Text("status"), part.GetProperty("payment").Text("status")));
        var problem = await Refund(orderId, 15.99m).ShouldBeProblem(409, "refund_exceeds_payment");
        Assert.Contains("15.98 USD", problem.Text("detail"), StringComparison.Ordinal);
        await app.Admin.Post($"/order/{orderId}/ship").ShouldBe(200);

        var rest = await Refund(orderId, null).ShouldBe(200);
        Assert.Equal(("REFUNDED", "REFUNDED"), (rest.Text("status"), rest.GetProperty("payment").Text("status")));
        Assert.Equal([10m, 15.98m], rest.GetProperty("refunds").EnumerateArray().Select(refund => refund.GetProperty("amount").GetDecimal()));
        await Refund(orderId, 0.01m).ShouldBeProblem(409, "invalid_transition");
        Assert.Equal(3, await app.Available(product));
        Assert.Equal(2, (await customer.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Count(e => e.Text("eventType") == "RefundIssued"));
        Assert.Equal(2598, (await app.PaymentRecord(rest.GetProperty("payment").Text("paymentId")))!.Number("refunded"));
    }

    [Fact]
    public async Task A_repeated_key_refunds_once_and_answers_the_same_to_the_byte()
    {
        var (_, orderId, _) = await Bought();
        var first = await Refund(orderId, 5m, "k");
        var answer = await first.Body();
        await first.ShouldBe(200);
        Assert.False(first.IsReplayed());
        await Refund(orderId, 1m, "another").ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        var again = await Refund(orderId, 5m, "k");
        Assert.True(again.IsReplayed());
        Assert.Equal((200, "application/json; charset=utf-8"), ((int)again.StatusCode, again.Content.Headers.ContentType?.ToString()));
        Assert.Equal(answer, await again.Body());
        Assert.Equal(2, (await app.Admin.Order(orderId)).GetProperty("refunds").GetArrayLength());
    }

    [Fact]
    public async Task A_key_means_one_request_whatever_the_route_and_belongs_to_one_person()
    {
        var (customer, orderId, _) = await Bought();
        await Refund(orderId, 5m, "k").ShouldBe(200);
        await Refund(orderId, 6m, "k").ShouldBeProblem(422, "idempotency_key_reused");
        await _admin.AddToCart(await app.Product());
        await _admin.CheckOut(key: "k").ShouldBeProblem(422, "idempotency_key_reused");
        var (_, other, _) = await Bought();
        await Refund(other, 5m, "k").ShouldBeProblem(422, "idempotency_key_reused");
        await app.ClientFor("usr_other_admin", admin: true).Post($"/order/{orderId}/refund", new { amount = 5m, reason = "x" }, ("Idempotency-Key", "k")).ShouldBe(200);
        Assert.Equal(2, (await customer.Order(orderId)).GetProperty("refunds").GetArrayLength());
        await app.Admin.Post($"/order/{orderId}/refund", new { amount = 5m, reason = "x" }, ("Idempotency-Key", "\"\"")).ShouldBeProblem(400, "invalid_idempotency_key");
    }

    [Fact]
    public async Task A_refund_that_was_refused_leaves_its_key_free()
    {
        var (_, orderId, _) = await Bought();
        await Refund(orderId, 100m, "k").ShouldBeProblem(409, "refund_exceeds_payment");
        await Refund(orderId, 1m, "k").ShouldBe(200);
    }

    [Fact]
    public async Task Of_many_refunds_at_once_no_more_is_paid_back_than_was_paid()
    {
        var (customer, orderId, _) = await Bought();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Refund(orderId, 5m)));
        Assert.Equal(5, answers.Count(answer => (int)answer.StatusCode == 200));
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 200)) await answer.ShouldBeProblem(409, "refund_exceeds_payment");
        var order = await customer.Order(orderId);
        Assert.Equal((5, "PARTIALLY_REFUNDED"), (order.GetProperty("refunds").GetArrayLength(), order.GetProperty("payment").Text("status")));
    }

    [Fact]
    public async Task The_same_key_many_times_at_once_is_one_refund()
    {
        var (customer, orderId, _) = await Bought();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Refund(orderId, 5m, "same")));
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 200)) await answer.ShouldBeProblem(409, "idempotency_in_progress");
        var bodies = await Task.WhenAll(answers.Where(answer => (int)answer.StatusCode == 200).Select(answer => answer.Body()));
        Assert.Single(bodies.Distinct());
        Assert.Single((await customer.Order(orderId)).GetProperty("refunds").EnumerateArray());
    }

    [Fact]
    public async Task A_keyed_refund_that_is_not_known_yet_keeps_its_first_answer()
    {
        var isDown = true;
        await using var shop = app.With(new StubGateway { PaidBack = _ => isDown ? new RefundResult.Unknown() : new RefundResult.Succeeded() });
        var (customer, orderId, _) = await Bought(shop.Customer().Client);
        var admin = shop.ClientFor("usr_admin", admin: true);
        var first = await admin.Post($"/order/{orderId}/refund", new { amount = 5m, reason = "late" }, ("Idempotency-Key", "k2"));
        Assert.Equal("REFUND_PENDING", (await first.ShouldBe(200)).GetProperty("payment").Text("status"));
        isDown = false;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.Recover();
        Assert.Equal("PARTIALLY_REFUNDED", (await customer.Order(orderId)).GetProperty("payment").Text("status"));
        var again = await admin.Post($"/order/{orderId}/refund", new { amount = 5m, reason = "late" }, ("Idempotency-Key", "k2"));
        Assert.Equal((true, await first.Body()), (again.IsReplayed(), await again.Body()));
    }

    private Task<HttpResponseMessage> Refund(string orderId, decimal? amount, string? key = null) =>
        _admin.Post($"/order/{orderId}/refund", new { amount, reason = "Arrived late" }, key is null ? [] : [("Idempotency-Key", key)]);

    /// <summary>An order of 25.98.</summary>
    private async Task<(HttpClient Customer, string OrderId, string Product)> Bought(HttpClient? buyer = null)
    {
        var customer = buyer ?? app.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);
        return (customer, (await customer.CheckOut().ShouldBe(201)).Text("orderId"), product);
    }
}

public sealed class RefundTests_on_Sqlite(SqliteApp app) : RefundTests(app), IClassFixture<SqliteApp>;

public sealed class RefundTests_on_DynamoDb(DynamoDbApp app) : RefundTests(app), IClassFixture<DynamoDbApp>;
