using System.Globalization;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness.Stripe;

namespace Ecommerce.Api.Tests.Payments;

public sealed class StripeRefundTests : StripeTests
{
    private static readonly RefundResult Succeeded = new RefundResult.Succeeded();
    private static readonly RefundResult UnknownRefund = new RefundResult.Unknown();

    [Fact]
    public async Task A_refund_is_made_once_under_its_key()
    {
        await Charge();
        Assert.Equal(Succeeded, await Refund());
        Assert.Equal(Succeeded, await Refund());
        Assert.Equal(500, Stripe.PaidBack("ord_1"));
        var request = Assert.Single(Stripe.Requests, request => request.Call == StripeCall.Refund);
        Assert.Equal(("ord_1:refund", "pi_000001", "500"), (request.Key, request.Form["payment_intent"], request.Form["amount"]));
        Assert.Equal("ord_1", request.Form["metadata[orderId]"]);
    }

    [Fact]
    public async Task A_refund_tried_again_after_its_key_was_forgotten_does_not_pay_twice()
    {
        await Charge();
        await Refund();
        Stripe.ForgetKeys();
        Assert.Equal(Succeeded, await Refund());
        Assert.Equal(500, Stripe.PaidBack("ord_1"));
    }

    [Theory]
    [InlineData(Mishap.LostRequest)]
    [InlineData(Mishap.LostReply)]
    [InlineData(Mishap.ErrorBefore)]
    public async Task A_refund_whose_request_or_reply_is_lost_is_made_once(Mishap mishap)
    {
        await Charge();
        Stripe.Next(StripeCall.Refund, mishap);
        Assert.Equal(Succeeded, await Refund());
        Assert.Equal(500, Stripe.PaidBack("ord_1"));
    }

    [Theory]
    [InlineData(Mishap.ErrorAfter)]
    [InlineData(Mishap.Garbage)]
    public async Task A_refund_of_unknown_outcome_is_found_by_the_next_try(Mishap mishap)
    {
        await Charge();
        Stripe.Next(StripeCall.Refund, mishap);
        Assert.Equal(UnknownRefund, await Refund());
        Assert.Equal(Succeeded, await Refund());
        Assert.Equal(500, Stripe.PaidBack("ord_1"));
    }

    [Fact]
    public async Task Refunds_of_different_keys_add_up_to_the_charge_and_no_further()
    {
        await Charge();
        Assert.Equal(Succeeded, await Refund("a", 1000));
        Assert.Equal(new RefundResult.Failed("amount_too_large"), await Refund("b", 300));
        Assert.Equal(Succeeded, await Refund("c", 299));
        Assert.Equal(new RefundResult.Failed("charge_already_refunded"), await Refund("d", 1));
        Assert.Equal(Succeeded, await Refund("a", 1000));
        Assert.Equal(1299, Stripe.PaidBack("ord_1"));
    }

    [Theory]
    [InlineData("succeeded", null)]
    [InlineData("pending", "")]
    [InlineData("failed", "failed")]
    [InlineData("canceled", "canceled")]
    public async Task A_refund_is_as_its_status_says_now_and_later(string status, string? failure)
    {
        await Charge();
        Stripe.Books.RefundStatus = status;
        RefundResult wanted = failure switch { null => Succeeded, "" => UnknownRefund, _ => new RefundResult.Failed(failure) };
        Assert.Equal(wanted, await Refund());
        Assert.Equal(wanted, await Refund());
        Assert.Equal(1, Asked(StripeCall.Refund));
    }

    [Fact]
    public async Task A_status_that_decides_nothing_is_of_unknown_outcome()
    {
        await Charge();
        Stripe.Books.RefundStatus = "requires_action";
        Assert.Equal(UnknownRefund, await Refund());
    }

    [Fact]
    public async Task Nothing_is_paid_back_while_it_cannot_be_seen_what_was()
    {
        await Charge();
        Stripe.Next(StripeCall.ListRefunds, Mishap.RateLimited, Mishap.Garbage);
        Assert.Equal(UnknownRefund, await Refund());
        Assert.Equal(UnknownRefund, await Refund());
        Assert.Equal(0, Asked(StripeCall.Refund));
    }

    [Fact]
    public async Task A_refund_in_progress_is_of_unknown_outcome_to_another_try_with_the_same_or_another_amount()
    {
        await Charge();
        Stripe.Next(StripeCall.Refund, Mishap.Stalled);
        var first = Refund();
        await Stripe.Holding();
        Assert.Equal(UnknownRefund, await Refund());
        Assert.Equal(UnknownRefund, await Refund(amount: 400));
        await Stripe.Release();
        Assert.Equal(Succeeded, await first);
        Assert.Equal(500, Stripe.PaidBack("ord_1"));
    }

    [Fact]
    public async Task A_refund_that_is_made_between_reading_and_asking_is_not_a_failure()
    {
        await Charge();
        Stripe.Next(StripeCall.Refund, Mishap.LateArrival);
        var second = Refund(amount: 1299);
        await Stripe.Holding();
        Stripe.Books.PayBack(Stripe.Books.Intents[0], 1299, new() { ["refundKey"] = "ord_1:refund" });
        await Stripe.Release();
        Assert.Equal(Succeeded, await second);
    }

    [Fact]
    public async Task A_refund_of_no_charge_fails() =>
        Assert.Equal(new RefundResult.Failed("resource_missing"), await Refund());

    [Fact]
    public async Task A_refund_is_found_among_more_than_a_page_of_them()
    {
        await Charge();
        var intent = Stripe.Books.Intents[0];
        for (var number = 0; number < 101; number++)
            Stripe.Books.PayBack(intent, 1, new() { ["refundKey"] = number.ToString(CultureInfo.InvariantCulture) });
        Assert.Equal(Succeeded, await Refund("0", 1));
        Assert.Equal((2, 0), (Asked(StripeCall.ListRefunds), Asked(StripeCall.Refund)));
    }

    private Task<RefundResult> Refund(string key = "ord_1:refund", long amount = 500) =>
        Gateway.Refund(new(key, "ord_1", "pi_000001", new(amount), "USD"), Cancellation);
}
