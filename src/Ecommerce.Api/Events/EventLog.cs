using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// The outbox and the log in one. A commit that changes the shop carries one entry with the events it means and the stock it moves,
/// so that what happened and what is told of it can never differ. An entry is <c>pending</c>, and so in the index of that name, until
/// it was dispatched: see <see cref="EventDispatcher"/>.
/// </summary>
/// <remarks>One entry for all events of a commit, not one each: they are dispatched together, and it saves three write units an event.</remarks>
public static class EventLog
{
    private const string Pending = "pending";
    private const string PendingAt = "pendingAt";

    /// <summary>The write that logs the events of a commit.</summary>
    /// <param name="entryId">From <see cref="Ids"/> with prefix <c>evt</c>; time-ordered, and the id of the first event.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="userId">Whose doing it was.</param>
    /// <param name="events">At least one, in their order.</param>
    public static Put Append(string entryId, DateTimeOffset at, string userId, params IReadOnlyList<ShopEvent> events) => new(Tables.EventLogs, new()
    {
        ["stream"] = Day(entryId, at),
        ["entryId"] = entryId,
        ["userId"] = userId,
        ["at"] = at.ToUnixTimeMilliseconds(),
        ["events"] = Value.Of([.. events.Select((e, position) => (Value)new Item
        {
            ["eventId"] = position == 0 ? entryId : $"{entryId}-{position}",
            ["eventType"] = e.Type.ToString(),
            ["metadata"] = e.Metadata,
        })]),
        [Pending] = Shard(entryId),
        [PendingAt] = at.ToUnixTimeMilliseconds(),
    }, Expect.Absent);

    /// <summary>The entry that is still to be dispatched, once it has been.</summary>
    public static Put Dispatched(Item entry)
    {
        var done = entry.Copy();
        done[Pending] = done[PendingAt] = Value.None;
        return new(Tables.EventLogs, done, Expect.AtVersion(entry.Version));
    }

    public static bool IsPending(Item entry) => !entry[Pending].IsNone;

    /// <summary>What is to be dispatched in one of the <see cref="Tables.Shards"/> shards, oldest first.</summary>
    public static Query PendingIn(int shard) => new(Tables.EventLogs, shard.ToString(CultureInfo.InvariantCulture)) { Index = Tables.EventLogs.Index(Pending) };

    /// <summary>Where an entry stands.</summary>
    public static ItemKey Key(string entryId, DateTimeOffset at) => Tables.EventLogs.Key(Day(entryId, at), entryId);

    private static string Day(string entryId, DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd}.{Shard(entryId)}";

    private static string Shard(string entryId) => Ids.Shard(entryId).ToString(CultureInfo.InvariantCulture);
}
