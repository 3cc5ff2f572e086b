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
    public Func<int, Task<ChargeResult>> Answer { get; init; } = _ => Task.FromResult<ChargeResult>(new ChargeResult.Succeeded("ref_1"));

    /// <summary>Completes when the first charge is asked for.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public bool IsToken(string token) => true;

    public async Task<ChargeResult> Charge(Charge charge, CancellationToken cancellation)
    {
        int number;
        lock (Charges)
        {
            Charges.Enqueue(charge);
            number = Charges.Count;
        }

        _reached.TrySetResult();
        return await Answer(number);
    }
}

/// <summary>A door that is shut until it is opened.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public Task Passed => _open.Task.WaitAsync(TimeSpan.FromSeconds(30));
}
