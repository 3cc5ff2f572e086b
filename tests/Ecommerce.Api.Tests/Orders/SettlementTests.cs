using Ecommerce.Api.Carts;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders;

public sealed class SettlementTests
{
    private static readonly DateTime Then = DateTime.UnixEpoch;
    private static readonly DateTime Now = Then.AddSeconds(1);
    private static readonly OrderLine Line = new("prod_bowl", null, "Bowl", "Bowl", 2, new(1299));
    private static readonly Cart Bought = new("usr_1") { Version = 4, Lines = [new("prod_bowl", null, "Bowl", 2, new(1299))] };

    private static readonly Order Held = Reservation.Hold(
        Order.New(Ids.Derive("ord", "1"), "usr_1", OrderStatus.Reserved, [Line], "USD", Then) with { CartVersion = 4, Version = 1 },
        "pay_1", new(new("CARD", "tok"), null), Then, TimeSpan.FromMinutes(15));

    [Fact]
    public void A_hold_says_until_when_it_lasts_and_who_has_it()
    {
        Assert.Equal((1, Then + Reservation.Lease, Then.AddMinutes(15)), (Held.Attempt, Held.LeaseUntil, Held.HoldExpiresAt));
        Assert.Equal(new Payment("pay_1", "CARD", PaymentStatus.Pending), Held.Payment);
        Assert.Equal([new StockMove(new("prod_bowl", null), -2)], Reservation.Take(Held));
        Assert.Equal([new StockMove(new("prod_bowl", null), 2)], Reservation.GiveBack(Held));
        Assert.True(Reservation.Lease > TimeSpan.FromSeconds(25));
        var taken = Reservation.TakeOver(Held, Now);
        Assert.Equal((2, Now + Reservation.Lease, Held.HoldExpiresAt), (taken.Attempt, taken.LeaseUntil, taken.HoldExpiresAt));
    }

    [Fact]
    public void A_paid_order_is_confirmed_and_empties_the_cart_it_bought()
    {
        var settlement = Settlement.Confirm(Held, "ref", "Stub", Bought, Now);
        Assert.Equal((OrderStatus.Confirmed, null, null), (settlement.Order.Status, settlement.Order.LeaseUntil, settlement.Order.HoldExpiresAt));
        Assert.Equal(new Payment("pay_1", "CARD", PaymentStatus.Success), settlement.Order.Payment);
        Assert.Equal("ref", ((Put)settlement.Writes[1]).Item.Text("reference"));
        Assert.Empty(settlement.Moves);
        Assert.Empty(settlement.Cart!.Lines);
        Assert.Equal((Held.OrderId, 4), (settlement.Cart.BoughtAs, settlement.Cart.Version));
        Assert.Equal(["Orders", "Payments", "EventLogs"], Tables(settlement));
        var put = Assert.IsType<Put>(settlement.Writes[0]);
        Assert.Equal(Expect.AtVersion(1), put.Expect);
        Assert.True(put.Item["dueQueue"].IsNone && put.Item["dueAt"].IsNone);
        Assert.Equal(Expect.Absent, settlement.Writes[1].Expect);
        Assert.Equal(2598, ((Put)settlement.Writes[1]).Item.Number("amount"));
        Assert.Equal(["PaymentSuccess", "OrderConfirmed"], Events(settlement));
    }

    [Fact]
    public void A_declined_order_gives_its_stock_back_and_leaves_the_cart_as_a_new_state_of_itself()
    {
        var settlement = Settlement.Decline(Held, "lost_card", "Stub", Bought, "trace", Now);
        Assert.Equal((OrderStatus.PaymentFailed, "lost_card", "trace"), (settlement.Order.Status, settlement.Order.History[^1].Reason, settlement.Order.AnswerTraceId));
        Assert.Equal(new Payment("pay_1", "CARD", PaymentStatus.Declined, "lost_card"), settlement.Order.Payment);
        Assert.Equal([new(new("prod_bowl", null), 2)], settlement.Moves);
        Assert.Equal(Bought, settlement.Cart);
        Assert.Equal(["Orders", "Payments", "EventLogs"], Tables(settlement));
        Assert.Equal(["PaymentDeclined"], Events(settlement));
        Assert.True(((Put)settlement.Writes[0]).Item["dueQueue"].IsNone);
    }

    [Fact]
    public void An_order_of_unknown_payment_waits_with_its_stock_for_whoever_looks_next()
    {
        var settlement = Settlement.Await(Held, Now);
        Assert.Equal((OrderStatus.PaymentPending, Now, Held.HoldExpiresAt), (settlement.Order.Status, settlement.Order.LeaseUntil, settlement.Order.HoldExpiresAt));
        Assert.Empty(settlement.Moves);
        Assert.Null(settlement.Cart);
        Assert.Equal(["Orders"], Tables(settlement));
        var put = (Put)settlement.Writes[0];
        Assert.Equal((OrderItems.HeldQueue(Ids.Shard(Held.OrderId)), Now.ToMilliseconds()), (put.Item.Text("dueQueue"), put.Item.Number("dueAt")));

        var again = Settlement.Await(settlement.Order with { Version = 2 }, Now.AddSeconds(1));
        Assert.Equal((2, Now.AddSeconds(1)), (again.Order.History.Count, again.Order.LeaseUntil));
    }

    [Fact]
    public void A_cart_that_is_another_by_now_is_none_of_the_orders_business()
    {
        var changed = Bought with { Version = 5 };
        Assert.Null(Settlement.Confirm(Held, "ref", "Stub", changed, Now).Cart);
        Assert.Null(Settlement.Decline(Held, "no", "Stub", changed, "trace", Now).Cart);
        Assert.Null(Settlement.Confirm(Held, "ref", "Stub", null, Now).Cart);
        Assert.Null(Settlement.Confirm(Held with { CartVersion = null }, "ref", "Stub", Bought, Now).Cart);
    }

    [Fact]
    public void An_order_is_read_from_the_store_as_it_was_put()
    {
        var order = Held with
        {
            ShippingAddress = new(new Item { ["street"] = "12 Harbour Road" }),
            Lines = [Line, new("prod_shirt", "M", "Shirt", "Red Home 2026", 1, new(2000))],
            Fingerprint = "fp_1",
            CheckoutFingerprint = "fp_2",
            AnswerTraceId = "trace",
        };
        var item = order.ToPut().Item.Copy();
        item[Item.VersionAttribute] = 1;
        var read = item.ToOrder();
        Assert.Equal(order.Lines, read.Lines);
        Assert.Equal(order.History, read.History);
        Assert.Equal(order, read with { Lines = order.Lines, History = order.History });
        Assert.False(item.IsClaim());
        Assert.True(OrderItems.Claim("ord_key", order).Item.IsClaim());
    }

    private static IEnumerable<string> Tables(Settlement settlement) => settlement.Writes.Select(write => write.Key.Table.Name);

    private static IEnumerable<string> Events(Settlement settlement) =>
        ((Put)settlement.Writes[^1]).Item.List("events").Select(e => e.AsMap.Text("eventType"));
}
