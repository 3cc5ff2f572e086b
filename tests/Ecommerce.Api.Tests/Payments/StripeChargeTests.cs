using System.Diagnostics;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness.Stripe;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Payments;

public sealed class StripeChargeTests : StripeTests
{
    [Theory]
    [InlineData("pm_card_visa")]
    [InlineData("tok_visa")]
    public async Task A_charge_is_one_confirmed_payment_intent_under_its_key(string token)
    {
        Assert.Equal(Paid(), await Charge(token));
        var request = Assert.Single(Stripe.Requests);
        Assert.Equal(("POST", "/v1/payment_intents", Due.Key, token), (request.Method, request.Path, request.Key, request.Token));
        Assert.Equal(("1299", "usd", "ord_1"), (request.Form["amount"], request.Form["currency"], request.Form["metadata[orderId]"]));
        Assert.Equal(1299, Stripe.Captured("ord_1"));
        Assert.Empty(Log.Lines);
    }

    [Fact]
    public async Task A_charge_that_is_asked_for_again_is_made_once()
    {
        Assert.Equal(Paid(), await Charge());
        Assert.Equal(Paid(), await Charge());
        Assert.Single(Stripe.Books.Intents);
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "generic_decline")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "lost_card")]
    [InlineData("pm_card_authenticationRequired", "authentication_required")]
    public async Task A_declined_card_is_declined_for_the_most_exact_reason_now_and_later(string token, string reason)
    {
        var declined = new ChargeResult.Declined(reason);
        Assert.Equal(declined, await Charge(token));
        Assert.Equal(declined, await Charge(token));
        Assert.Equal(declined, await LookUp());
        Assert.Equal(0, Stripe.Captured("ord_1"));
    }

    [Fact]
    public async Task A_card_that_does_not_exist_is_declined() => Assert.Equal(new ChargeResult.Declined("resource_missing"), await Charge("pm_nobody"));

    [Fact]
    public async Task An_amount_that_is_too_small_is_declined() =>
        Assert.Equal(new ChargeResult.Declined("amount_too_small"), await Gateway.Charge(Due with { Amount = new(49) }, "pm_card_visa", Cancellation));

    [Theory]
    [InlineData(Mishap.LostRequest)]
    [InlineData(Mishap.LostReply)]
    [InlineData(Mishap.HangBefore)]
    [InlineData(Mishap.HangAfter)]
    [InlineData(Mishap.ErrorBefore)]
    public async Task Charge_whose_request_or_reply_is_lost_is_made_once(Mishap mishap)
    {
        Stripe.Next(StripeCall.MakeIntent, mishap, mishap);
        Assert.Equal(Paid(), await GatewayWith(timeLimit: 0.5).Charge(Due, "pm_card_visa", Cancellation));
        Assert.Single(Stripe.Books.Intents);
        Assert.Equal(3, Asked(StripeCall.MakeIntent));
    }

    [Theory]
    [InlineData(Mishap.LostReply)]
    [InlineData(Mishap.ErrorBefore)]
    public async Task Trouble_that_does_not_pass_is_of_unknown_outcome_after_three_tries(Mishap mishap)
    {
        Stripe.Next(StripeCall.MakeIntent, mishap, mishap, mishap, mishap);
        Assert.Equal(Unknown, await Charge());
        Assert.Equal(3, Asked(StripeCall.MakeIntent));
    }

    [Fact]
    public async Task A_failure_after_charging_is_of_unknown_outcome_and_found_later()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.ErrorAfter);
        Assert.Equal(Unknown, await Charge());
        Assert.Equal(Paid(), await LookUp());
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_of_unknown_outcome()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.Garbage);
        Assert.Equal(Unknown, await Charge());
        Assert.Equal(1, Asked(StripeCall.MakeIntent));
        Assert.Equal(Paid(), await Charge());
        Assert.Single(Log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Too_many_requests_are_of_unknown_outcome_and_not_made_more()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.RateLimited);
        Assert.Equal(Unknown, await Charge());
        Assert.Equal(1, Asked(StripeCall.MakeIntent));
    }

    [Fact]
    public async Task A_payment_that_is_still_processing_is_of_unknown_outcome()
    {
        Assert.Equal(Unknown, await Charge("pm_card_processing"));
        Assert.Equal(Unknown, await LookUp());
        Assert.Equal(Unknown, await Void());
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task A_charge_in_progress_is_of_unknown_outcome_to_another_try()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.Stalled);
        var first = Charge();
        await Stripe.Holding();
        Assert.Equal(Unknown, await Charge());
        await Stripe.Release();
        Assert.Equal(Paid(), await first);
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task A_charge_under_a_key_of_other_parameters_is_answered_for_the_one_that_was_made()
    {
        await Charge();
        Assert.Equal(Paid(), await Charge("pm_card_visa_chargeDeclined"));
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task A_wrong_secret_key_is_of_unknown_outcome_and_an_error_in_the_log()
    {
        Assert.Equal(Unknown, await GatewayWith("sk_test_wrong").Charge(Due, "pm_card_visa", Cancellation));
        var line = Assert.Single(Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("Payment__Stripe__SecretKey", line.Message);
        Assert.DoesNotContain("sk_test_wrong", line.Message);
    }

    [Fact]
    public async Task A_provider_out_of_reach_is_of_unknown_outcome_everywhere()
    {
        await Stripe.DisposeAsync();
        Assert.Equal([Unknown, Unknown, Unknown], await Task.WhenAll(Charge(), LookUp(), Void()));
        Assert.Equal(new RefundResult.Unknown(), await Gateway.Refund(new("k", "ord_1", "pi_1", new(1), "USD"), Cancellation));
    }

    [Fact]
    public async Task Whoever_waits_no_longer_is_told_at_once_that_the_outcome_is_unknown()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.HangBefore);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        Assert.Equal(Unknown, await Gateway.Charge(Due, "pm_card_visa", patience.Token));
        Assert.Equal(Unknown, await Gateway.Charge(Due, "pm_card_visa", patience.Token));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal(1, Asked(StripeCall.MakeIntent));
    }
}
