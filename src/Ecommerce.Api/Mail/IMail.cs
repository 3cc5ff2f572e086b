namespace Ecommerce.Api.Mail;

/// <summary>Sends mail to people.</summary>
public interface IMail
{
    /// <summary>Hands a mail over to be delivered. Whether and when it arrives nobody is told.</summary>
    /// <exception cref="MailException">It could not be handed over.</exception>
    Task Send(OutgoingMail mail, CancellationToken cancellation);
}

/// <summary>A mail could not be handed over. The message says why, and neither to whom nor what.</summary>
public sealed class MailException(string message) : Exception(message);
