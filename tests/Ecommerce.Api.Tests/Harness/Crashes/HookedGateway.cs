using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>A provider with something on the way to it, or on the way back.</summary>
internal sealed class HookedGateway(IPaymentGateway provider) : IPaymentGateway
{
    private static readonly Func<string, CancellationToken, Task> Nothing = (_, _) => Task.CompletedTask;

    public string Provider => provider.Provider;

    /// <summary>Given the order.</summary>
    public Func<string, CancellationToken, Task> BeforeCharge { get; init; } = Nothing;

    public Func<string, CancellationToken, Task> AfterCharge { get; init; } = Nothing;

    public Func<string, CancellationToken, Task> BeforeLookUp { get; init; } = Nothing;

    public Func<string, CancellationToken, Task> BeforeRefund { get; init; } = Nothing;

    public bool IsToken(string token) => provider.IsToken(token);

    public async Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation)
    {
        try
        {
            await BeforeCharge(charge.OrderId, cancellation);
            var result = await provider.Charge(charge, token, CancellationToken.None);
            await AfterCharge(charge.OrderId, cancellation);
            return result;
        }
        catch (OperationCanceledException)
        {
            return new ChargeResult.Unknown();
        }
    }

    public async Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation)
    {
        try
        {
            await BeforeLookUp(charge.OrderId, cancellation);
            return await provider.LookUp(charge, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            return new ChargeResult.Unknown();
        }
    }

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) => provider.Void(charge, cancellation);

    public async Task<RefundResult> Refund(Refund refund, CancellationToken cancellation)
    {
        await BeforeRefund(refund.OrderId, cancellation);
        return await provider.Refund(refund, CancellationToken.None);
    }

    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => provider.Read(signature, body);
}
