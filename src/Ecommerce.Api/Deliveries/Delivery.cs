using System.Text.Json.Serialization;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Deliveries;

/// <summary>The way by which something leaves the house.</summary>
[JsonConverter(typeof(UpperSnakeCase<Channel>))]
public enum Channel
{
    Email,
    Webhook,
}

[JsonConverter(typeof(UpperSnakeCase<DeliveryStatus>))]
public enum DeliveryStatus
{
    /// <summary>To be sent, or to be tried again.</summary>
    Pending,

    Sent,

    /// <summary>There was nobody to send it to any more.</summary>
    Skipped,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>
/// Something that is to leave the house: a mail to a person, an event to a webhook. It is written in the commit in which its subscriber
/// is told of the event, under an id that follows from event, kind and recipient, so an event leads to it once; and sent afterwards, by a
/// <see cref="DeliveryLane"/>.
/// </summary>
internal sealed record Delivery
{
    /// <summary>Stands for the shop's administrator as recipient.</summary>
    public const string ToAdmin = "admin";

    /// <summary>After which it is not tried any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>Stands for whoever has the <see cref="Address"/>, if anybody does.</summary>
    public const string ToAddress = "address";

    /// <summary>With prefix <c>ntf</c>. Ordered by time where an event led to it; those <see cref="ToMailbox"/> are not.</summary>
    public required string DeliveryId { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>What is sent: a letter's name, an event's type.</summary>
    public required string Kind { get; init; }

    /// <summary>A user's or webhook's id, <see cref="ToAdmin"/> or <see cref="ToAddress"/>.</summary>
    public required string Recipient { get; init; }

    /// <summary>The event it tells of; null where none led to it.</summary>
    public string? EventId { get; init; }

    /// <summary>The entry of the log that has this event.</summary>
    public ItemKey? Entry { get; init; }

    /// <summary>What is written to where no account is known yet. Not kept once it is over.</summary>
    public string? Address { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DeliveryStatus Status { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Tries { get; init; }

    /// <summary>Why it was not sent, the last time; null while somebody has it in hand.</summary>
    public string? Reason { get; init; }

    /// <summary>When it is to be tried, or, while somebody does so, when somebody else may; null when it is over.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>Since when somebody is after it: giving up counts from here, not from a time when the shop was closed.</summary>
    public DateTime TriedSince { get; init; }

    public DateTime? DoneAt { get; init; }

    /// <summary>After which it is of no use any more; null for no such time.</summary>
    public DateTime? LapsesAt { get; init; }

    public long Version { get; init; }

    /// <summary>
    /// How long the record of one that is over is kept: of the many that go to webhooks a month, for their receivers have them. One that was
    /// given up stays for whoever has its event tried again.
    /// </summary>
    private TimeSpan Kept => TimeSpan.FromDays(Channel == Channel.Webhook ? 30 : 90);

    /// <summary>A new one, due at once.</summary>
    /// <param name="entry">The entry of the log.</param>
    /// <param name="told">Its event that is told of.</param>
    /// <param name="channel">The way.</param>
    /// <param name="kind">See <see cref="Kind"/>.</param>
    /// <param name="recipient">See <see cref="Recipient"/>.</param>
    public static Delivery Of(LogEntry entry, LoggedEvent told, Channel channel, string kind, string recipient) => new()
    {
        DeliveryId = Ids.DeriveAt("ntf", entry.At, told.EventId, EnumNames<Channel>.Of(channel), kind, recipient),
        Channel = channel,
        Kind = kind,
        Recipient = recipient,
        EventId = told.EventId,
        Entry = EventLog.Key(entry.EntryId),
        CreatedAt = entry.At,
        TriedSince = entry.At,
        DueAt = entry.At,
    };

    public static ItemKey KeyOf(string deliveryId) => Tables.Notifications.Key(deliveryId);

    /// <summary>A new mail to whoever has an address, due at once; no event led to it.</summary>
    /// <param name="deliveryId">Follows from kind and address.</param>
    /// <param name="kind">See <see cref="Kind"/>.</param>
    /// <param name="address">See <see cref="Address"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="life">How long it is of any use.</param>
    public static Delivery ToMailbox(string deliveryId, string kind, string address, DateTime now, TimeSpan life) => new()
    {
        DeliveryId = deliveryId,
        Channel = Channel.Email,
        Kind = kind,
        Recipient = ToAddress,
        Address = address,
        CreatedAt = now,
        TriedSince = now,
        DueAt = now,
        LapsesAt = now + life,
    };

    public bool IsDue(DateTime now) => DueAt <= now;

    /// <summary>As whoever is after it has it: somebody who sees it for the first time begins to count.</summary>
    public Delivery Seen(DateTime now) => Tries == 0 && Reason is null ? this with { TriedSince = now } : this;

    /// <summary>It was tried for so long that it is not tried any more.</summary>
    public bool IsHopeless(DateTime now) => now - TriedSince >= Patience;

    /// <summary>In hand until the lease is over: who wakes up after that finds another version.</summary>
    public Delivery Begun(DateTime leaseEnds) => this with { Tries = Tries + 1, Reason = null, DueAt = leaseEnds };

    /// <summary>What a try makes of it.</summary>
    public Delivery After(DeliveryResult result, DateTime now) => result switch
    {
        DeliveryResult.Done => Over(DeliveryStatus.Sent, null, now),
        DeliveryResult.Skipped { Reason: var reason } => Over(DeliveryStatus.Skipped, reason, now),
        DeliveryResult.Refused { Reason: var reason } => Over(DeliveryStatus.Failed, reason, now),
        DeliveryResult.CutShort => Postponed("It was broken off for want of time.", now),
        DeliveryResult.Again { Reason: var reason } when IsHopeless(now) => Over(DeliveryStatus.Failed, reason, now),
        DeliveryResult.Again { Reason: var reason } => Postponed(reason, now + Backoff.After(Tries)),
        _ => throw new InvalidOperationException($"Nobody knows what to make of {result}."),
    };

    public Delivery Postponed(string reason, DateTime until) => this with { Reason = reason, DueAt = until };

    public Delivery Over(DeliveryStatus status, string? reason, DateTime now) =>
        this with
        {
            Status = status,
            Reason = reason,
            DueAt = null,
            DoneAt = now,
            Address = null,
            LapsesAt = status == DeliveryStatus.Failed && EventId is not null ? null : LapsesAt ?? (now + Kept),
        };

    /// <summary>Whether nobody has it in hand: it waits to be tried again, or was given up.</summary>
    public bool IsLeft => Reason is not null;

    /// <summary>Once more from the beginning.</summary>
    public Delivery Again(DateTime now) =>
        this with { Status = DeliveryStatus.Pending, Reason = null, DueAt = now, TriedSince = now, DoneAt = null, LapsesAt = null, Tries = 0 };
}
