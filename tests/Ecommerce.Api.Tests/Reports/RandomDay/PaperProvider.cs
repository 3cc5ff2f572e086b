using System.Collections.Concurrent;
using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Reports.RandomDay;

/// <summary>
/// A payment provider that keeps its books in memory. Tokens say what it does: <c>paid</c>, <c>declined</c>, <c>charged</c> and
/// <c>uncharged</c>, of which the last two are not answered, nor are questions about them, until <see cref="Speak"/>.
/// </summary>
internal sealed class PaperProvider : IPaymentGateway
{
    private readonly ConcurrentDictionary<string, ChargeResult> _charges = [];
    private readonly ConcurrentDictionary<string, bool> _silent = [];
    private int _refunds;

    public string Provider => "Paper";

    public bool IsToken(string token) => true;

    /// <summary>From now on it tells what became of the charges that it was silent about.</summary>
    public void Speak() => _silent.Clear();

    public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation)
    {
        if (token is "charged" or "uncharged") _silent.TryAdd(charge.Key, true);
        if (token != "uncharged") _charges.GetOrAdd(charge.Key, _ => token == "declined" ? new ChargeResult.Declined("card_declined") : Paid(charge));
        return Task.FromResult(Answer(charge));
    }

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) => Task.FromResult(Answer(charge));

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation)
    {
        if (!_silent.ContainsKey(charge.Key)) _charges.GetOrAdd(charge.Key, _ => new ChargeResult.Declined(ChargeResult.Voided));
        return Task.FromResult(Answer(charge));
    }

    /// <summary>Every ninth time the answer is lost, and the refund is asked for again later.</summary>
    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) =>
        Task.FromResult<RefundResult>(Interlocked.Increment(ref _refunds) % 9 == 0 ? new RefundResult.Unknown() : new RefundResult.Succeeded());

    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => null;

    private ChargeResult Answer(Charge charge) =>
        _silent.ContainsKey(charge.Key) ? new ChargeResult.Unknown() : _charges.GetValueOrDefault(charge.Key) ?? new ChargeResult.NotMade();

    private static ChargeResult.Succeeded Paid(Charge charge) => new($"ref_{charge.OrderId}", charge.Amount, charge.Currency);
}
