using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Users;
using Ecommerce.Storage;

namespace Ecommerce.Api.Notifications;

/// <summary>Which letters an event leads to, and to whom. What they say is decided when they are sent: see <see cref="LetterDesk"/>.</summary>
internal sealed class MailSubscriber(Settings settings) : ISubscriber
{
    public string Name => "mail";

    public IEnumerable<Write> WritesOf(LogEntry entry) => entry.Events.SelectMany(told => Letters(entry, told)
        .Where(letter => letter.To != Delivery.ToAdmin || settings.AdminEmail is not null)
        .Select(letter => Delivery.Of(entry, told, Channel.Email, EnumNames<LetterKind>.Of(letter.Kind), letter.To).ToPut()));

    /// <summary>
    /// One letter for what is one thing to its reader: an order that is cancelled leads to none, since the refund's letter tells of both.
    /// </summary>
    private static IEnumerable<(LetterKind Kind, string To)> Letters(LogEntry entry, LoggedEvent told) => told.Known switch
    {
        EventType.UserRegistered => [(told.Metadata.Flag(UserRepository.Invited) ? LetterKind.Invitation : LetterKind.Welcome, entry.UserId)],
        EventType.OrderConfirmed => [(LetterKind.Receipt, entry.UserId), (LetterKind.NewOrder, Delivery.ToAdmin)],
        EventType.OrderShipped => [(LetterKind.Shipped, entry.UserId)],
        EventType.RefundIssued => [(LetterKind.Refund, entry.UserId)],
        EventType.OrderUnfulfillable => [(LetterKind.Unfulfillable, entry.UserId), (LetterKind.Unfulfillable, Delivery.ToAdmin)],
        EventType.LowStock => [(LetterKind.LowStock, Delivery.ToAdmin)],
        _ => [],
    };
}
