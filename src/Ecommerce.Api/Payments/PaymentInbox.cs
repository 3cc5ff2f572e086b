using Ecommerce.Storage;

namespace Ecommerce.Api.Payments;

/// <summary>
/// Remembers, in the Payments table, which notices of the provider were heard, and what was told of charges whose orders the shop did
/// not know yet.
/// </summary>
internal sealed class PaymentInbox(IStore store)
{
    private const string OrderId = "orderId";
    private const string Amount = "amount";
    private const string Currency = "currency";
    private const string Reference = "reference";
    private const string DeclineCode = "declineCode";

    /// <summary>Says that a notice was heard; absent until then.</summary>
    public static Put Mark(PaymentNotice notice) => new(Tables.Payments, new() { ["paymentId"] = MarkKey(notice).Partition }, Expect.Absent);

    public static ItemKey MarkKey(PaymentNotice notice) => Tables.Payments.Key($"notice_{notice.EventId}");

    /// <summary>What a notice tells of an order's charge, for when the order is known. The latest one stands.</summary>
    public static Put Keep(string orderId, ChargeResult result) => new(Tables.Payments, result switch
    {
        ChargeResult.Succeeded paid => new()
        {
            ["paymentId"] = ChargeKey(orderId).Partition,
            [OrderId] = orderId,
            [Reference] = paid.Reference,
            [Amount] = paid.Amount.Minor,
            [Currency] = paid.Currency,
        },
        ChargeResult.Declined declined => new()
        {
            ["paymentId"] = ChargeKey(orderId).Partition,
            [OrderId] = orderId,
            [DeclineCode] = declined.Code,
        },
        _ => throw new ArgumentException("Nobody calls to tell that nothing is known.", nameof(result)),
    }, Expect.Anything);

    /// <summary>What was told of an order's charge before the order was known; null when nothing was.</summary>
    public async Task<ChargeResult?> EarlyCharge(string orderId)
    {
        if (await store.Get(ChargeKey(orderId), consistent: true, CancellationToken.None) is not { } kept) return null;
        return kept.TextOrNull(DeclineCode) is { } code
            ? new ChargeResult.Declined(code)
            : new ChargeResult.Succeeded(kept.Text(Reference), new(kept.Number(Amount)), kept.Text(Currency));
    }

    private static ItemKey ChargeKey(string orderId) => Tables.Payments.Key($"early_charge_{orderId}");
}
