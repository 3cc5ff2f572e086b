using Ecommerce.Api.Orders;
using static Ecommerce.Api.Orders.OrderStatus;

namespace Ecommerce.Api.Tests.Orders;

public sealed class TransitionsTests
{
    /// <summary>The lines of checkout.md, as they stand there.</summary>
    private static readonly HashSet<(OrderStatus, OrderStatus)> Legal =
    [
        (Created, Reserved), (Reserved, Confirmed), (Confirmed, Shipped), (Shipped, Delivered),
        (Reserved, PaymentPending), (PaymentPending, Confirmed),
        (Reserved, PaymentFailed), (PaymentPending, PaymentFailed),
        (Created, Expired), (Reserved, Expired), (PaymentPending, Expired),
        (Created, Cancelled), (Reserved, Cancelled), (PaymentPending, Cancelled), (Confirmed, Cancelled),
        (Confirmed, Refunded), (Shipped, Refunded), (Delivered, Refunded),

        // Paid although the hold had been released: reserved again, or unfulfillable.
        (PaymentFailed, Confirmed), (Expired, Confirmed), (PaymentFailed, Cancelled), (Expired, Cancelled),
    ];

    private static readonly Order Any = Order.New("ord_1", "usr_1", Created, [], "USD", DateTime.UnixEpoch);

    public static TheoryData<OrderStatus, OrderStatus> Pairs => [.. Enum.GetValues<OrderStatus>().SelectMany(_ => Enum.GetValues<OrderStatus>(), (from, to) => (from, to))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_order_goes_where_its_life_leads_and_nowhere_else(OrderStatus from, OrderStatus to)
    {
        var order = Any with { Status = from };
        Assert.Equal(Legal.Contains((from, to)), from.CanBecome(to));
        if (!Legal.Contains((from, to)))
        {
            Assert.Throws<InvalidOperationException>(() => order.To(to, DateTime.UnixEpoch));
            return;
        }

        var moved = order.To(to, DateTime.UnixEpoch.AddSeconds(1), "why");
        Assert.Equal((to, 2), (moved.Status, moved.History.Count));
        Assert.Equal(new(to, DateTime.UnixEpoch.AddSeconds(1), "why"), moved.History[1]);
        Assert.Equal((DateTime.UnixEpoch, DateTime.UnixEpoch.AddSeconds(1)), (moved.CreatedAt, moved.UpdatedAt));
    }

    [Theory]
    [InlineData(Created, "Checkout Cancel", "Checkout Cancel")]
    [InlineData(Reserved, "Cancel", "Cancel")]
    [InlineData(PaymentPending, "Cancel", "Cancel")]
    [InlineData(Confirmed, "Cancel", "Cancel Ship Refund")]
    [InlineData(Shipped, "", "Deliver Refund")]
    [InlineData(Delivered, "", "Refund")]
    [InlineData(PaymentFailed, "", "")]
    [InlineData(Expired, "", "")]
    [InlineData(Cancelled, "", "")]
    [InlineData(Refunded, "", "")]
    public void What_can_be_asked_of_an_order_follows_from_its_state(OrderStatus status, string owner, string admin)
    {
        Assert.Equal(owner, string.Join(' ', status.ActionsFor(isAdmin: false)));
        Assert.Equal(admin, string.Join(' ', status.ActionsFor(isAdmin: true)));
    }

    [Fact]
    public void Stock_is_held_while_an_order_is_being_paid_and_at_no_other_time() =>
        Assert.Equal([Reserved, PaymentPending], Enum.GetValues<OrderStatus>().Where(status => (Any with { Status = status }).HoldsStock));
}
