namespace Ecommerce.Api.Payments;

/// <summary>The one charge of an order.</summary>
/// <param name="Key">The idempotency key: all charges of one key are one charge.</param>
/// <param name="OrderId">What is paid, for the provider's books.</param>
/// <param name="Amount">In minor units of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Charge(string Key, string OrderId, Money Amount, string Currency);

/// <summary>How a charge stands, as far as is known.</summary>
public abstract record ChargeResult
{
    /// <summary>The code of a charge that was called off before it was made.</summary>
    public const string Voided = "not_charged";

    /// <summary>Whether it will stay so, whatever else happens to the charge's key.</summary>
    public bool IsCertain => this is Succeeded or Declined;

    /// <param name="Reference">The provider's id of the charge.</param>
    /// <param name="Amount">What the provider took, in minor units.</param>
    /// <param name="Currency">ISO 4217, of what it took.</param>
    public sealed record Succeeded(string Reference, Money Amount, string Currency) : ChargeResult;

    /// <param name="Code">The provider's reason, snake_case.</param>
    public sealed record Declined(string Code) : ChargeResult;

    /// <summary>The provider has no such charge at this moment.</summary>
    public sealed record NotMade : ChargeResult;

    /// <summary>The provider was out of reach, too slow or in trouble: the charge may have been made or not.</summary>
    public sealed record Unknown : ChargeResult;
}
