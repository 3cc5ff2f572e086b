using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// What must be true when all is over: of every order, by the store and by the provider's books, and of everything that people were
/// told. What must be true at every moment is watched by <see cref="StockLedger"/> and <see cref="OrderLedger"/>.
/// </summary>
internal sealed class Invariants
{
    private readonly World _world;
    private readonly Dictionary<string, Order> _orders;
    private readonly ILookup<string, BookedCharge> _charges;

    private Invariants(World world)
    {
        _world = world;
        _orders = world.Store.All(Tables.Orders).Where(item => !OrderClaim.Is(item)).Select(OrderItems.ToOrder).ToDictionary(order => order.OrderId);
        _charges = world.Provider.Charges.Where(charge => charge.IsPaid).ToLookup(charge => charge.OrderId);
    }

    public static void Check(World world)
    {
        var invariants = new Invariants(world);
        foreach (var order in invariants._orders.Values)
        {
            Count(world.Coverage, order);
            invariants.CheckEvents(order);
            invariants.CheckMoney(order);
        }

        foreach (var charged in invariants._charges) invariants.Require(invariants._orders.ContainsKey(charged.Key), $"{charged.Key} is charged and no order.");
        invariants.CheckPurchases();
        invariants.CheckDeeds();
    }

    private static void Count(Coverage coverage, Order order)
    {
        coverage.Count($"order {order.Status}{(order.Refunds.Count > 0 && order.Status != OrderStatus.Refunded ? " with refunds" : "")}");
        var (wasHeld, wasPaid) = (order.WasEver(OrderStatus.Reserved), order.WasEver(OrderStatus.Confirmed));
        if (order.Status == OrderStatus.Cancelled && wasHeld && !wasPaid) coverage.Count("cancelled during payment");
        if (wasPaid && (order.WasEver(OrderStatus.PaymentFailed) || order.WasEver(OrderStatus.Expired))) coverage.Count("order confirmed late");
        if (IsUnfulfillable(order)) coverage.Count("order unfulfillable");
    }

    /// <summary>Each change of state is logged once, and so is each payment and each refund.</summary>
    private void CheckEvents(Order order)
    {
        Expect(EventType.OrderCreated, 1);
        Expect(EventType.PaymentSuccess, _charges[order.OrderId].Count());
        Expect(EventType.OrderConfirmed, Was(OrderStatus.Confirmed));
        Expect(EventType.PaymentDeclined, Was(OrderStatus.PaymentFailed));
        Expect(EventType.OrderExpired, Was(OrderStatus.Expired));
        Expect(EventType.OrderCancelled, Was(OrderStatus.Cancelled));
        Expect(EventType.OrderShipped, Was(OrderStatus.Shipped));
        Expect(EventType.OrderDelivered, Was(OrderStatus.Delivered));
        Expect(EventType.RefundIssued, order.Refunds.Count);
        Expect(EventType.OrderUnfulfillable, IsUnfulfillable(order) ? 1 : 0);

        int Was(OrderStatus status) => order.WasEver(status) ? 1 : 0;

        void Expect(EventType type, int times)
        {
            var logged = _world.Orders.Logged(order.OrderId, type);
            Require(logged == times, $"{type} of {order.OrderId}, which is {order.Status}, is logged {logged} times, not {times}.");
        }
    }

    /// <summary>Charged at most once, what it costs; kept where the goods went, and paid back in full where they did not.</summary>
    private void CheckMoney(Order order)
    {
        var (taken, paidBack) = (_charges[order.OrderId].Sum(charge => charge.Amount.Minor), _world.Provider.PaidBack(order.OrderId));
        var (promised, isSold) = (order.Refunds.Sum(refund => refund.Amount.Minor), order.Status is OrderStatus.Confirmed or OrderStatus.Shipped or OrderStatus.Delivered);
        Require(_charges[order.OrderId].Count() <= 1, $"{order.OrderId} was charged more than once.");
        Require(taken == 0 || taken == order.Total.Minor, $"{order.OrderId} costs {order.Total.Minor}, and {taken} was taken.");
        Require(promised == paidBack, $"{order.OrderId} says it paid back {promised}; the provider says {paidBack}.");
        Require(isSold == taken > paidBack, $"{order.OrderId} is {order.Status}; {taken} was taken and {paidBack} paid back.");
        Require(order.Refunds.All(refund => refund.DoneAt is not null), $"{order.OrderId} has refunds that are not done.");
        Require(order.Status is not (OrderStatus.Created or OrderStatus.Reserved or OrderStatus.PaymentPending), $"{order.OrderId} stays {order.Status}.");
        var keys = order.Refunds.Select(refund => refund.KeyId).OfType<string>().ToList();
        Require(keys.Count == keys.Distinct().Count(), $"{order.OrderId} paid back twice under one key.");
    }

    private void CheckPurchases()
    {
        foreach (var answer in _world.Told.Answers)
        {
            var order = answer.OrderId is null ? null : _orders[answer.OrderId];
            Require(answer.Status is not (404 or >= 500), $"{answer} should never be.");
            Require(answer.Status != 201 || order!.WasEver(OrderStatus.Confirmed), $"{answer}, and the order never was confirmed.");
            Require(answer.Status != 402 || !_charges.Contains(order!.OrderId), $"{answer}, and the order was charged.");
        }

        var keyed = _world.Told.Answers.Where(answer => answer is { Key: not null, OrderId: not null, Status: not 409 });
        foreach (var same in keyed.GroupBy(answer => (answer.UserId, answer.Key)))
            Require(same.Select(answer => answer.OrderId).Distinct().Count() == 1, $"{same.Key} made several orders.");

        var keyless = _orders.Values.Where(order => order.CartVersion is not null && !_world.Told.Keyed.Contains(order.OrderId));
        foreach (var same in keyless.GroupBy(order => (order.UserId, order.CartVersion)))
            Require(same.Count() == 1, $"One state of a cart, {same.Key}, was bought {same.Count()} times without a key.");
    }

    private void CheckDeeds()
    {
        foreach (var same in _world.Told.Done.GroupBy(done => done))
        {
            Require(_orders[same.Key.OrderId].WasEver(same.Key.Target), $"{same.Key} was said, and never was.");
            Require(same.Count() == 1, $"{same.Key} was said {same.Count()} times.");
        }

        foreach (var same in _world.Told.Refunded.GroupBy(refunded => (refunded.OrderId, refunded.KeyId)))
        {
            Require(_orders[same.Key.OrderId].Refunds.Any(refund => refund.KeyId == same.Key.KeyId), $"{same.Key} was promised, and there is no such refund.");
            Require(same.Select(refunded => refunded.Answer).Distinct().Count() == 1, $"{same.Key} was answered in several ways.");
        }
    }

    private void Require(bool condition, string message)
    {
        if (!condition) _world.Scheduler.Fail(message);
    }

    private static bool IsUnfulfillable(Order order) => order.History[^1].Reason == ChargeOutcome.Unfulfillable;
}
