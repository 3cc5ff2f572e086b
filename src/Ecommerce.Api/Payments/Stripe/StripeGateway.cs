using System.Text.RegularExpressions;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>Stripe, by the few calls that a shop needs of it (https://docs.stripe.com/api).</summary>
internal sealed partial class StripeGateway(StripeCharges charges, StripeRefunds refunds, StripeNotices notices) : IPaymentGateway
{
    private const int MaxTokenLength = 255;

    public string Provider => nameof(PaymentProvider.Stripe);

    public bool IsToken(string token) => token.Length <= MaxTokenLength && Token.IsMatch(token);

    public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation) => charges.Make(charge, token, cancellation);

    public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) => charges.LookUp(charge, cancellation);

    public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) => charges.Void(charge, cancellation);

    public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) => refunds.Make(refund, cancellation);

    public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => notices.Read(signature, body);

    [GeneratedRegex(@"^(pm|tok|card)_[A-Za-z0-9_]+\z")]
    private static partial Regex Token { get; }
}
