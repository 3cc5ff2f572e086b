using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>An entry of the log that is to be dispatched, as it was read.</summary>
internal sealed record PendingEntry(Item Item, EntryProgress Progress)
{
    public ItemKey Key => Tables.EventLogs.KeyOf(Item);

    public static PendingEntry Of(Item item) => new(item, EntryProgress.Of(item));
}
