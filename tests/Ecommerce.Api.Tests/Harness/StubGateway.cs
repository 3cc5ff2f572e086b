using System.Collections.Concurrent;
using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>A payment provider that answers as it is told, and can be made to wait. It knows every token.</summary>
internal sealed class StubGateway : IPaymentGateway
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Provider => "Stub";

    /// <summary>What was asked for, in the order of asking.</summary>
    public ConcurrentQueue<Charge> Charges { get; } = [];

    /// <summary>Answers a charge; the number counts charges from 1.</summary>
    public Func<int, Task<ChargeResult>> Answer { get; init; } = _ => Task.FromResult<ChargeResult>(Paid());

    /// <summary>Completes when the first charge is asked for.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Answers a look-up.</summary>
    public Func<ChargeResult> Found { get; init; } = () => new ChargeResult.Unknown();

    /// <summary>Answers a charge that is called off.</summary>
    public Func<ChargeResult> CalledOff { get; init; } = () => new ChargeResult.Unknown();

    /// <summary>Answers a refund.</summary>
    public Func<Refund, RefundResult> PaidBack { get; init; } = _ => new RefundResult.Succeeded();

    /// <summary>What was to be paid back, in the order of asking.</summary>
    public ConcurrentQueue<Refund> Refunds { get; } = [];

    /// <summary>All of the charge was paid, whatever it is.</summary>
    public static ChargeResult Paid(string reference = "ref_1") => new ChargeResult.Succeeded(reference, default, "");

    public bool IsToken(string token) => true;

    public async Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation)
    {
        int number;
        lock (Charges)
        {
            Charges.Enqueue(charge);
            number = Charges.Count;
        }

        _reached.TrySetResult();
        return Complete(await Answer(number), charge);
    }

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) => Task.FromResult(Complete(Found(), charge));

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) => Task.FromResult(Complete(CalledOff(), charge));

    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation)
    {
        Refunds.Enqueue(refund);
        return Task.FromResult(PaidBack(refund));
    }

    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => null;

    private static ChargeResult Complete(ChargeResult result, Charge charge) =>
        result is ChargeResult.Succeeded { Currency: "" } paid ? paid with { Amount = charge.Amount, Currency = charge.Currency } : result;
}

/// <summary>A door that is shut until it is opened.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public Task Passed => _open.Task.WaitAsync(TimeSpan.FromSeconds(30));
}
