using Ecommerce.Storage;

namespace Ecommerce.Api.Payments;

/// <summary>
/// Stands in for a provider wherever there is none: what happens depends on the token alone. It keeps its books in the store, in
/// the Payments table under ids of its own, so that it remembers a charge after a restart as a provider would; what that costs is
/// the provider's business and not metered as the shop's.
/// </summary>
internal sealed class SimulatedGateway(IStore store, TimeProvider clock) : IPaymentGateway
{
    private const string DeclineCode = "declineCode";
    private const string Refunded = "refunded";
    private const string Failures = "failures";

    private static readonly Dictionary<string, Behaviour> Tokens = new()
    {
        ["pm_card_visa"] = new(),
        ["pm_card_visa_chargeDeclined"] = new(DeclineCode: "card_declined"),
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = new(DeclineCode: "insufficient_funds"),
        ["pm_card_visa_chargeDeclinedLostCard"] = new(DeclineCode: "lost_card"),
        ["pm_sim_timeout_charged"] = new(ReplyIsLost: true),
        ["pm_sim_timeout_uncharged"] = new(RequestIsLost: true),
        ["pm_sim_unavailable_2"] = new(FailsFirst: 2),
        ["pm_sim_slow_3s"] = new(Seconds: 3),
    };

    public string Provider => "Simulated";

    public bool IsToken(string token) => Tokens.ContainsKey(token);

    public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation)
    {
        var behaviour = Tokens[token];
        return Answer<ChargeResult>(new ChargeResult.Unknown(), async () =>
        {
            if (behaviour.RequestIsLost || await Fails(charge, behaviour.FailsFirst, cancellation)) return new ChargeResult.Unknown();
            var booked = await Book(charge, behaviour.DeclineCode, cancellation);
            await Task.Delay(TimeSpan.FromSeconds(behaviour.Seconds), clock, cancellation);
            return behaviour.ReplyIsLost ? new ChargeResult.Unknown() : ResultOf(booked);
        });
    }

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) =>
        Answer<ChargeResult>(new ChargeResult.Unknown(), async () =>
            await store.Get(Entry(charge.Key), consistent: true, cancellation) is { } booked ? ResultOf(booked) : new ChargeResult.NotMade());

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) =>
        Answer<ChargeResult>(new ChargeResult.Unknown(), async () => ResultOf(await Book(charge, ChargeResult.Voided, cancellation)));

    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) =>
        Answer<RefundResult>(new RefundResult.Unknown(), async () =>
        {
            var charge = Tables.Payments.Key(refund.Reference);
            if (await store.Get(charge, consistent: true, cancellation) is not { } booked || ResultOf(booked) is not ChargeResult.Succeeded)
                return new RefundResult.Failed("no_such_charge");
            var entry = new Put(Tables.Payments, new()
            {
                ["paymentId"] = IdOf(refund.Key),
                ["orderId"] = refund.OrderId,
                ["amount"] = refund.Amount.Minor,
                ["currency"] = refund.Currency,
            }, Expect.Absent);
            var payBack = new Adjust(charge, new Delta(Refunded, refund.Amount.Minor, Max: booked.Number("amount")));
            var result = await store.Commit([entry, payBack], cancellation: cancellation);
            return result.IsCommitted || result.At(0) is not null ? new RefundResult.Succeeded() : new RefundResult.Failed("charge_already_refunded");
        });

    /// <summary>There is nobody who could call.</summary>
    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => null;

    /// <summary>Enters the charge into the books, unless its key stands there already; what then stands there.</summary>
    private async Task<Item> Book(Charge charge, string? declineCode, CancellationToken cancellation)
    {
        var entry = new Item
        {
            ["paymentId"] = IdOf(charge.Key),
            ["orderId"] = charge.OrderId,
            ["amount"] = charge.Amount.Minor,
            ["currency"] = charge.Currency,
            [DeclineCode] = declineCode,
        };
        var result = await store.Commit([new Put(Tables.Payments, entry, Expect.Absent)], cancellation: cancellation);
        return result.IsCommitted ? entry : result.Rejections[0].Current!;
    }

    /// <summary>Whether this try is one of the first few, which fail.</summary>
    private async Task<bool> Fails(Charge charge, int first, CancellationToken cancellation)
    {
        if (first == 0) return false;
        var key = Entry($"{charge.Key}:failures");
        return (await store.Commit([new Adjust(key, [new(Failures, 1, Max: first)], Expect.Anything)], cancellation: cancellation)).IsCommitted;
    }

    private static async Task<T> Answer<T>(T unknown, Func<Task<T>> ask)
    {
        CostMeter.Stop();
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            return unknown;
        }
    }

    private static ChargeResult ResultOf(Item booked) => booked.TextOrNull(DeclineCode) is { } code
        ? new ChargeResult.Declined(code)
        : new ChargeResult.Succeeded(booked.Text("paymentId"), new(booked.Number("amount")), booked.Text("currency"));

    private static ItemKey Entry(string key) => Tables.Payments.Key(IdOf(key));

    private static string IdOf(string key) => $"sim_{key}";

    /// <summary>What a token does.</summary>
    private sealed record Behaviour(
        string? DeclineCode = null, bool RequestIsLost = false, bool ReplyIsLost = false, int FailsFirst = 0, int Seconds = 0);
}
