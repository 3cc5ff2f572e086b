namespace Ecommerce.Api.Orders;

/// <summary>Money of an order that goes back to whoever paid.</summary>
/// <param name="Number">Counts the order's refunds, from 1.</param>
/// <param name="Amount">In minor units of the order's currency.</param>
/// <param name="Reason">Why, in somebody's words.</param>
/// <param name="At">When it was decided; from then on the amount cannot be paid back a second time.</param>
/// <param name="DoneAt">When the provider had paid it back; null while it has not.</param>
/// <param name="Failures">How often the provider refused it for good; each try after that is another refund to the provider.</param>
/// <param name="KeyId">The id that the idempotency key of the request makes, if one was sent.</param>
public sealed record OrderRefund(
    int Number, Money Amount, string? Reason, DateTime At, DateTime? DoneAt = null, int Failures = 0, string? KeyId = null)
{
    public bool IsPending => DoneAt is null;
}
