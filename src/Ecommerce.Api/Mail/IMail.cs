namespace Ecommerce.Api.Mail;

/// <summary>Sends mail to people.</summary>
public interface IMail
{
    /// <summary>Hands a mail over to be delivered. Whether and when it arrives nobody is told.</summary>
    /// <returns>False where the shop has nobody to hand it to, and the mail went nowhere.</returns>
    /// <exception cref="MailException">It could not be handed over.</exception>
    Task<bool> Send(OutgoingMail mail, CancellationToken cancellation);
}
