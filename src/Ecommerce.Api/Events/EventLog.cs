using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// The outbox and the log in one. A commit that changes the shop carries one entry with the events it means and the stock it moves,
/// so that what happened and what is told of it can never differ. An entry is in the index <c>pending</c> until every subscriber
/// knows of it and what that led to is done: see <see cref="EventDispatcher"/> and <see cref="EntryProgress"/>.
/// </summary>
/// <remarks>One entry for all events of a commit, not one each: they are dispatched together, and it saves three write units an event.</remarks>
public static class EventLog
{
    /// <summary>The write that logs the events of a commit.</summary>
    /// <param name="entryId">From <see cref="Ids"/> with prefix <c>evt</c>; time-ordered, and the id of the first event.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="userId">Whose doing it was.</param>
    /// <param name="events">At least one, in their order.</param>
    public static Put Append(string entryId, DateTimeOffset at, string userId, params IReadOnlyList<ShopEvent> events)
    {
        var entry = new Item
        {
            ["stream"] = Key(entryId).Partition,
            ["entryId"] = entryId,
            ["userId"] = userId,
            ["at"] = at.ToUnixTimeMilliseconds(),
            ["events"] = Value.Of([.. events.Select((e, position) => (Value)new Item
            {
                ["eventId"] = position == 0 ? entryId : $"{entryId}-{position}",
                ["eventType"] = e.Type.ToString(),
                ["metadata"] = e.Metadata,
            })]),
        };
        EntryProgress.New(at).WriteTo(entry);
        return new(Tables.EventLogs, entry, Expect.Absent);
    }

    /// <summary>Whether a write leaves an entry that is to be dispatched at once: a new one, or one to be tried again.</summary>
    public static bool IsToBeDispatched(Put put) =>
        put.Table == Tables.EventLogs && !put.Item["events"].IsNone && EntryProgress.Of(put.Item) is { IsTold: false, Tries: 0 };

    /// <summary>The entry that an event belongs to.</summary>
    public static string EntryIdOf(string eventId) => eventId.Split('-')[0];

    /// <summary>Where an entry stands: on the day that its id was made.</summary>
    public static ItemKey Key(string entryId) => Tables.EventLogs.Key(Stream(DayOf(entryId), Ids.Shard(entryId)), entryId);

    /// <summary>The day of the log on which an entry stands.</summary>
    public static DateOnly DayOf(string entryId) => DateOnly.FromDateTime(Ids.TimeOf(entryId).UtcDateTime);

    /// <summary>The entries of one of a day's shards, in their order.</summary>
    public static Query OfDay(DateOnly day, int shard) => new(Tables.EventLogs, Stream(day, shard)) { Consistent = true };

    private static string Stream(DateOnly day, int shard) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.{shard}");
}
