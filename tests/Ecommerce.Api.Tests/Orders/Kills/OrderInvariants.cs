namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>What must hold of every order by itself: state, money, events.</summary>
internal static class OrderInvariants
{
    public static void Check(Aftermath after, Findings findings)
    {
        foreach (var order in after.Orders.Values)
        {
            findings.Check(MoneyFits(order), () => $"The payment does not fit the state: {order}");
            findings.Check(order.Refunds.Sum(refund => refund.Amount) <= order.Total, () => $"More is paid back than was paid: {order}");
            findings.Check(order.Refunds.All(refund => refund.Status == "DONE" && refund.Amount > 0), () => $"A refund is not done: {order}");
            findings.Check(order.History.Distinct().Count() == order.History.Count && order.History[^1] == order.Status, () => $"The history is odd: {order}");

            var (expected, logged) = (string.Join(", ", Events(order).Order()), string.Join(", ", after.Events[order.OrderId].Order()));
            findings.Check(expected == logged, () => $"The events are {logged} and not {expected}: {order}");
        }
    }

    private static bool MoneyFits(SeenOrder order) => order.Status switch
    {
        "CREATED" => order is { Payment: null, Refunds.Count: 0 },
        "CONFIRMED" or "SHIPPED" or "DELIVERED" => order.Payment == (order.Refunds.Count == 0 ? "SUCCESS" : "PARTIALLY_REFUNDED"),
        "REFUNDED" => order.Payment == "REFUNDED" && PaidBack(order) == order.Total,
        "PAYMENT_FAILED" or "EXPIRED" => order is { Payment: "DECLINED", Refunds.Count: 0 },
        "CANCELLED" when order.Payment == "REFUNDED" => PaidBack(order) == order.Total,
        "CANCELLED" when order.Payment == "DECLINED" => order is { WasConfirmed: false, Refunds.Count: 0 },
        "CANCELLED" => order is { Payment: null, History: ["CREATED", "CANCELLED"] },
        _ => false,
    };

    /// <summary>What was told of the order, each once, and each refund.</summary>
    private static IEnumerable<string> Events(SeenOrder order)
    {
        yield return "OrderCreated";
        if (order.Payment is "SUCCESS" or "PARTIALLY_REFUNDED" or "REFUNDED") yield return "PaymentSuccess";
        foreach (var state in order.History)
        {
            var told = state switch
            {
                "CONFIRMED" => "OrderConfirmed",
                "SHIPPED" => "OrderShipped",
                "DELIVERED" => "OrderDelivered",
                "CANCELLED" => "OrderCancelled",
                "EXPIRED" => "OrderExpired",
                "PAYMENT_FAILED" => "PaymentDeclined",
                _ => null,
            };
            if (told is not null) yield return told;
        }

        foreach (var _ in order.Refunds) yield return "RefundIssued";
    }

    private static decimal PaidBack(SeenOrder order) => order.Refunds.Sum(refund => refund.Amount);
}
