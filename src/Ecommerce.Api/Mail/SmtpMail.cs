using System.Net;
using System.Net.Mail;
using System.Text;

namespace Ecommerce.Api.Mail;

/// <summary>By SMTP, over a connection for each mail.</summary>
internal sealed class SmtpMail(MailSettings settings) : IMail
{
    /// <summary>The client has a time limit of its own for calls that block, and none for the others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task Send(OutgoingMail mail, CancellationToken cancellation)
    {
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.StartTls,
            Credentials = settings.Username is null ? null : new NetworkCredential(settings.Username, settings.Password),
            DeliveryFormat = SmtpDeliveryFormat.International,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var message = new MailMessage(settings.From, mail.To, mail.Subject, mail.Text) { BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8 };
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpException e)
        {
            // Its message is the server's, which likes to repeat the address.
            throw new MailException($"The SMTP server did not take it: {e.StatusCode}, {e.InnerException?.GetType().Name ?? "no more is known"}.");
        }
        catch (FormatException)
        {
            throw new MailException("The address is not one that SMTP knows.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MailException($"The SMTP server did not answer within {Patience.TotalSeconds:0} seconds.");
        }
    }
}
