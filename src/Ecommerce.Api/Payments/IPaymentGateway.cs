namespace Ecommerce.Api.Payments;

/// <summary>A charge to make.</summary>
/// <param name="Key">The idempotency key: all charges of one key are one charge.</param>
/// <param name="OrderId">What is paid, for the provider's books.</param>
/// <param name="Amount">In minor units of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Token">Stands for the customer's card or account at the provider.</param>
public sealed record Charge(string Key, string OrderId, Money Amount, string Currency, string Token);

/// <summary>How a charge ended, as far as is known.</summary>
public abstract record ChargeResult
{
    /// <param name="Reference">The provider's id of the charge.</param>
    public sealed record Succeeded(string Reference) : ChargeResult;

    /// <param name="Code">The provider's reason, snake_case.</param>
    public sealed record Declined(string Code) : ChargeResult;

    /// <summary>The provider was out of reach, too slow or in trouble: the charge may have been made or not.</summary>
    public sealed record Unknown : ChargeResult;
}

/// <summary>
/// A payment provider. Its troubles are answers, not exceptions: whatever keeps it from saying how a charge ended is
/// <see cref="ChargeResult.Unknown"/>, and the charge is then to be looked up by its key.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>As in <c>Payment__Provider</c>.</summary>
    string Provider { get; }

    /// <summary>Whether a token is one of this provider's at all. Says nothing of whether it can be charged.</summary>
    bool IsToken(string token);

    /// <summary>Makes the charge, or answers for the one already made under its key.</summary>
    /// <param name="charge">What to charge.</param>
    /// <param name="cancellation">Gives up waiting; the outcome is then unknown.</param>
    Task<ChargeResult> Charge(Charge charge, CancellationToken cancellation);
}
