using System.Text.Json.Serialization;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

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

/// <summary>One event of the log.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="EventType">What happened, such as <c>OrderConfirmed</c>.</param>
/// <param name="UserId">Whose order, or whose doing.</param>
/// <param name="Metadata">Facts about it.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record EventAnswer(string EventId, string EventType, string UserId, EventMetadata Metadata, DateTime Timestamp)
{
    /// <summary>The events of one entry of the log, in their order.</summary>
    public static IEnumerable<EventAnswer> Of(Item item)
    {
        var entry = LogEntry.Of(item);
        return entry.Events.Select(told => Of(entry, told));
    }

    internal static EventAnswer Of(LogEntry entry, LoggedEvent told) => new(told.EventId, told.Type, entry.UserId, new(told.Metadata), entry.At);
}
