using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>An administrator: refunds, ships, delivers and calls off what others have bought, and counts the stock.</summary>
internal sealed class Clerk(Wire wire, Diary diary, Findings findings, Random random, string accessToken, IReadOnlyList<string> products)
{
    private const int Tries = 5;

    public async Task Work(Func<bool> isOver)
    {
        while (!isOver())
        {
            await Task.Delay(10 + random.Next(60), TestContext.Current.CancellationToken);
            if (diary.Recent(random) is not { } orderId) continue;
            await (random.Next(20) switch
            {
                < 7 => Refund(orderId, whole: false),
                < 9 => Refund(orderId, whole: true),
                < 13 => Act(orderId, "ship", "SHIPPED"),
                < 16 => Act(orderId, "deliver", "DELIVERED"),
                < 17 => Act(orderId, "cancel", "CANCELLED"),
                _ => CountStock(products[random.Next(products.Count)]),
            });
        }
    }

    private Task Act(string orderId, string action, string status) => Shopfront.Act(wire, diary, findings, accessToken, orderId, action, status);

    private async Task Refund(string orderId, bool whole)
    {
        var refund = new Repayment(orderId, whole ? null : 0.01m * random.Next(1, 2000), diary.Number("refund"), diary.Number("refund key"));
        diary.Repayments.Enqueue(refund);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var reply = await wire.Send(HttpMethod.Post, refund.Path, accessToken, refund.Body, refund.Key);
            if (reply is not null) refund.Replies.Enqueue(reply);
            if (reply is null or { Status: 503 } or { IsInProgress: true }) continue;
            findings.Check(
                reply.Status == 200 || reply.Code is "invalid_transition" or "refund_exceeds_payment", () => $"{refund.Reason} was answered {reply.Status}: {reply.Body}");
            return;
        }
    }

    private async Task CountStock(string productId)
    {
        foreach (var sku in (await wire.Insist(200, HttpMethod.Get, $"/product/{productId}/stock", accessToken)).GetProperty("skus").EnumerateArray())
            findings.Check(
                sku.GetProperty("available").GetInt64() >= 0 && sku.GetProperty("reserved").GetInt64() >= 0, () => $"There is less than nothing: {sku}");
    }
}
