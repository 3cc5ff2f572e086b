using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>
/// A provider at the other end of calls that are subject to the <see cref="Fate"/> of whoever makes them. What the provider does with a
/// call that has reached it is its own business, and is not struck.
/// </summary>
internal sealed class CrashingGateway(IPaymentGateway provider) : IPaymentGateway
{
    private static readonly AsyncLocal<bool> OutOfReach = new();

    public string Provider => provider.Provider;

    /// <summary>Every charge that was asked for.</summary>
    public ConcurrentQueue<Charge> Charges { get; } = [];

    /// <summary>For this asynchronous flow the provider cannot be reached from here on.</summary>
    public static void GoOutOfReach() => OutOfReach.Value = true;

    public bool IsToken(string token) => provider.IsToken(token);

    public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation)
    {
        Charges.Enqueue(charge);
        return Call("Charge", () => provider.Charge(charge, token, cancellation));
    }

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) => Call("LookUp", () => provider.LookUp(charge, cancellation));

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) => Call("Void", () => provider.Void(charge, cancellation));

    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) =>
        Fate.Current is { } fate ? fate.Call("Refund", () => provider.Refund(refund, cancellation), () => new RefundResult.Unknown()) : provider.Refund(refund, cancellation);

    /// <summary>Reads <c>charged event order amount currency</c>, <c>declined event order code</c> and <c>refunded event order total</c>.</summary>
    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span).Split(' ') switch
    {
        ["charged", var id, var order, var amount, var currency] =>
            new PaymentNotice.Charged(id, order, new ChargeResult.Succeeded($"sim_{order}:charge", Units(amount), currency)),
        ["declined", var id, var order, var code] => new PaymentNotice.Charged(id, order, new ChargeResult.Declined(code)),
        ["refunded", var id, var order, var total] => new PaymentNotice.Refunded(id, order, Units(total)),
        _ => null,
    };

    private static Task<ChargeResult> Call(string name, Func<Task<ChargeResult>> call)
    {
        if (OutOfReach.Value) return Task.FromResult<ChargeResult>(new ChargeResult.Unknown());
        return Fate.Current is { } fate ? fate.Call(name, call, () => new ChargeResult.Unknown()) : call();
    }

    private static Money Units(string text) => new(long.Parse(text, CultureInfo.InvariantCulture));
}
