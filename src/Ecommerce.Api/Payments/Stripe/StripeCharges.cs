using System.Globalization;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>
/// One charge is one payment intent, made and confirmed in a single request under the charge's key, and known by the key in its
/// metadata.
/// </summary>
/// <remarks>
/// Stripe remembers a key for at least 24 hours, and no charge is sent after its hold, which is at most a day. Its search finds by
/// metadata what is a minute old. So at first the key decides, and until the search has caught up the answer is
/// <see cref="ChargeResult.Unknown"/>; later, the search tells.
/// </remarks>
internal sealed class StripeCharges(StripeApi api)
{
    private const string Intents = "payment_intents";

    public async Task<ChargeResult> Make(Charge charge, string token, CancellationToken cancellation)
    {
        var form = FormOf(charge);
        form["confirm"] = "true";
        form["automatic_payment_methods[enabled]"] = "true";
        form["automatic_payment_methods[allow_redirects]"] = "never";
        form["error_on_requires_action"] = "true";
        if (token.StartsWith("tok_", StringComparison.Ordinal))
        {
            form["payment_method_data[type]"] = "card";
            form["payment_method_data[card][token]"] = token;
        }
        else
        {
            form["payment_method"] = token;
        }

        var answer = await api.Post(Intents, charge.Key, form, StripeJson.Default.PaymentIntent, cancellation);
        return answer switch
        {
            { Value: { } intent } => ResultOf(intent),
            { Refusal.IsOfKey: true } => await Known(charge, cancellation),
            { Refusal: { } refusal } => new ChargeResult.Declined(refusal.Reason),
            _ => new ChargeResult.Unknown(),
        };
    }

    public async Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation)
    {
        var query = Uri.EscapeDataString($"metadata['{Metadata.ChargeKey}']:'{Escape(charge.Key)}'");
        var found = (await api.Get($"{Intents}/search?query={query}", StripeJson.Default.ListOfPaymentIntent, cancellation)).Value;
        if (found is null) return new ChargeResult.Unknown();

        // More than one only where a key had been forgotten: then money that was taken counts first, and what may yet be taken next.
        var results = found.Data.OrderByDescending(intent => intent.Created).Select(ResultOf).ToList();
        return results.Find(result => result is ChargeResult.Succeeded)
            ?? results.Find(result => result is ChargeResult.Unknown)
            ?? results.FirstOrDefault(new ChargeResult.NotMade());
    }

    /// <summary>
    /// Takes the key itself, with a payment intent that cannot be charged. When Stripe accepts it, no charge was made under the key;
    /// and none can be from then on, since a key is good for the parameters it was first used with.
    /// </summary>
    public async Task<ChargeResult> Void(Charge charge, CancellationToken cancellation)
    {
        var standing = await LookUp(charge, cancellation);
        if (standing is not ChargeResult.NotMade) return standing;

        var form = FormOf(charge);
        form[$"metadata[{Metadata.Void}]"] = Metadata.Yes;
        var answer = await api.Post(Intents, charge.Key, form, StripeJson.Default.PaymentIntent, cancellation);
        switch (answer)
        {
            case { Value: { } fence }:
                // For the books at Stripe only: without a payment method it charges nobody, canceled or not.
                await api.Post($"{Intents}/{fence.Id}/cancel", null, [], StripeJson.Default.PaymentIntent, cancellation);
                return new ChargeResult.Declined(ChargeResult.Voided);
            case { Refusal.IsOfKey: true }:
                return await Known(charge, cancellation);
            case { Refusal: { } refusal }:
                // Amount and currency are the charge's own: what is wrong with them is wrong with the charge.
                return new ChargeResult.Declined(refusal.Reason);
            default:
                return new ChargeResult.Unknown();
        }
    }

    public static ChargeResult ResultOf(PaymentIntent intent) => intent switch
    {
        { Status: "succeeded" } => new ChargeResult.Succeeded(intent.Id, new(intent.AmountReceived), intent.Currency.ToUpperInvariant()),
        { Status: "canceled" } => new ChargeResult.Declined(ChargeResult.Voided),
        _ when Metadata.Of(intent.Metadata, Metadata.Void) == Metadata.Yes => new ChargeResult.Declined(ChargeResult.Voided),
        { Status: "requires_payment_method", LastPaymentError: { } error } => new ChargeResult.Declined(error.Reason),
        _ => new ChargeResult.Unknown(),
    };

    /// <summary>How the charge stands whose key is known to be in use.</summary>
    private async Task<ChargeResult> Known(Charge charge, CancellationToken cancellation) =>
        await LookUp(charge, cancellation) is not ChargeResult.NotMade and var standing ? standing : new ChargeResult.Unknown();

    private static Dictionary<string, string> FormOf(Charge charge) => new()
    {
        ["amount"] = charge.Amount.Minor.ToString(CultureInfo.InvariantCulture),
        ["currency"] = charge.Currency.ToLowerInvariant(),
        [$"metadata[{Metadata.OrderId}]"] = charge.OrderId,
        [$"metadata[{Metadata.ChargeKey}]"] = charge.Key,
    };

    /// <summary>For a text between single quotes (https://docs.stripe.com/search#search-query-language).</summary>
    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
