using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>What an entry of the log says that happened, whatever its notes for stock and sales are worth.</summary>
/// <param name="EntryId">Time-ordered, and the id of the first event.</param>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Whose doing it was.</param>
/// <param name="Events">At least one, in their order.</param>
internal sealed record EntryHeader(string EntryId, DateTime At, string UserId, IReadOnlyList<LoggedEvent> Events)
{
    public static EntryHeader Of(Item item) => new(
        item.Text("entryId"), item.NumberOrNull("at")?.ToTime() ?? Ids.TimeOf(item.Text("entryId")).UtcDateTime, item.TextOrNull("userId") ?? "",
        [.. item.List("events").Select(e => e.AsMap).Select(e => new LoggedEvent(e.Text("eventId"), e.Text("eventType"), e.MapOrNull("metadata") ?? []))]);
}
