using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>An event as it stands in the log.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Type">What happened: an <see cref="EventType"/>'s name.</param>
/// <param name="Metadata">Facts about it; amounts in minor units.</param>
internal sealed record LoggedEvent(string EventId, string Type, Item Metadata)
{
    /// <summary>Null for a type that another version of the shop has logged.</summary>
    public EventType? Known => Enum.TryParse<EventType>(Type, out var known) ? known : null;

    public bool Is(EventType type) => Known == type;
}

/// <summary>An entry of the log: what one commit meant.</summary>
/// <param name="EntryId">Time-ordered, and the id of the first event.</param>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Whose doing it was.</param>
/// <param name="Events">At least one, in their order.</param>
/// <param name="Moves">What it means for the stock: see <see cref="StockNote"/>.</param>
/// <param name="Released">The products of which held stock was given back.</param>
/// <param name="OrderId">The order that the stock moved for, if any.</param>
internal sealed record LogEntry(
    string EntryId, DateTime At, string UserId, IReadOnlyList<LoggedEvent> Events, IReadOnlyList<StockMove> Moves,
    IReadOnlyList<string> Released, string? OrderId)
{
    /// <summary>What was sold, and for how much: see <see cref="SaleNote"/>.</summary>
    public IReadOnlyList<ProductAmount> Sold { get; init; } = [];

    /// <summary>What was paid back of what was sold; null for nothing.</summary>
    public PaidBack? PaidBack { get; init; }

    /// <summary>The products that may have sold out by the commit, or be in stock again.</summary>
    public IReadOnlyList<string> StockOf => [.. Moves.Select(move => move.Sku.ProductId).Concat(Released).Distinct()];

    /// <summary>Whether an event is one of an entry's.</summary>
    public static bool HasEvent(Item item, string eventId) => EventsOf(item).Events.Any(told => told.EventId == eventId);

    /// <exception cref="Exception">One of its notes is damaged.</exception>
    public static LogEntry Of(Item item) => EventsOf(item) with
    {
        Moves = StockNote.Of(item),
        Released = StockNote.ReleasedIn(item),
        OrderId = item.TextOrNull("orderId"),
        Sold = SaleNote.SoldIn(item),
        PaidBack = SaleNote.PaidBackIn(item),
    };

    /// <summary>An entry without what it means for stock and sales, which is not read: it may be damaged.</summary>
    public static LogEntry EventsOf(Item item) => new(
        item.Text("entryId"), item.NumberOrNull("at")?.ToTime() ?? Ids.TimeOf(item.Text("entryId")).UtcDateTime, item.TextOrNull("userId") ?? "",
        [.. item.List("events").Select(e => e.AsMap).Select(e => new LoggedEvent(e.Text("eventId"), e.Text("eventType"), e.MapOrNull("metadata") ?? []))],
        Moves: [], Released: [], OrderId: null);
}
