using Ecommerce.Api.Carts;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders;

public sealed class OrderChangeTests
{
    private static readonly DateTime Then = DateTime.UnixEpoch;
    private static readonly DateTime Now = Then.AddSeconds(1);
    private static readonly ChargeResult Unknown = new ChargeResult.Unknown();
    private static readonly OrderLine Line = new("prod_bowl", null, "Bowl", "Bowl", 2, new(1299));
    private static readonly Cart Bought = new("usr_1") { Version = 4, Lines = [new("prod_bowl", null, "Bowl", 2, new(1299))] };

    private static readonly PostalAddress Home = new(new Item { ["street"] = "12 Harbour Road" });

    private static readonly Order Held = Reservation.Hold(
        Order.New(Ids.Derive("ord", "1"), "usr_1", OrderStatus.Reserved, [Line], "USD", Then) with { CartVersion = 4, Version = 1 },
        "pay_1", new(new("CARD", "tok"), null), Then, TimeSpan.FromMinutes(15));

    [Fact]
    public void A_hold_says_until_when_it_lasts_and_who_has_it()
    {
        Assert.Equal((1, true, Then + Lease.Life, Then.AddMinutes(15)), (Held.Attempt, Held.IsLeased, Held.DueAt, Held.HoldExpiresAt));
        Assert.Equal(new Payment("pay_1", "CARD", PaymentStatus.Pending), Held.Payment);
        Assert.Equal([new StockMove(new("prod_bowl", null), -2)], Reservation.Take(Held));
        Assert.Equal([new StockMove(new("prod_bowl", null), 2)], Reservation.Release(Held));
        Assert.True(Lease.Life > TimeSpan.FromSeconds(25));
        var taken = Held.Leased(Now);
        Assert.Equal((2, true, Now + Lease.Life, Held.HoldExpiresAt), (taken.Attempt, taken.IsLeased, taken.DueAt, taken.HoldExpiresAt));
    }

    [Fact]
    public void A_paid_order_is_confirmed_and_empties_the_cart_it_bought()
    {
        var settlement = Settle(Held, Paid(Held), Bought)!;
        Assert.Equal((OrderStatus.Confirmed, null, false, null), (settlement.Order.Status, settlement.Order.DueAt, settlement.Order.IsLeased, settlement.Order.HoldExpiresAt));
        Assert.Equal(new Payment("pay_1", "CARD", PaymentStatus.Success), settlement.Order.Payment);
        Assert.Equal("ref", ((Put)settlement.Writes[1]).Item.Text("reference"));
        Assert.Empty(settlement.Moves);
        Assert.Empty(settlement.Cart!.Lines);
        Assert.Equal((Held.OrderId, 4), (settlement.Cart.BoughtAs, settlement.Cart.Version));
        Assert.Equal(["Orders", "Payments", "EventLogs"], Tables(settlement));
        var put = Assert.IsType<Put>(settlement.Writes[0]);
        Assert.Equal(Expect.AtVersion(1), put.Expect);
        Assert.True(put.Item["dueQueue"].IsNone && put.Item["dueAt"].IsNone && put.Item["leased"].IsNone);
        Assert.Equal(2598, ((Put)settlement.Writes[1]).Item.Number("amount"));
        Assert.Equal(["PaymentSuccess", "OrderConfirmed"], Events(settlement));
    }

    [Fact]
    public void A_declined_order_gives_its_stock_back_and_leaves_the_cart_as_a_new_state_of_itself()
    {
        var settlement = Settle(Held, new ChargeResult.Declined("lost_card"), Bought)!;
        Assert.Equal((OrderStatus.PaymentFailed, "lost_card", "trace"), (settlement.Order.Status, settlement.Order.History[^1].Reason, settlement.Order.AnswerTraceId));
        Assert.Equal(new Payment("pay_1", "CARD", PaymentStatus.Declined, "lost_card"), settlement.Order.Payment);
        Assert.Equal([new(new("prod_bowl", null), 2)], settlement.Moves);
        Assert.Equal(Bought, settlement.Cart);
        Assert.Equal(["Orders", "Payments", "EventLogs"], Tables(settlement));
        Assert.Equal(["PaymentDeclined"], Events(settlement));
        Assert.True(((Put)settlement.Writes[0]).Item["dueQueue"].IsNone);
    }

    [Fact]
    public void An_order_of_unknown_payment_waits_with_its_stock_longer_each_time()
    {
        var settlement = Settle(Held, Unknown, Bought)!;
        Assert.Equal((OrderStatus.PaymentPending, Now.AddSeconds(5), false), (settlement.Order.Status, settlement.Order.DueAt, settlement.Order.IsLeased));
        Assert.Equal(Held.HoldExpiresAt, settlement.Order.HoldExpiresAt);
        Assert.Empty(settlement.Moves);
        Assert.Null(settlement.Cart);
        Assert.Equal(["Orders"], Tables(settlement));
        var put = (Put)settlement.Writes[0];
        Assert.Equal((OrderItems.HeldQueue(Ids.Shard(Held.OrderId)), Now.AddSeconds(5).ToMilliseconds()), (put.Item.Text("dueQueue"), put.Item.Number("dueAt")));

        var third = Settle(settlement.Stored.Leased(Now).Leased(Now), Unknown)!.Order;
        Assert.Equal((2, Now.AddSeconds(20)), (third.History.Count, third.DueAt));
    }

    [Fact]
    public void An_order_of_unknown_payment_waits_no_longer_than_its_hold()
    {
        var late = Held with { Attempt = 12 };
        Assert.Equal(Held.HoldExpiresAt, Settle(late, Unknown)!.Order.DueAt);

        var over = Settle(late with { HoldExpiresAt = Now }, Unknown, Bought)!;
        Assert.Equal((OrderStatus.PaymentFailed, PaymentStatus.Pending, false), (over.Order.Status, over.Order.Payment!.Status, over.Order.IsLeased));
        Assert.Equal([new(new("prod_bowl", null), 2)], over.Moves);
        Assert.Null(over.Cart);
        Assert.Equal((OpenWork.Charge, OrderItems.OpenQueue(Ids.Shard(Held.OrderId))), (over.Order.Work(), ((Put)over.Writes[0]).Item.Text("dueQueue")));

        var still = Settle(over.Stored, Unknown)!;
        Assert.Equal((OrderStatus.PaymentFailed, Now.AddHours(1)), (still.Order.Status, still.Order.DueAt));
        Assert.Empty(still.Moves);

        // Only now is it known that buying the cart again does not charge twice.
        Assert.Equal(Bought, Settle(still.Stored, new ChargeResult.Declined(ChargeResult.Voided), Bought)!.Cart);
    }

    [Fact]
    public void A_charge_that_was_called_off_ends_what_waited_for_it()
    {
        ChargeResult voided = new ChargeResult.Declined(ChargeResult.Voided);
        Assert.Equal(OrderStatus.Expired, Settle(Held, voided)!.Order.Status);
        Assert.Equal(["OrderExpired"], Events(Settle(Held, voided)!));
        var pending = Settle(Held, Unknown)!.Stored;
        Assert.Equal(OrderStatus.PaymentFailed, Settle(pending, voided)!.Order.Status);
        var cancelled = OrderDecisions.Cancel(pending, null, null, Now).Stored;
        var closed = Settle(cancelled, voided)!;
        Assert.Equal((OrderStatus.Cancelled, PaymentStatus.Declined, null), (closed.Order.Status, closed.Order.Payment!.Status, closed.Order.DueAt));
        Assert.Empty(closed.Moves);
        Assert.Null(Settle(closed.Stored, voided));
    }

    [Fact]
    public void An_order_that_was_given_up_and_turns_out_to_be_paid_takes_its_stock_again_or_is_paid_back()
    {
        var expired = Settle(Held, new ChargeResult.Declined(ChargeResult.Voided))!.Stored;
        var late = Settle(expired, Paid(expired))!;
        Assert.Equal(OrderStatus.Confirmed, late.Order.Status);
        Assert.Equal([new(new("prod_bowl", null), -2)], late.Moves);

        var without = late.WithoutStock!;
        Assert.Equal((OrderStatus.Cancelled, "unfulfillable", PaymentStatus.RefundPending), (without.Order.Status, without.Order.History[^1].Reason, without.Order.Payment!.Status));
        Assert.Equal((expired.Total, Money.Zero), (Assert.Single(without.Order.Refunds).Amount, without.Order.Refundable));
        Assert.Equal((OpenWork.Refund, Now), (without.Order.Work(), without.Order.DueAt));
        Assert.Equal(["PaymentSuccess", "OrderUnfulfillable", "OrderCancelled"], Events(without));
        Assert.Empty(without.Moves);
        Assert.Null(Settle(without.Stored, Paid(expired)));
    }

    [Fact]
    public void An_order_that_was_given_up_and_whose_buyer_is_gone_is_paid_back_when_it_turns_out_to_be_paid()
    {
        var expired = Settle((Held with { ShippingAddress = Home }).WithoutBuyer(), new ChargeResult.Declined(ChargeResult.Voided))!.Stored;
        Assert.Null(expired.ShippingAddress);
        var late = Settle(expired, Paid(expired))!;
        Assert.Equal((OrderStatus.Cancelled, "unfulfillable", OpenWork.Refund), (late.Order.Status, late.Order.History[^1].Reason, late.Order.Work()));
        Assert.Equal(["PaymentSuccess", "OrderUnfulfillable", "OrderCancelled"], Events(late));
        Assert.Empty(late.Moves);
        Assert.Null(late.WithoutStock);
    }

    [Fact]
    public void An_order_of_nobody_loses_its_address_whenever_nothing_is_to_be_sent_there()
    {
        var placed = Order.New("ord_1", "usr_1", OrderStatus.Created, [Line], "USD", Then).WithoutBuyer();
        var held = Reservation.Hold(placed.To(OrderStatus.Reserved, Then), "pay_1", new(new("CARD", "tok"), Home), Then, TimeSpan.FromMinutes(15));
        var shipped = OrderDecisions.Ship(Settle(held, Paid(held))!.Order, null, Now).Order;
        Assert.Equal((Home, true), (shipped.ShippingAddress, shipped.BuyerErased));
        Assert.Equal((null, true), (OrderDecisions.Deliver(shipped, Now).Order.ShippingAddress, shipped.BuyerErased));
        Assert.Null(Settle(held, new ChargeResult.Declined("lost_card"))!.Order.ShippingAddress);
    }

    [Fact]
    public void An_order_that_was_cancelled_and_turns_out_to_be_paid_is_paid_back_once()
    {
        var cancelled = OrderDecisions.Cancel(Held, "changed my mind", Bought, Now).Stored;
        Assert.Equal((OpenWork.Charge, 2, true), (cancelled.Work(), cancelled.Attempt, cancelled.IsLeased));
        var owing = Settle(cancelled, Paid(cancelled))!.Stored;
        Assert.Equal((OpenWork.Refund, PaymentStatus.RefundPending), (owing.Work(), owing.Payment!.Status));
        Assert.Null(Settle(owing, Paid(cancelled)));
    }

    [Theory]
    [InlineData(2597, "USD")]
    [InlineData(2599, "USD")]
    [InlineData(2598, "EUR")]
    public void What_is_paid_in_another_amount_or_currency_is_flagged_and_not_confirmed(long amount, string currency)
    {
        var flagged = Settle(Held, new ChargeResult.Succeeded("ref", new(amount), currency), Bought)!;
        Assert.Equal((OrderStatus.PaymentPending, "amount_mismatch"), (flagged.Order.Status, flagged.Order.Payment!.Issue));
        Assert.Equal(OpenWork.Charge, flagged.Order.Work());
    }

    [Fact]
    public void A_cart_that_is_another_by_now_is_none_of_the_orders_business()
    {
        Assert.True(Held.Buys(Bought));
        Assert.False(Held.Buys(Bought with { Version = 5 }));
        Assert.False((Held with { CartVersion = null }).Buys(Bought));
        Assert.False((Held with { CartVersion = null }).Buys(new("usr_1")));
        Assert.Null(Settle(Held, Paid(Held))!.Cart);
        Assert.Null(OrderDecisions.Cancel(Held, null, null, Now).Cart);
    }

    [Fact]
    public void What_the_provider_paid_back_counts_for_the_shops_own_refund_first()
    {
        var paid = Settle(Held, Paid(Held))!.Order;
        var owing = paid.AddRefund(new(1000), "late", null, Then);
        var all = RefundOutcome.OfNotice(owing, new(1000), [], Now)!;
        Assert.Equal((Now, PaymentStatus.PartiallyRefunded), (Assert.Single(all.Order.Refunds).DoneAt, all.Order.Payment!.Status));

        var more = RefundOutcome.OfNotice(owing, new(1300), [], Now)!.Order;
        Assert.Equal([new(1000), new(300)], more.Refunds.Select(refund => refund.Amount));
        Assert.All(more.Refunds, refund => Assert.Equal(Now, refund.DoneAt));
        Assert.Null(RefundOutcome.OfNotice(more, new(1300), [], Now));

        // 5.00 at somebody's desk leave 20.98 of 25.98, and the 24.00 that the shop owes cannot all be paid any more.
        var less = RefundOutcome.OfNotice(paid.AddRefund(new(2400), "late", null, Then), new(500), [], Now)!.Order;
        Assert.Equal([(new Money(2098), null, 1), (new Money(500), Now, 0)], less.Refunds.Select(refund => (refund.Amount, refund.DoneAt, refund.Failures)));
        Assert.Equal((OrderStatus.Refunded, OpenWork.Refund, Money.Zero), (less.Status, less.Work(), less.Refundable));
    }

    [Fact]
    public void An_order_is_read_from_the_store_as_it_was_put()
    {
        var order = Held with
        {
            ShippingAddress = Home,
            BuyerErased = true,
            Lines = [Line, new("prod_shirt", "M", "Shirt", "Red Home 2026", 1, new(2000))],
            Fingerprint = "fp_1",
            CheckoutFingerprint = "fp_2",
            AnswerTraceId = "trace",
            TrackingNumber = "1Z",
            Refunds = [new(1, new(100), "late", Then, Now, 2, "ord_key"), new(2, new(200), null, Now)],
        };
        var item = order.ToPut().Item.Copy();
        item[Item.VersionAttribute] = 1;
        var read = item.ToOrder();
        Assert.Equal(order.Lines, read.Lines);
        Assert.Equal(order.History, read.History);
        Assert.Equal(order.Refunds, read.Refunds);
        Assert.Equal(order.History.Count, read.HistoryStored);
        Assert.Equal(order, read with { Lines = order.Lines, History = order.History, Refunds = order.Refunds, HistoryStored = 0 });
        Assert.False(OrderClaim.Is(item));
        Assert.True(OrderClaim.Is(OrderClaim.Take("ord_key", order.OrderId, "fp_3").Item));
    }

    [Fact]
    public void A_refusal_that_comes_late_says_nothing_of_the_try_after_it()
    {
        var owing = Settle(Held, Paid(Held))!.Order.AddRefund(new(100), "late", null, Then);
        var asked = owing.NextRefund();
        var refused = RefundOutcome.Of(owing, asked, new RefundResult.Failed("no"), [], Now)!.Order;
        Assert.Equal(1, refused.NextRefund().Failures);
        Assert.Null(RefundOutcome.Of(refused, asked, new RefundResult.Failed("no"), [], Now));
        Assert.NotNull(RefundOutcome.Of(refused, asked, new RefundResult.Succeeded(), [], Now));
    }

    private static OrderChange? Settle(Order order, ChargeResult result, Cart? cart = null) => ChargeOutcome.Of(order, result, new("Stub", cart, "trace", Now));

    private static ChargeResult.Succeeded Paid(Order order) => new("ref", order.Total, "USD");

    private static IEnumerable<string> Tables(OrderChange settlement) => settlement.Writes.Select(write => write.Key.Table.Name);

    private static IEnumerable<string> Events(OrderChange settlement) =>
        ((Put)settlement.Writes[^1]).Item.List("events").Select(e => e.AsMap.Text("eventType"));
}
