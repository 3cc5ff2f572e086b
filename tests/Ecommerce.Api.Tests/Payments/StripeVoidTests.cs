using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;

namespace Ecommerce.Api.Tests.Payments;

/// <summary>Charges that are looked up or called off.</summary>
public sealed class StripeVoidTests : StripeTests
{
    [Fact]
    public async Task A_charge_that_was_never_asked_for_is_not_made() => Assert.Equal(NotMade, await LookUp());

    [Fact]
    public async Task A_charge_is_found_when_the_search_has_caught_up()
    {
        Stripe.Books.SearchLags = true;
        await Charge();
        Assert.Equal(NotMade, await LookUp());
        Stripe.Books.SearchLags = false;
        Assert.Equal(Paid(), await LookUp());
    }

    [Fact]
    public async Task A_key_with_quotes_finds_its_own_charge_only()
    {
        var odd = Due with { Key = @"it's \' a ""key"" \" };
        Assert.Equal(Paid(), await Gateway.Charge(odd, Shopping.Card, Cancellation));
        Assert.Equal(Paid(), await Gateway.LookUp(odd, Cancellation));
        Assert.Equal(NotMade, await LookUp());
    }

    [Fact]
    public async Task A_look_up_without_an_answer_is_of_unknown_outcome()
    {
        Stripe.Next(StripeCall.SearchIntents, Mishap.Garbage, Mishap.RateLimited, Mishap.LostReply);
        Assert.Equal(Unknown, await LookUp());
        Assert.Equal(Unknown, await LookUp());
        Assert.Equal(NotMade, await LookUp());
    }

    [Fact]
    public async Task A_charge_called_off_before_it_was_made_can_never_be_made()
    {
        Assert.Equal(Voided, await Void());
        Assert.Equal(Voided, await Charge());
        Assert.Equal(Voided, await LookUp());
        Assert.Equal(Voided, await Void());
        Assert.Equal("canceled", Assert.Single(Stripe.Books.Intents).Status);
    }

    [Fact]
    public async Task A_charge_that_arrives_after_it_was_called_off_charges_nobody()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.LateArrival);
        using var patience = new CancellationTokenSource();
        var charge = Gateway.Charge(Due, Shopping.Card, patience.Token);
        await Stripe.Holding();
        await patience.CancelAsync();
        Assert.Equal(Unknown, await charge);

        Assert.Equal(Voided, await Void());
        await Stripe.Release();
        Assert.Equal(0, Stripe.Captured("ord_1"));
        Assert.Equal(Voided, await LookUp());
    }

    [Fact]
    public async Task A_charge_in_progress_is_not_called_off()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.Stalled);
        var charge = Charge();
        await Stripe.Holding();
        Assert.Equal(Unknown, await Void());
        await Stripe.Release();
        Assert.Equal(Paid(), await charge);
        Assert.Equal(Paid(), await Void());
    }

    [Fact]
    public async Task A_charge_that_the_search_has_not_found_yet_is_not_called_off()
    {
        Stripe.Books.SearchLags = true;
        await Charge();
        Assert.Equal(Unknown, await Void());
        Stripe.Books.SearchLags = false;
        Assert.Equal(Paid(), await Void());
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task While_the_search_lags_a_charge_called_off_is_not_made_either()
    {
        Stripe.Books.SearchLags = true;
        Assert.Equal(Voided, await Void());
        Assert.Equal(Voided, await Void());
        Assert.Equal(Unknown, await Charge());
        Stripe.Books.SearchLags = false;
        Assert.Equal(Voided, await Charge());
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task A_declined_charge_keeps_its_reason_when_it_is_called_off()
    {
        await Charge("pm_card_visa_chargeDeclinedLostCard");
        Assert.Equal(new ChargeResult.Declined("lost_card"), await Void());
    }

    [Fact]
    public async Task A_charge_of_long_ago_is_found_before_its_forgotten_key_is_taken()
    {
        await Charge();
        Stripe.ForgetKeys();
        Assert.Equal(Paid(), await Void());
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task Money_that_was_taken_counts_before_anything_later_under_the_same_key()
    {
        await Charge();
        Stripe.ForgetKeys();
        Stripe.Books.SearchLags = true;
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(Unknown, await Charge("pm_card_processing"));
        Stripe.ForgetKeys();
        await Charge("pm_card_visa_chargeDeclined");
        Stripe.Books.SearchLags = false;
        Assert.Equal(3, Stripe.Books.Intents.Count);
        Assert.Equal(Paid(), await LookUp());
    }

    [Fact]
    public async Task What_cannot_be_canceled_in_the_books_is_called_off_all_the_same()
    {
        Stripe.Next(StripeCall.CancelIntent, Mishap.ErrorBefore, Mishap.ErrorBefore, Mishap.ErrorBefore);
        Assert.Equal(Voided, await Void());
        Assert.Equal("requires_payment_method", Assert.Single(Stripe.Books.Intents).Status);
        Assert.Equal(Voided, await LookUp());
    }

    [Fact]
    public async Task A_void_whose_reply_is_lost_holds()
    {
        Stripe.Next(StripeCall.MakeIntent, Mishap.LostReply);
        Assert.Equal(Voided, await Void());
        Assert.Single(Stripe.Books.Intents);
    }

    [Fact]
    public async Task Nothing_is_called_off_while_it_cannot_be_looked_up()
    {
        Stripe.Next(StripeCall.SearchIntents, Mishap.RateLimited);
        Assert.Equal(Unknown, await Void());
        Assert.Equal(0, Asked(StripeCall.MakeIntent));
    }

    [Fact]
    public async Task A_charge_that_could_never_be_made_is_called_off_for_the_same_reason() =>
        Assert.Equal(new ChargeResult.Declined("amount_too_small"), await Gateway.Void(Due with { Amount = new(49) }, Cancellation));
}
