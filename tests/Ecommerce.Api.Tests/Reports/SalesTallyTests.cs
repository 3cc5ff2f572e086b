using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Reports;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Reports;

/// <summary>What the entries of an order mean for the sales, each as it stands in the log.</summary>
public sealed class SalesTallyTests
{
    private static readonly DateTime Evening = new(2036, 1, 31, 23, 59, 59, 999, DateTimeKind.Utc);
    private static readonly DateTime Midnight = new(2036, 2, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly LastOfJanuary = new(2036, 1, 31);
    private static readonly DateOnly FirstOfFebruary = new(2036, 2, 1);

    private static readonly OrderLine[] Lines =
    [
        new("prod_shirt", "S", "Shirt", "Shirt", 2, new(2000)),
        new("prod_shirt", "M", "Shirt", "Shirt", 1, new(2000)),
        new("prod_bowl", null, "Bowl", "Bowl", 3, new(1299)),
    ];

    private static readonly Order Held = Reservation.Hold(
        Order.New(Ids.Derive("ord", "1"), "usr_1", OrderStatus.Reserved, Lines, "USD", Evening), "pay_1", new(new("CARD", "tok"), null), Evening, TimeSpan.FromMinutes(15));

    [Fact]
    public void A_sale_counts_on_the_day_of_its_confirmation_once_for_each_product_whatever_the_sizes()
    {
        Assert.Empty(Counted(OrderEvents.Log(Held, EventType.OrderCreated)));
        var counted = Counted(Log(Confirmed(Midnight)));
        Assert.Equal(3, counted.Count);
        Assert.Equal(new Sales(1, 6, new(9897), Money.Zero), counted[SalesItems.DayKey(FirstOfFebruary)]);
        Assert.Equal(new Sales(1, 3, new(6000), Money.Zero), counted[SalesItems.ProductKey(FirstOfFebruary, "prod_shirt")]);
        Assert.Equal(new Sales(1, 3, new(3897), Money.Zero), counted[SalesItems.ProductKey(FirstOfFebruary, "prod_bowl")]);
    }

    [Fact]
    public void The_last_moment_of_a_day_belongs_to_it() =>
        Assert.Contains(SalesItems.DayKey(LastOfJanuary), Counted(Log(Confirmed(Evening))).Keys);

    [Fact]
    public void Cancelling_takes_nothing_from_the_sale_until_the_money_is_back_and_then_it_is_a_refund_of_each_product()
    {
        var cancelled = OrderDecisions.Cancel(Confirmed(Evening).Order, "mistake", null, Evening);
        Assert.Empty(Counted(Log(cancelled)));
        var counted = Counted(Log(PaidBack(cancelled.Order, Midnight)));
        Assert.Equal(3, counted.Count);
        Assert.Equal(Refund(9897), counted[SalesItems.DayKey(FirstOfFebruary)]);
        Assert.Equal(Refund(6000), counted[SalesItems.ProductKey(FirstOfFebruary, "prod_shirt")]);
        Assert.Equal(Refund(3897), counted[SalesItems.ProductKey(FirstOfFebruary, "prod_bowl")]);
    }

    [Fact]
    public void Nothing_that_is_told_outside_says_what_the_books_alone_need_or_the_buyer_said()
    {
        var cancelled = OrderDecisions.Cancel(Confirmed(Evening).Order, "mistake", null, Evening);
        var told = LogEntry.Of(Log(PaidBack(cancelled.Order, Midnight)).Item).Events.Single();
        Assert.Equal(["amount", "currency", "orderId", "paymentId", "status", "totalAmount"], told.Metadata.Select(fact => fact.Key).Order());
    }

    [Fact]
    public void A_refund_of_a_part_is_no_products()
    {
        var owing = OrderDecisions.Refund(Confirmed(Evening).Order, new(500), "late", null, Evening).Order;
        Assert.Equal([(SalesItems.DayKey(FirstOfFebruary), Refund(500))], Counted(Log(PaidBack(owing, Midnight))).Select(one => (one.Key, one.Value)));
    }

    [Fact]
    public void What_is_paid_back_of_an_order_that_never_was_confirmed_is_no_refund_of_a_sale()
    {
        var cancelled = OrderDecisions.Cancel(Held, "mistake", null, Evening).Order;
        var late = ChargeOutcome.Of(cancelled, new ChargeResult.Succeeded("ref", cancelled.Total, "USD"), new("Stub", null, "trace", Evening))!;
        Assert.Empty(Counted(Log(late)));
        var paidBack = Log(PaidBack(late.Order, Midnight));
        Assert.Equal(9897, LogEntry.Of(paidBack.Item).Events.Single().Metadata.Number("amount"));
        Assert.Empty(Counted(paidBack));
    }

    [Fact]
    public void Every_number_is_an_addition()
    {
        var adjusts = SalesCounter.WritesOf(LogEntry.Of(Log(Confirmed(Midnight)).Item)).Cast<Adjust>().ToDictionary(adjust => adjust.Key);
        Assert.Equal(3, adjusts.Count);
        var day = adjusts[SalesItems.DayKey(FirstOfFebruary)];
        Assert.Equal([new("orders", 1), new("units", 6), new("revenue", 9897), new("refunds", 0)], day.Deltas);
        Assert.Equal(Expect.Anything, day.Expect);
    }

    [Fact]
    public void A_range_of_days_is_a_query_a_month()
    {
        var queries = SalesItems.Products(new(2035, 12, 30), new(2036, 2, 1)).Select(query => $"{query.Partition} {query.From} {query.To}");
        Assert.Equal(["sales.2035-12 30. 31.~", "sales.2036-01 01. 31.~", "sales.2036-02 01. 01.~"], queries);
        Assert.Equal(["sales.2036-01 31. 31.~"], SalesItems.Products(LastOfJanuary, LastOfJanuary).Select(query => $"{query.Partition} {query.From} {query.To}"));
    }

    private static Sales Refund(long amount) => new(0, 0, Money.Zero, new(amount));

    private static OrderChange Confirmed(DateTime at) => ChargeOutcome.Of(Held, new ChargeResult.Succeeded("ref", Held.Total, "USD"), new("Stub", null, "trace", at))!;

    private static OrderChange PaidBack(Order owing, DateTime at) =>
        RefundOutcome.Of(owing, owing.NextRefund(), new RefundResult.Succeeded(), PaymentRecord.Of(owing, "Stub", "ref").Item, at)!;

    private static Put Log(OrderChange change) => change.Beside.OfType<Put>().Single(put => put.Table == Tables.EventLogs);

    private static IReadOnlyDictionary<ItemKey, Sales> Counted(Put log)
    {
        var tally = new SalesTally();
        tally.Add(LogEntry.Of(log.Item));
        return tally.Sales;
    }
}
