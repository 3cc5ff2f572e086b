using System.Text.Json.Serialization;
using Ecommerce.Api.Deliveries;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

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

/// <summary>One event of the log, and how far it has come.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="EventType">What happened, such as <c>OrderConfirmed</c>.</param>
/// <param name="UserId">Whose order, or whose doing.</param>
/// <param name="Metadata">Facts about it.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tries">How often telling somebody of it failed.</param>
/// <param name="Error">What went wrong last, while it is not done.</param>
/// <param name="NextTryAt">When it is told, where it is to be told.</param>
/// <param name="Deliveries">What it has sent out, while that is not done.</param>
public sealed record TrackedEventAnswer(
    string EventId,
    string EventType,
    string UserId,
    EventMetadata Metadata,
    DateTime Timestamp,
    EventState State,
    int Tries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? NextTryAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DeliveryAnswer>? Deliveries)
{
    internal static TrackedEventAnswer Of(TrackedEvent found) => new(
        found.Logged.EventId, found.Logged.Type, found.Entry.UserId, new(found.Logged.Metadata), found.Entry.At, found.State, found.Progress.Tries,
        found.Error, found.DispatchedAt, found.Open.Count == 0 ? null : [.. found.Open.Select(DeliveryAnswer.Of)]);
}

/// <summary>Something that is to leave the house.</summary>
/// <param name="DeliveryId">Its id.</param>
/// <param name="Channel"><c>EMAIL</c> or <c>WEBHOOK</c>.</param>
/// <param name="Kind">What is sent.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Reason">Why it was not sent, the last time.</param>
/// <param name="NextTryAt">When it is tried again.</param>
public sealed record DeliveryAnswer(
    string DeliveryId,
    Channel Channel,
    string Kind,
    DeliveryStatus Status,
    int Tries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? NextTryAt)
{
    internal static DeliveryAnswer Of(Delivery delivery) =>
        new(delivery.DeliveryId, delivery.Channel, delivery.Kind, delivery.Status, delivery.Tries, delivery.Reason, delivery.DueAt);
}

/// <param name="EventId">The event that is tried again.</param>
/// <param name="State"><c>pending</c>.</param>
public sealed record RetryAnswer(string EventId, EventState State);
