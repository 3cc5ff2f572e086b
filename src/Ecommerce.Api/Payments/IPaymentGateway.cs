namespace Ecommerce.Api.Payments;

/// <summary>
/// A payment provider. Its troubles are answers, not exceptions: whatever keeps it from saying how a charge or a refund ended is
/// <c>Unknown</c>, and only asking again can tell. Every call is idempotent by its key for a day at least.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>As in <c>Payment__Provider</c>.</summary>
    string Provider { get; }

    /// <summary>Whether a token is one of this provider's at all. Says nothing of whether it can be charged.</summary>
    bool IsToken(string token);

    /// <summary>Makes the charge, or answers for the one already made under its key. Never <see cref="ChargeResult.NotMade"/>.</summary>
    /// <param name="charge">What to charge.</param>
    /// <param name="token">Stands for the customer's card or account at the provider.</param>
    /// <param name="cancellation">Gives up waiting; the outcome is then unknown.</param>
    Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation);

    /// <summary>
    /// How the charge stands, without touching it. <see cref="ChargeResult.NotMade"/> is no promise: a request that is still on its
    /// way may yet make it.
    /// </summary>
    Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation);

    /// <summary>
    /// Sees to it that the charge is never made, if it was not yet: then and from then on its key answers
    /// <see cref="ChargeResult.Declined"/> with <see cref="ChargeResult.Voided"/>, also to a request that comes late. Otherwise how it
    /// ended. Never <see cref="ChargeResult.NotMade"/>.
    /// </summary>
    Task<ChargeResult> Void(Charge charge, CancellationToken cancellation);

    /// <summary>Pays back some of a charge, or answers for the refund already made under its key.</summary>
    Task<RefundResult> Refund(Refund refund, CancellationToken cancellation);

    /// <summary>
    /// Reads what the provider calls to tell; null when it was not the provider who signed it, or not within the last few minutes.
    /// What is signed and yet cannot be read is logged and a <see cref="PaymentNotice.Other"/>, since telling it again would not
    /// help; its event id is then one of its own, the same for the same bytes.
    /// </summary>
    /// <param name="signature">The signature header, if there was one.</param>
    /// <param name="body">The raw bytes that were signed.</param>
    PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body);
}
