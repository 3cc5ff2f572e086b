using System.Diagnostics;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Payments;

/// <summary>What each token does, and that the books last. Each question goes to a gateway of its own over the same store.</summary>
public abstract class SimulatedGatewayTests(EcommerceApp app)
{
    private static readonly ChargeResult Unknown = new ChargeResult.Unknown();
    private static readonly ChargeResult NotMade = new ChargeResult.NotMade();
    private static readonly ChargeResult Voided = new ChargeResult.Declined(ChargeResult.Voided);
    private static readonly RefundResult PaidBack = new RefundResult.Succeeded();

    private readonly Charge _due = NewCharge();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SimulatedGateway Gateway => new(app.Store, app.Clock);

    [Fact]
    public async Task A_good_card_is_charged_once_however_often_it_is_asked_for()
    {
        Assert.Equal(Paid(), await Charge("pm_card_visa"));
        Assert.Equal(Paid(), await Charge("pm_card_visa"));
        Assert.Equal(Paid(), await Charge("pm_card_visa_chargeDeclined"));
        Assert.Equal(Paid(), await LookUp());
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "lost_card")]
    public async Task A_bad_card_is_declined_now_and_later(string token, string code)
    {
        var declined = new ChargeResult.Declined(code);
        Assert.Equal(declined, await Charge(token));
        Assert.Equal(declined, await Charge("pm_card_visa"));
        Assert.Equal(declined, await LookUp());
        Assert.Equal(declined, await Void());
    }

    [Fact]
    public async Task A_lost_reply_is_of_unknown_outcome_and_the_charge_is_made()
    {
        Assert.Equal(NotMade, await LookUp());
        Assert.Equal(Unknown, await Charge("pm_sim_timeout_charged"));
        Assert.Equal(Paid(), await LookUp());
        Assert.Equal(Unknown, await Charge("pm_sim_timeout_charged"));
        Assert.Equal(Paid(), await Void());
    }

    [Fact]
    public async Task A_lost_request_is_of_unknown_outcome_and_the_charge_is_not_made()
    {
        Assert.Equal(Unknown, await Charge("pm_sim_timeout_uncharged"));
        Assert.Equal(Unknown, await Charge("pm_sim_timeout_uncharged"));
        Assert.Equal(NotMade, await LookUp());
        Assert.Equal(Voided, await Void());
    }

    [Fact]
    public async Task An_unavailable_provider_fails_twice_for_each_charge_and_then_takes_it()
    {
        Assert.Equal(Unknown, await Charge("pm_sim_unavailable_2"));
        Assert.Equal(Unknown, await Charge("pm_sim_unavailable_2"));
        Assert.Equal(NotMade, await LookUp());
        Assert.Equal(Paid(), await Charge("pm_sim_unavailable_2"));
        Assert.Equal(Paid(), await Charge("pm_sim_unavailable_2"));
        Assert.Equal(Unknown, await Gateway.Charge(NewCharge(), "pm_sim_unavailable_2", Cancellation));
    }

    [Fact]
    public async Task A_slow_provider_answers_after_three_seconds()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(Paid(), await Charge("pm_sim_slow_3s"));
        Assert.InRange(watch.Elapsed.TotalSeconds, 2.9, 20);
    }

    [Fact]
    public async Task Whoever_does_not_wait_for_a_slow_provider_is_charged_all_the_same()
    {
        using var patience = new CancellationTokenSource();
        var charge = Gateway.Charge(_due, "pm_sim_slow_3s", patience.Token);
        while (await LookUp() == NotMade) await Task.Delay(10, Cancellation);
        await patience.CancelAsync();
        Assert.Equal(Unknown, await charge);
        Assert.Equal(Paid(), await LookUp());
    }

    [Fact]
    public async Task A_charge_called_off_before_it_was_made_can_never_be_made()
    {
        Assert.Equal(Voided, await Void());
        Assert.Equal(Voided, await Void());
        Assert.Equal(Voided, await Charge("pm_card_visa"));
        Assert.Equal(Voided, await LookUp());
    }

    [Fact]
    public async Task Of_a_charge_and_a_void_at_once_both_tell_the_same_end()
    {
        for (var round = 0; round < 10; round++)
        {
            var due = NewCharge();
            var ends = await Task.WhenAll(
                Task.Run(() => Gateway.Charge(due, "pm_card_visa", Cancellation), Cancellation),
                Task.Run(() => Gateway.Void(due, Cancellation), Cancellation));
            Assert.Equal(ends[0], ends[1]);
            Assert.Equal(ends[0], await Gateway.LookUp(due, Cancellation));
            Assert.Contains(ends[0], new[] { Voided, Paid(due) });
        }
    }

    [Fact]
    public async Task A_refund_is_made_once_under_its_key()
    {
        await Charge("pm_card_visa");
        Assert.Equal(PaidBack, await Refund("a", 700));
        Assert.Equal(PaidBack, await Refund("a", 700));
        Assert.Equal(PaidBack, await Refund("b", 599));
        Assert.Equal(PaidBack, await Refund("b", 599));
    }

    [Fact]
    public async Task No_more_is_paid_back_than_was_charged()
    {
        await Charge("pm_card_visa");
        Assert.Equal(new RefundResult.Failed("charge_already_refunded"), await Refund("a", 1300));
        Assert.Equal(PaidBack, await Refund("b", 1000));
        Assert.Equal(new RefundResult.Failed("charge_already_refunded"), await Refund("c", 300));
        Assert.Equal(PaidBack, await Refund("d", 299));
        Assert.Equal(new RefundResult.Failed("charge_already_refunded"), await Refund("e", 1));
    }

    [Fact]
    public async Task Of_many_refunds_at_once_those_that_fit_are_made()
    {
        await Charge("pm_card_visa");
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Refund($"r{number}", 400), Cancellation)));
        Assert.Equal(3, results.Count(result => result == PaidBack));
        Assert.Equal(5, results.Count(result => result is RefundResult.Failed));
    }

    [Fact]
    public async Task What_was_never_taken_is_not_paid_back()
    {
        Assert.Equal(new RefundResult.Failed("no_such_charge"), await Refund("a", 1));
        await Void();
        Assert.Equal(new RefundResult.Failed("no_such_charge"), await Refund("b", 1));
    }

    [Fact]
    public async Task The_books_survive_a_restart_of_the_application()
    {
        await Charge("pm_card_visa");
        await Refund("a", 1000);
        await using var restarted = app.WithWebHostBuilder(_ => { });
        var gateway = (IPaymentGateway)restarted.Services.GetService(typeof(IPaymentGateway))!;
        Assert.Equal("Simulated", gateway.Provider);
        Assert.Equal(Paid(), await gateway.LookUp(_due, Cancellation));
        Assert.Equal(new RefundResult.Failed("charge_already_refunded"), await gateway.Refund(RefundOf("b", 300), Cancellation));
        Assert.Equal(PaidBack, await gateway.Refund(RefundOf("a", 1000), Cancellation));
    }

    private static Charge NewCharge() => new($"{Guid.NewGuid():N}:charge", "ord_1", new(12_99), "USD");

    private ChargeResult.Succeeded Paid(Charge? charge = null) => new($"sim_{(charge ?? _due).Key}", new(12_99), "USD");

    private Refund RefundOf(string key, long amount) => new($"{_due.Key}:{key}", _due.OrderId, $"sim_{_due.Key}", new(amount), "USD");

    private Task<ChargeResult> Charge(string token) => Gateway.Charge(_due, token, Cancellation);

    private Task<ChargeResult> LookUp() => Gateway.LookUp(_due, Cancellation);

    private Task<ChargeResult> Void() => Gateway.Void(_due, Cancellation);

    private Task<RefundResult> Refund(string key, long amount) => Gateway.Refund(RefundOf(key, amount), Cancellation);
}

public sealed class SimulatedGatewayTests_on_Sqlite(SqliteApp app) : SimulatedGatewayTests(app), IClassFixture<SqliteApp>;

public sealed class SimulatedGatewayTests_on_DynamoDb(DynamoDbApp app) : SimulatedGatewayTests(app), IClassFixture<DynamoDbApp>;
