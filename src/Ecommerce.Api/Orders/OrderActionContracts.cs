using System.Text.Json.Serialization;

namespace Ecommerce.Api.Orders;

public sealed record CancelRequest(string? Reason);

/// <param name="Amount">What to pay back; all that is left when it is not given.</param>
/// <param name="Reason">Why.</param>
public sealed record RefundRequest(Money? Amount, string? Reason);

public sealed record ShipRequest(string? TrackingNumber);

/// <summary>What an order pays back, or has paid back.</summary>
public sealed record RefundAnswer(
    Money Amount,
    RefundStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    DateTime At)
{
    public static RefundAnswer Of(OrderRefund refund) =>
        new(refund.Amount, refund.IsPending ? RefundStatus.Pending : RefundStatus.Done, refund.Reason, refund.DoneAt ?? refund.At);
}

[JsonConverter(typeof(UpperSnakeCase<RefundStatus>))]
public enum RefundStatus
{
    /// <summary>Decided; the provider is asked until it says yes.</summary>
    Pending,

    Done,
}
