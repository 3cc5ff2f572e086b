using Ecommerce.Storage;

namespace Ecommerce.Api.Payments;

/// <summary>
/// Stands in for a provider wherever there is none: what happens depends on the token alone. It keeps its books in the store, in
/// the Payments table under ids of its own, so that it remembers a charge after a restart as a provider would; what that costs is
/// the provider's business and not metered as the shop's.
/// </summary>
internal sealed class SimulatedGateway(IStore store) : IPaymentGateway
{
    private static readonly Dictionary<string, string?> DeclineCodes = new()
    {
        ["pm_card_visa"] = null,
        ["pm_card_visa_chargeDeclined"] = "card_declined",
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = "insufficient_funds",
        ["pm_card_visa_chargeDeclinedLostCard"] = "lost_card",
    };

    public string Provider => "Simulated";

    public bool IsToken(string token) => DeclineCodes.ContainsKey(token);

    public async Task<ChargeResult> Charge(Charge charge, CancellationToken cancellation)
    {
        CostMeter.Stop();
        var entry = new Item
        {
            ["paymentId"] = $"sim_{charge.Key}",
            ["orderId"] = charge.OrderId,
            ["amount"] = charge.Amount.Minor,
            ["currency"] = charge.Currency,
            ["declineCode"] = DeclineCodes[charge.Token],
        };
        try
        {
            var result = await store.Commit([new Put(Tables.Payments, entry, Expect.Absent)], cancellation: cancellation);
            var booked = result.IsCommitted ? entry : result.Rejections[0].Current!;
            return booked.TextOrNull("declineCode") is { } code
                ? new ChargeResult.Declined(code)
                : new ChargeResult.Succeeded(booked.Text("paymentId"));
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            return new ChargeResult.Unknown();
        }
    }
}
