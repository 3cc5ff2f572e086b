namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>What people were told must be true, and what they were never told must not be more than they asked for.</summary>
internal static class AnswerInvariants
{
    public static void Check(Aftermath after, Diary diary, Findings findings)
    {
        foreach (var purchase in diary.Purchases) Check(after, purchase, findings);
        foreach (var refund in diary.Repayments) Check(after, refund, findings);

        foreach (var (orderId, status) in diary.Told)
            findings.Check(
                after.Orders.GetValueOrDefault(orderId)?.History.Contains(status) == true,
                () => $"Somebody was told that {orderId} is {status}: {after.Orders.GetValueOrDefault(orderId)}");

        foreach (var placement in diary.Placements)
            findings.Check(Ids(placement.Replies).Count <= 1, () => $"{placement.Key} placed {string.Join(", ", Ids(placement.Replies))}");

        var marks = diary.Purchases.ToDictionary(purchase => purchase.Mark);
        var placed = diary.Placements.SelectMany(placement => Ids(placement.Replies)).ToHashSet();
        foreach (var order in after.Orders.Values)
        {
            var known = order.Mark is null ? placed.Contains(order.OrderId) : marks.TryGetValue(order.Mark, out var purchase) && purchase.UserId == order.UserId;
            findings.Check(known, () => $"Nobody asked for {order}");
        }
    }

    private static void Check(Aftermath after, Purchase purchase, Findings findings)
    {
        var orders = after.Of(purchase);
        var told = Ids(purchase.Replies);
        var confirmed = orders.Where(order => order.WasConfirmed).ToList();

        // Without a key, a cart whose payment was declined may be tried again by the same request.
        findings.Check(
            confirmed.Count <= 1 && (purchase.Key is null || (orders.Count <= 1 && told.Count <= 1)),
            () => $"{purchase.Mark} made more than one order: {string.Join(", ", orders)}; told were {string.Join(", ", told)}");
        findings.Check(
            told.All(id => after.Listed[purchase.UserId].Contains(id) && orders.Any(order => order.OrderId == id)),
            () => $"{purchase.Mark} was told of {string.Join(", ", told)}, and {string.Join(", ", orders)} is there");
        findings.Check(orders.All(order => order.Lines.SequenceEqual(purchase.Lines)), () => $"{purchase.Mark} wanted {string.Join(", ", purchase.Lines)}: {orders[0]}");

        foreach (var reply in purchase.Replies.Where(reply => reply.Status is 201 or 402))
        {
            var order = after.Orders.GetValueOrDefault(reply.OrderId!);
            findings.Check(
                reply.Status == 201 ? order is { WasConfirmed: true } : order is { Status: "PAYMENT_FAILED" }, () => $"{purchase.Mark} was told {reply.Body}, and it is {order}");
        }

        CheckCard(purchase, orders, findings);
    }

    /// <summary>The card decides, unless a kill came between; a card that cannot be charged never pays.</summary>
    private static void CheckCard(Purchase purchase, IReadOnlyList<SeenOrder> orders, Findings findings)
    {
        var pays = purchase.Card is "pm_card_visa" or "pm_sim_timeout_charged" or "pm_sim_unavailable_2" or "pm_sim_slow_3s";
        if (!pays) findings.Check(orders.All(order => !order.WasConfirmed), () => $"{purchase.Mark} cannot be paid with {purchase.Card}: {orders[0]}");
        else if (!purchase.WasDisturbed)
            findings.Check(orders.All(order => order.Status is not ("PAYMENT_FAILED" or "EXPIRED")), () => $"{purchase.Mark} was charged to {purchase.Card}: {orders[0]}");
    }

    private static void Check(Aftermath after, Repayment refund, Findings findings)
    {
        var order = after.Orders.GetValueOrDefault(refund.OrderId);
        var made = order is null ? [] : order.Refunds.Where(one => one.Reason == refund.Reason).ToList();
        var isTold = refund.Replies.Any(reply => reply.Status == 200);
        findings.Check(
            made.Count <= 1 && (made.Count == 1 || !isTold) && made.All(one => refund.Amount is null || one.Amount == refund.Amount),
            () => $"{refund.Reason} of {refund.Amount} was {(isTold ? "" : "not ")}told to be made, and is there {made.Count} times: {order}");
    }

    private static HashSet<string> Ids(IEnumerable<Reply> replies) => [.. replies.Select(reply => reply.OrderId).OfType<string>()];
}
