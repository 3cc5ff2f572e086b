using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Telemetry;

/// <summary>The payment provider, and how long it takes to answer.</summary>
internal sealed class MeteredGateway(IPaymentGateway inner, TimeProvider clock) : IPaymentGateway
{
    public string Provider => inner.Provider;

    public bool IsToken(string token) => inner.IsToken(token);

    public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation) =>
        Timed("charge", () => inner.Charge(charge, token, cancellation), Outcomes.Of);

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) =>
        Timed("look_up", () => inner.LookUp(charge, cancellation), Outcomes.Of);

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) =>
        Timed("void", () => inner.Void(charge, cancellation), Outcomes.Of);

    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) =>
        Timed("refund", () => inner.Refund(refund, cancellation), Outcomes.Of);

    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => inner.Read(signature, body);

    private async Task<T> Timed<T>(string operation, Func<Task<T>> ask, Func<T, string> outcome)
    {
        var (started, came) = (clock.GetTimestamp(), Outcomes.Error);
        try
        {
            var result = await ask();
            came = outcome(result);
            return result;
        }
        finally
        {
            ShopMeter.ProviderAnswered(clock.GetElapsedTime(started), operation, came);
        }
    }
}
