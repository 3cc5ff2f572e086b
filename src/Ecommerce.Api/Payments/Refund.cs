namespace Ecommerce.Api.Payments;

/// <summary>Money to pay back.</summary>
/// <param name="Key">The idempotency key: all refunds of one key are one refund.</param>
/// <param name="OrderId">Whose payment it is, for the provider's books.</param>
/// <param name="Reference">The provider's id of the charge.</param>
/// <param name="Amount">In minor units of the charge's currency.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Refund(string Key, string OrderId, string Reference, Money Amount, string Currency);

/// <summary>How a refund ended, as far as is known.</summary>
public abstract record RefundResult
{
    public sealed record Succeeded : RefundResult;

    /// <summary>Not made, and not to be made under this key any more; another key may try again.</summary>
    /// <param name="Code">The provider's reason, snake_case.</param>
    public sealed record Failed(string Code) : RefundResult;

    /// <summary>It may have been made or not; the same key may be sent again.</summary>
    public sealed record Unknown : RefundResult;
}
