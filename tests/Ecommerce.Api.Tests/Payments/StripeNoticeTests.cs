using System.Text;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness.Stripe;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Payments;

/// <summary>What Stripe calls to tell, and whether it was Stripe.</summary>
public sealed class StripeNoticeTests : StripeTests
{
    private static readonly StripeHook Ping = StripeHook.Of("evt_ping", "ping", []);

    [Fact]
    public async Task A_charge_that_succeeded_is_told_with_what_was_taken()
    {
        await Charge();
        Assert.Equal(new PaymentNotice.Charged("evt_000001", "ord_1", Paid()), Read(Assert.Single(Stripe.Hooks("ord_1"))));
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "lost_card")]
    [InlineData("pm_card_authenticationRequired", "authentication_required")]
    public async Task A_charge_that_was_declined_is_told_with_its_reason(string token, string reason)
    {
        await Charge(token);
        Assert.Equal(new PaymentNotice.Charged("evt_000001", "ord_1", new ChargeResult.Declined(reason)), Read(Assert.Single(Stripe.Hooks("ord_1"))));
    }

    [Fact]
    public async Task A_charge_that_was_called_off_is_told_as_such()
    {
        await Void();
        Assert.Equal(new PaymentNotice.Charged("evt_000001", "ord_1", Voided), Read(Assert.Single(Stripe.Hooks("ord_1"))));
    }

    [Fact]
    public async Task A_refund_is_told_with_all_that_was_paid_back()
    {
        await Charge();
        Stripe.Books.PayBack(Stripe.Books.Intents[0], 500, []);
        Stripe.Books.PayBack(Stripe.Books.Intents[0], 300, []);
        Assert.Equal(
            [new PaymentNotice.Refunded("evt_000002", "ord_1", new(500)), new PaymentNotice.Refunded("evt_000003", "ord_1", new(800))],
            Stripe.Hooks("ord_1").Skip(1).Select(Read));
    }

    [Theory]
    [InlineData("""{"id":"evt_1","type":"ping","data":{"object":{}}}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.created","data":{"object":{"metadata":{"orderId":"ord_1"}}}}""")]
    [InlineData("""{"id":"evt_1","type":"charge.refunded","data":{"object":{"amount_refunded":1,"currency":"usd","metadata":{}}}}""")]
    [InlineData("""{"id":"evt_1","type":"charge.refunded","data":{"object":{"amount_refunded":1,"currency":"usd","metadata":null}}}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","status":"succeeded","amount_received":1,"currency":"usd","created":1,"metadata":{}}}}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","status":"processing","amount_received":0,"currency":"usd","created":1,"metadata":{"orderId":"ord_1"}}}}""")]
    public void What_is_none_of_the_shops_business_is_just_an_event(string body)
    {
        Assert.Equal(new PaymentNotice.Other("evt_1"), Read(new("", "", body)));
        Assert.Empty(Log.Lines);
    }

    [Theory]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","metadata":{"orderId":"ord_1"}}}}""")]
    [InlineData("""{"id":"evt_1","type":"charge.refunded","data":{"object":{"amount_refunded":"all","currency":"usd","metadata":{"orderId":"ord_1"}}}}""")]
    [InlineData("""{"id":"evt_1","type":"charge.refunded","data":{"object":[]}}""")]
    public void A_signed_event_that_cannot_be_read_is_an_event_and_an_error_in_the_log(string body)
    {
        Assert.Equal(new PaymentNotice.Other("evt_1"), Read(new("", "", body)));
        Assert.Equal(LogLevel.Error, Assert.Single(Log.Lines).Level);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"type":"ping","data":{"object":{}}}""")]
    public void Signed_bytes_that_are_no_event_are_known_by_what_they_are(string body)
    {
        var other = Assert.IsType<PaymentNotice.Other>(Read(new("", "", body)));
        Assert.StartsWith("sha256_", other.EventId, StringComparison.Ordinal);
        Assert.Equal(other, Read(new("", "", body)));
        Assert.NotEqual(other, Read(new("", "", body + " ")));
        Assert.All(Log.Lines, line => Assert.Equal(LogLevel.Error, line.Level));
    }

    [Fact]
    public void Any_of_several_signatures_may_match()
    {
        var (now, right) = (Clock.GetUtcNow(), Ping.Mac(Clock.GetUtcNow()));
        var time = now.ToUnixTimeSeconds();
        Assert.NotNull(Gateway.Read($"t={time},v1={Ping.Mac(now, "whsec_old")},v1={right}", Ping.Bytes));
        Assert.NotNull(Gateway.Read($"t={time},v1={right},v1=0,v0=1", Ping.Bytes));
        Assert.NotNull(Gateway.Read($" v1={right}, t={time}", Ping.Bytes));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_signature_is_good_for_five_minutes_about_its_time(int seconds, bool good) =>
        Assert.Equal(good, Gateway.Read(Ping.Signature(Clock.GetUtcNow().AddSeconds(seconds)), Ping.Bytes) is not null);

    [Fact]
    public void A_signature_of_another_secret_is_not_Stripes() =>
        Assert.Null(Gateway.Read(Ping.Signature(Clock.GetUtcNow(), "whsec_guess"), Ping.Bytes));

    [Fact]
    public void A_body_or_a_time_that_was_tampered_with_is_not_Stripes()
    {
        var signature = Ping.Signature(Clock.GetUtcNow());
        var tampered = Ping.Bytes;
        tampered[^1] ^= 1;
        Assert.Null(Gateway.Read(signature, tampered));
        Assert.Null(Gateway.Read(signature, Ping.Bytes.AsMemory(1)));
        Assert.Null(Gateway.Read(signature, default));
        Assert.Null(Gateway.Read($"t={Clock.GetUtcNow().ToUnixTimeSeconds() + 1},v1={Ping.Mac(Clock.GetUtcNow())}", Ping.Bytes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(",,,=,")]
    [InlineData("garbage")]
    [InlineData("t=NOW")]
    [InlineData("v1=MAC")]
    [InlineData("t=,v1=MAC")]
    [InlineData("t=-NOW,v1=MAC")]
    [InlineData("t=NOW.0,v1=MAC")]
    [InlineData("t=99999999999999999999,v1=MAC")]
    [InlineData("t=9223372036854775807,v1=MAC")]
    [InlineData("t=NOW,v1=")]
    [InlineData("t=NOW,v1=MAC0")]
    [InlineData("t=NOW,v1=é")]
    [InlineData("t=NOW,v0=MAC")]
    [InlineData("t=NOW;v1=MAC")]
    [InlineData("T=NOW,V1=MAC")]
    public void A_header_that_is_no_signature_is_not_Stripes(string? header)
    {
        var now = Clock.GetUtcNow();
        var time = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(Gateway.Read(header?.Replace("NOW", time, StringComparison.Ordinal).Replace("MAC", Ping.Mac(now), StringComparison.Ordinal), Ping.Bytes));
    }

    private PaymentNotice? Read(StripeHook hook) => Gateway.Read(hook.Signature(Clock.GetUtcNow()), Encoding.UTF8.GetBytes(hook.Body));
}
