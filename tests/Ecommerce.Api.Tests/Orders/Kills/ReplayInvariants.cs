namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>A key that comes again is answered as it was, to the byte, and does nothing. To be asked when the carts are empty.</summary>
internal static class ReplayInvariants
{
    public static async Task Check(Wire wire, Aftermath after, Diary diary, string admin, Findings findings)
    {
        foreach (var purchase in diary.Purchases.Where(purchase => purchase.Key is not null)) await Check(wire, after, purchase, findings);

        foreach (var placement in diary.Placements.Where(placement => placement.Replies.Any(reply => reply.Status == 201)))
        {
            var again = await wire.Insist(HttpMethod.Post, "/order", placement.AccessToken, placement.Body, placement.Key);
            Compare(placement.Key, placement.Replies.Where(reply => reply.Status == 201), again, findings);
        }

        foreach (var refund in diary.Repayments.Where(refund => refund.Replies.Any(reply => reply.Status == 200)))
        {
            var again = await wire.Insist(HttpMethod.Post, refund.Path, admin, refund.Body, refund.Key);
            Compare(refund.Reason, refund.Replies.Where(reply => reply.Status == 200), again, findings);
        }
    }

    private static async Task Check(Wire wire, Aftermath after, Purchase purchase, Findings findings)
    {
        // Asked again, this one would only now be bought.
        if (purchase.PlacedAs is { } placed && after.Orders[placed].Status == "CREATED") return;

        var again = await wire.Insist(HttpMethod.Post, purchase.Path, purchase.AccessToken, purchase.Body, purchase.Key);
        var final = purchase.Replies.Where(reply => reply.Status is 201 or 402).ToList();
        if (final.Count > 0)
        {
            Compare(purchase.Mark, final, again, findings);
            return;
        }

        // A placed order that was cancelled before anybody could buy it bears no mark of a purchase.
        var order = after.Of(purchase).SingleOrDefault() ?? (purchase.PlacedAs is { } cancelled ? after.Orders[cancelled] : null);
        var (status, code) = order switch
        {
            null => (400, "cart_empty"),
            { WasConfirmed: true } => (201, null),
            { Status: "PAYMENT_FAILED" } => (402, "payment_declined"),
            _ => (409, "invalid_transition"),
        };
        findings.Check(
            (again.Status, again.Code, again.OrderId) == (status, code, order?.OrderId), () => $"{purchase.Mark} is at last answered {again.Status} {again.Body}, and it is {order}");
    }

    private static void Compare(string what, IEnumerable<Reply> earlier, Reply again, Findings findings)
    {
        foreach (var one in earlier)
            findings.Check(
                (one.Status, one.Body) == (again.Status, again.Body) && again.IsReplayed,
                () => $"{what} was answered {one.Status} {one.Body}, and then {(again.IsReplayed ? "as a replay" : "anew")} {again.Status} {again.Body}");
    }
}
