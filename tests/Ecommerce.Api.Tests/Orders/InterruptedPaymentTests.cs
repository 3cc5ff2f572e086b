using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Payments that do not end as they should: unknown, overtaken, abandoned.</summary>
public abstract class InterruptedPaymentTests(EcommerceApp app)
{
    private static readonly ChargeResult Paid = StubGateway.Paid();
    private static readonly ChargeResult Unknown = new ChargeResult.Unknown();
    private static readonly TimeSpan PastLease = TimeSpan.FromSeconds(31);

    [Theory]
    [InlineData("key")]
    [InlineData(null)]
    public async Task A_payment_of_unknown_outcome_is_pending_and_goes_on_when_it_is_asked_for_again(string? key)
    {
        var gateway = new StubGateway { Answer = number => Task.FromResult(number < 3 ? Unknown : Paid) };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);

        var response = await customer.CheckOut(key: key);
        var pending = await response.ShouldBe(202);
        var orderId = pending.Text("orderId");
        Assert.Equal($"/order/{orderId}", response.Headers.Location?.ToString());
        Assert.Equal(["orderId", "status", "items", "totalAmount", "currency", "payment"], pending.Names());
        Assert.Equal(("PAYMENT_PENDING", "PENDING"), (pending.Text("status"), pending.GetProperty("payment").Text("status")));
        Assert.Equal((3, 2, 1), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
        Assert.Equal("PAYMENT_PENDING", (await customer.Order(orderId)).Text("status"));
        Assert.Null(await app.PaymentRecord(pending.GetProperty("payment").Text("paymentId")));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(pending.GetRawText(), (await customer.CheckOut(key: key).ShouldBe(202)).GetRawText());
        Assert.Equal((3, 2), (await app.Available(product), await app.Reserved(product)));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var bought = await customer.CheckOut(key: key).ShouldBe(201);
        Assert.Equal((orderId, "CONFIRMED"), (bought.Text("orderId"), bought.Text("status")));
        Assert.Equal((3, 0, 0), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
        Assert.Equal(["RESERVED", "PAYMENT_PENDING", "CONFIRMED"], await Statuses(customer, orderId));
        Assert.Equal(3, gateway.Charges.Count);
        Assert.Single(gateway.Charges.Distinct());
        Assert.Equal(["OrderCreated", "PaymentSuccess+OrderConfirmed"], await app.Logged(orderId));
    }

    [Fact]
    public async Task A_payment_of_unknown_outcome_that_turns_out_declined_returns_the_stock_once()
    {
        await using var shop = app.With(new StubGateway
        {
            Answer = number => Task.FromResult(number == 1 ? Unknown : new ChargeResult.Declined("expired_card")),
        });
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 2);
        await customer.AddToCart(product, 2);
        var orderId = (await customer.CheckOut(key: "k").ShouldBe(202)).Text("orderId");
        Assert.False(await app.InStock(product));

        var declined = await customer.CheckOut(key: "k");
        Assert.Equal((orderId, "expired_card"), ((await declined.ShouldBeProblem(402, "payment_declined")).Text("orderId"), (await declined.ShouldBeProblem(402, "payment_declined")).Text("declineCode")));
        Assert.Equal(await declined.Body(), await (await customer.CheckOut(key: "k")).Body());
        Assert.Equal((2, 0, 1), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
        Assert.True(await app.InStock(product));
        Assert.Equal(["RESERVED", "PAYMENT_PENDING", "PAYMENT_FAILED"], await Statuses(customer, orderId));
    }

    [Fact]
    public async Task A_placed_order_of_unknown_outcome_goes_on_as_well()
    {
        await using var shop = app.With(new StubGateway { Answer = number => Task.FromResult(number == 1 ? Unknown : Paid) });
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 5);
        var orderId = await customer.Place((product, 2, null));
        await customer.Buy($"/order/{orderId}/checkout", key: "k").ShouldBe(202);
        await customer.Buy($"/order/{orderId}/checkout", "another card", "another key").ShouldBeProblem(409, "invalid_transition");
        await customer.Buy($"/order/{orderId}/checkout", key: "k").ShouldBe(201);
        Assert.Equal(3, await app.Available(product));
        Assert.Equal(["CREATED", "RESERVED", "PAYMENT_PENDING", "CONFIRMED"], await Statuses(customer, orderId));
    }

    [Theory]
    [InlineData("paid")]
    [InlineData("declined")]
    [InlineData("unknown")]
    public async Task An_attempt_that_wakes_after_another_has_confirmed_changes_nothing(string whatItLearnt)
    {
        var gate = new Gate();
        var gateway = new StubGateway
        {
            Answer = async number =>
            {
                if (number > 1) return Paid;
                await gate.Passed;
                return whatItLearnt switch { "paid" => Paid, "declined" => new ChargeResult.Declined("late"), _ => Unknown };
            },
        };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);

        var asleep = customer.CheckOut(key: "k");
        await gateway.Reached;
        app.Clock.Advance(PastLease);
        var bought = await customer.CheckOut(key: "k").ShouldBe(201);
        var stored = await Stored(bought.Text("orderId"));
        gate.Open();

        Assert.Equal(bought.GetRawText(), (await (await asleep).ShouldBe(201)).GetRawText());
        Assert.Equal(stored, await Stored(bought.Text("orderId")));
        Assert.Equal(2, stored.Number("attempt"));
        Assert.Equal("SUCCESS", (await app.PaymentRecord(bought.GetProperty("payment").Text("paymentId")))!.Text("status"));
        Assert.Equal((3, 0, 0), (await app.Available(product), await app.Reserved(product), await customer.CartCount()));
        Assert.Equal(["OrderCreated", "PaymentSuccess+OrderConfirmed"], await app.Logged(bought.Text("orderId")));
        Assert.Single(gateway.Charges.Distinct());
    }

    [Fact]
    public async Task An_attempt_that_wakes_while_another_is_at_work_tells_what_it_knows_and_nothing_is_done_twice()
    {
        var (first, second) = (new Gate(), new Gate());
        var reached = new Gate();
        var gateway = new StubGateway
        {
            Answer = async number =>
            {
                if (number == 2) reached.Open();
                await (number == 1 ? first : second).Passed;
                return Paid;
            },
        };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        await customer.AddToCart(await app.Product(stock: 5), 2);

        var asleep = customer.CheckOut(key: "k");
        await gateway.Reached;
        app.Clock.Advance(PastLease);
        var atWork = customer.CheckOut(key: "k");
        await reached.Passed;
        first.Open();

        var bought = await (await asleep).ShouldBe(201);
        var stored = await Stored(bought.Text("orderId"));
        second.Open();
        Assert.Equal(bought.GetRawText(), (await (await atWork).ShouldBe(201)).GetRawText());
        Assert.Equal(stored, await Stored(bought.Text("orderId")));
    }

    [Fact]
    public async Task Of_many_who_would_take_an_order_over_one_does()
    {
        var gate = new Gate();
        var gateway = new StubGateway { Answer = async number => { if (number == 1) await gate.Passed; await Task.Delay(50); return Paid; } };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        await customer.AddToCart(await app.Product(stock: 5), 2);
        var asleep = customer.CheckOut(key: "k");
        await gateway.Reached;
        app.Clock.Advance(PastLease);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => customer.CheckOut(key: "k")));

        Assert.Single(answers, answer => (int)answer.StatusCode == 201 && !answer.IsReplayed());
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201)) await answer.ShouldBeProblem(409, "idempotency_in_progress");
        Assert.Equal(2, gateway.Charges.Count);
        gate.Open();
        await (await asleep).ShouldBe(201);
    }

    [Fact]
    public async Task A_client_that_hangs_up_during_the_charge_does_not_call_it_off()
    {
        var gate = new Gate();
        var gateway = new StubGateway { Answer = async _ => { await gate.Passed; return Paid; } };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var product = await app.Product(stock: 5);
        await customer.AddToCart(product, 2);

        using var hangUp = new CancellationTokenSource();
        using var body = System.Net.Http.Json.JsonContent.Create(Shopping.Paying("tok"));
        var call = customer.PostAsync("/order/checkout", body, hangUp.Token);
        await gateway.Reached;
        await hangUp.CancelAsync();
        gate.Open();
        await Record.ExceptionAsync(() => call);

        for (var i = 0; i < 200 && (await customer.Orders())[0].Text("status") != "CONFIRMED"; i++) await Task.Delay(25, TestContext.Current.CancellationToken);
        Assert.Equal("CONFIRMED", Assert.Single(await customer.Orders()).Text("status"));
        Assert.Equal((3, 0), (await app.Available(product), await customer.CartCount()));
        Assert.True((await customer.CheckOut()).IsReplayed());
        Assert.DoesNotContain(app.Log.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Theory]
    [InlineData("key", true)]
    [InlineData(null, true)]
    [InlineData("key", false)]
    [InlineData(null, false)]
    public async Task A_cart_that_changes_during_the_charge_is_left_alone(string? key, bool paid)
    {
        var gate = new Gate();
        var gateway = new StubGateway
        {
            Answer = async number =>
            {
                if (number > 1) return StubGateway.Paid("ref_2");
                await gate.Passed;
                return paid ? Paid : new ChargeResult.Declined("no");
            },
        };
        await using var shop = app.With(gateway);
        var customer = shop.Customer().Client;
        var (product, other) = (await app.Product(stock: 5), await app.Product(stock: 5));
        await customer.AddToCart(product, 2);

        var checkout = customer.CheckOut(key: key);
        await gateway.Reached;
        await customer.AddToCart(other);
        gate.Open();

        Assert.Equal(paid ? 201 : 402, (int)(await checkout).StatusCode);
        Assert.Equal(2, await customer.CartCount());
        Assert.Equal((paid ? 3 : 5, 5), (await app.Available(product), await app.Available(other)));
        var next = await customer.CheckOut(key: key is null ? null : "another").ShouldBe(201);
        Assert.Equal(2, next.GetProperty("items").GetArrayLength());
        Assert.Equal((paid ? 1 : 3, 4, 0), (await app.Available(product), await app.Available(other), await customer.CartCount()));
    }

    private async Task<Item> Stored(string orderId) =>
        (await app.Store.Get(Tables.Orders.Key(orderId), consistent: true, TestContext.Current.CancellationToken))!;

    private static async Task<IEnumerable<string>> Statuses(HttpClient customer, string orderId) =>
        (await customer.Order(orderId)).GetProperty("history").EnumerateArray().Select(entry => entry.Text("status"));
}

public sealed class InterruptedPaymentTests_on_Sqlite(SqliteApp app) : InterruptedPaymentTests(app), IClassFixture<SqliteApp>;

public sealed class InterruptedPaymentTests_on_DynamoDb(DynamoDbApp app) : InterruptedPaymentTests(app), IClassFixture<DynamoDbApp>;
