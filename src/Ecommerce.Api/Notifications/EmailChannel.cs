using System.Globalization;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Mail;

namespace Ecommerce.Api.Notifications;

/// <summary>
/// Letters by mail. One that is sent again, since nobody knows whether the server took it, has the mail id that it had before, by which
/// mail programs show it once.
/// </summary>
internal sealed class EmailChannel(LetterDesk desk, IMail mail, TimeProvider clock) : IDeliveryChannel
{
    public Channel Channel => Channel.Email;

    /// <summary>The mail server takes them all; what it has against one mail is no reason to leave it alone.</summary>
    public string RouteOf(Delivery delivery) => "";

    public async Task<DeliveryResult> Send(Delivery delivery, LogEntry? entry, LoggedEvent? told, CancellationToken cancellation)
    {
        if (delivery.LapsesAt <= clock.Now()) return new DeliveryResult.Skipped("It would have come too late.");
        return await desk.Write(delivery, told, cancellation) switch
        {
            Draft.Written draft => await Send(draft.Letter.To(draft.Address, MailId(delivery)), cancellation),
            Draft.None none => new DeliveryResult.Skipped(none.Why),
            var draft => throw new InvalidOperationException($"Nobody knows what to make of a {draft.GetType().Name}."),
        };
    }

    private async Task<DeliveryResult> Send(OutgoingMail letter, CancellationToken cancellation)
    {
        try
        {
            return await mail.Send(letter, cancellation)
                ? new DeliveryResult.Done()
                : new DeliveryResult.Skipped("No mail server is set.");
        }
        catch (MailException e)
        {
            return e.IsFinal ? new DeliveryResult.Refused(e.Message) : new DeliveryResult.Again(e.Message) { IsAlone = e.IsOfThisMail };
        }
    }

    /// <summary>
    /// A letter that says the same each time has one id. A password's has another token each time, of which the last is good; and a
    /// delivery that no event led to may be made again, under its old id, for another mail.
    /// </summary>
    private static string MailId(Delivery delivery) => EnumNames<LetterKind>.Parse(delivery.Kind) is LetterKind.PasswordReset or LetterKind.Invitation
        ? string.Create(CultureInfo.InvariantCulture, $"{delivery.DeliveryId}_{delivery.CreatedAt.ToMilliseconds()}_{delivery.Tries}")
        : delivery.DeliveryId;
}
