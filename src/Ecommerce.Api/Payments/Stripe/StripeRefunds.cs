using System.Globalization;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>
/// A refund may be tried again days later, when Stripe has forgotten its key. So the payment's refunds are read first, and the one
/// with the key in its metadata is the answer; unlike the search that list is never behind.
/// </summary>
internal sealed class StripeRefunds(StripeApi api)
{
    private const int PageSize = 100;

    public async Task<RefundResult> Make(Refund refund, CancellationToken cancellation)
    {
        if (await Find(refund, cancellation) is { } standing) return standing;
        var form = new Dictionary<string, string>
        {
            ["payment_intent"] = refund.Reference,
            ["amount"] = refund.Amount.Minor.ToString(CultureInfo.InvariantCulture),
            [$"metadata[{Metadata.OrderId}]"] = refund.OrderId,
            [$"metadata[{Metadata.RefundKey}]"] = refund.Key,
        };
        var answer = await api.Post("refunds", refund.Key, form, StripeJson.Default.StripeRefund, cancellation);
        return answer switch
        {
            { Value: { } made } => ResultOf(made),
            { Refusal.IsOfKey: true } => await Find(refund, cancellation) ?? new RefundResult.Unknown(),
            { Refusal: { } refusal } => await Find(refund, cancellation) ?? new RefundResult.Failed(refusal.Reason),
            _ => new RefundResult.Unknown(),
        };
    }

    /// <summary>How the refund stands; null when there is none under its key.</summary>
    private async Task<RefundResult?> Find(Refund refund, CancellationToken cancellation)
    {
        var path = $"refunds?payment_intent={Uri.EscapeDataString(refund.Reference)}&limit={PageSize}";
        for (var after = ""; ;)
        {
            var answer = await api.Get(path + after, StripeJson.Default.ListOfStripeRefund, cancellation);
            // A list that is refused says nothing of the refund.
            if (answer.Value is not { } page) return new RefundResult.Unknown();
            if (page.Data.FirstOrDefault(one => Metadata.Of(one.Metadata, Metadata.RefundKey) == refund.Key) is { } made) return ResultOf(made);
            if (!page.HasMore || page.Data.Count == 0) return null;
            after = $"&starting_after={page.Data[^1].Id}";
        }
    }

    /// <summary>One that is still pending may yet fail, and is asked for again until it has ended.</summary>
    private static RefundResult ResultOf(StripeRefund refund) => refund.Status switch
    {
        "succeeded" => new RefundResult.Succeeded(),
        "failed" or "canceled" => new RefundResult.Failed(refund.FailureReason ?? refund.Status),
        _ => new RefundResult.Unknown(),
    };
}
