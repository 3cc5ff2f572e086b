using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// How far an entry of the log has come: who was told of it, what of that is still on its way out of the house, and what went wrong.
/// It stands in the entry, and puts it into one of the queues of the index <c>pending</c>; once all is done nothing of it is left.
/// </summary>
internal sealed record EntryProgress
{
    /// <summary>How often dispatching it fails before the entry waits for a person.</summary>
    public const int MaxTries = 8;

    public const string ParkedQueue = "parked";

    private const string Pending = "pending";
    private const string PendingAt = "pendingAt";

    /// <summary>Every subscriber was told.</summary>
    public bool IsTold { get; private init; }

    /// <summary>Those who were told, while others were not.</summary>
    public IReadOnlyList<string> ToldTo { get; private init; } = [];

    /// <summary>How often telling one of the others failed.</summary>
    public int Tries { get; private init; }

    /// <summary>Why it failed the last time: the subscriber, and what it said.</summary>
    public string? Error { get; private init; }

    /// <summary>Ids of the deliveries that it led to and that are on their way.</summary>
    public IReadOnlyList<string> Waiting { get; private init; } = [];

    /// <summary>Ids of those that were given up.</summary>
    public IReadOnlyList<string> Lost { get; private init; } = [];

    /// <summary>Since when it is in its queue; for one to be dispatched, when it is tried next.</summary>
    public DateTime At { get; private init; }

    public EventState State => IsParked ? EventState.Parked : IsTold && Waiting.Count == 0 ? EventState.Done : EventState.Pending;

    /// <summary>Whether it is to be dispatched now.</summary>
    public bool IsDue(DateTime now) => !IsTold && !IsParked && At <= now;

    public bool IsToldTo(string name) => IsTold || ToldTo.Contains(name);

    /// <summary>Nobody was told yet, nor could not be.</summary>
    public bool IsUntouched => !IsTold && Tries == 0 && ToldTo.Count == 0;

    private bool IsParked => IsTold ? Lost.Count > 0 : Tries >= MaxTries;

    /// <summary>The queues of what is to be dispatched, and of what is on its way: one each per shard.</summary>
    public static string DispatchQueue(int shard) => shard.ToString(CultureInfo.InvariantCulture);

    public static string DeliveryQueue(int shard) => string.Create(CultureInfo.InvariantCulture, $"out.{shard}");

    public static Query InQueue(string queue) => new(Tables.EventLogs, queue) { Index = Tables.EventLogs.Index(Pending) };

    public static EntryProgress New(DateTimeOffset at) => new() { At = at.UtcDateTime };

    public static EntryProgress Of(Item entry) => new()
    {
        IsTold = entry[Pending].IsNone || entry.Flag("told"),
        ToldTo = entry.Texts("toldTo"),
        Tries = (int)(entry.NumberOrNull("tries") ?? 0),
        Error = entry.TextOrNull("error"),
        Waiting = entry.Texts("waiting"),
        Lost = entry.Texts("lost"),
        At = entry.NumberOrNull(PendingAt)?.ToTime() ?? default,
    };

    /// <summary>Since when an item is in its queue.</summary>
    public static long AtOf(Item queued) => queued.Number(PendingAt);

    /// <summary>A subscriber was told, and this is what it sends.</summary>
    public EntryProgress With(string subscriber, IEnumerable<string> deliveries) =>
        this with { ToldTo = [.. ToldTo, subscriber], Waiting = [.. Waiting, .. deliveries] };

    /// <summary>So were all the others.</summary>
    public EntryProgress WithAll(IEnumerable<string> deliveries, DateTime now) =>
        this with { IsTold = true, ToldTo = [], Waiting = [.. Waiting, .. deliveries], Tries = 0, Error = null, At = now };

    /// <summary>Somebody could not be told.</summary>
    public EntryProgress Failed(string error, DateTime now) => this with { Tries = Tries + 1, Error = error, At = now + Backoff.After(Tries + 1) };

    /// <summary>A delivery is over and well.</summary>
    public EntryProgress Arrived(string deliveryId) => this with { Waiting = [.. Waiting.Where(id => id != deliveryId)] };

    /// <summary>A delivery was given up.</summary>
    public EntryProgress GivenUp(string deliveryId, DateTime now) => Arrived(deliveryId) with { Lost = [.. Lost, deliveryId], At = IsTold ? now : At };

    /// <summary>All that went wrong is tried again.</summary>
    public EntryProgress Again(DateTime now) => this with { Tries = 0, Error = null, Waiting = [.. Waiting, .. Lost], Lost = [], At = now };

    /// <summary>The write that keeps it in the entry, at the version that the entry was read.</summary>
    public Put ToPut(Item entry)
    {
        var kept = entry.Copy();
        WriteTo(kept);
        return new(Tables.EventLogs, kept, Expect.AtVersion(entry.Version));
    }

    public void WriteTo(Item entry)
    {
        var queue = Queue(entry.Text("entryId"));
        entry[Pending] = queue;
        entry[PendingAt] = queue is null ? Value.None : At.ToMilliseconds();
        entry["told"] = queue is not null && IsTold ? true : Value.None;
        entry["toldTo"] = List(ToldTo);
        entry["tries"] = Tries == 0 ? Value.None : Tries;
        entry["error"] = Error;
        entry["waiting"] = List(Waiting);
        entry["lost"] = List(Lost);
    }

    private string? Queue(string entryId) => State switch
    {
        EventState.Parked => ParkedQueue,
        EventState.Done => null,
        _ => IsTold ? DeliveryQueue(Ids.Shard(entryId)) : DispatchQueue(Ids.Shard(entryId)),
    };

    private static Value List(IReadOnlyList<string> texts) => texts.Count == 0 ? Value.None : Value.Of(texts);
}
