using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>The way from one machine to the provider, on which requests and replies are lost, late, or never answered.</summary>
internal sealed class ProviderLink(World world, Machine machine) : IPaymentGateway
{
    private static readonly ChargeResult NoAnswer = new ChargeResult.Unknown();

    public string Provider => "Simulated";

    public bool IsToken(string token) => true;

    public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation) => Ask(NoAnswer, () =>
    {
        if (!world.Faults.Strike(Fault.ChargeLate)) return world.Provider.Charge(charge, token);
        world.Provider.Later(world.Between(500, 20 * 60_000), () => world.Provider.Charge(charge, token));
        return NoAnswer;
    }, cancellation);

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) => Ask(NoAnswer, () =>
    {
        var booked = world.Provider.Find(charge.Key);
        return booked is null || world.Faults.Strike(Fault.LookUpBehind) ? new ChargeResult.NotMade() : booked.Result;
    }, cancellation);

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) => Ask(NoAnswer, () => world.Provider.Void(charge), cancellation);

    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) => Ask<RefundResult>(
        new RefundResult.Unknown(), () => world.Provider.Refund(refund, world.Faults.Strike(Fault.RefundFails)), cancellation);

    /// <summary>Notices are handed over as they are: signatures are not the simulation's matter.</summary>
    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => null;

    /// <summary>A request that hangs may still get there, sooner or later than whoever sent it gives up.</summary>
    private async Task<T> Ask<T>(T noAnswer, Func<T> ask, CancellationToken cancellation)
    {
        if (!world.Faults.Strike(Fault.ProviderHangs)) return await AskAtOnce(noAnswer, ask, cancellation);
        if (world.Chance(50)) world.Provider.Later(world.Between(100, 120_000), () => ask());
        await machine.Patience(TimeSpan.FromSeconds(60), cancellation);
        return noAnswer;
    }

    private Task<T> AskAtOnce<T>(T noAnswer, Func<T> ask, CancellationToken cancellation) => machine.Call(() =>
    {
        if (world.Faults.Strike(Fault.ProviderDown)) world.Provider.DownUntil = world.Scheduler.Now + world.Between(1_000, 20 * 60_000);
        var isDown = world.Provider.DownUntil > world.Scheduler.Now;
        if (isDown || cancellation.IsCancellationRequested || world.Faults.Strike(Fault.ProviderRequestLost)) return noAnswer;
        var answer = ask();
        if (world.Scheduler.Trace is not null) world.Scheduler.Say($"provider answers {answer}");
        return world.Faults.Strike(Fault.ProviderReplyLost) ? noAnswer : answer;
    });
}
