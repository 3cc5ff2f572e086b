using System.Net;
using System.Net.Mail;
using System.Text;

namespace Ecommerce.Api.Mail;

/// <summary>By SMTP, over a connection for each mail.</summary>
internal sealed class SmtpMail(MailSettings settings) : IMail
{
    /// <summary>
    /// For a mail up to its end, and for the answer to it. That one the client waits for in a call that blocks, and which only its own
    /// time limit ends; in all others only the cancellation does.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    public async Task<bool> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.StartTls,
            Credentials = settings.Username is null ? null : new NetworkCredential(settings.Username, settings.Password),
            Timeout = (int)Patience.TotalMilliseconds,
            DeliveryFormat = MimeMail.FormatFor(mail),
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var message = MimeMail.Of(mail, settings.From);
            await client.SendMailAsync(message, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SmtpException or OperationCanceledException && limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new MailException($"The SMTP server did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (SmtpException e)
        {
            // Its message is the server's, which likes to repeat the address.
            var why = e.InnerException?.GetType().Name ?? (IsNotInternational(e, mail) ? "it takes no address of this script" : "no more is known");
            throw new MailException($"The SMTP server did not take it: {e.StatusCode}, {why}.", IsFinal(e, mail), IsOfThisMail(e.StatusCode));
        }
        catch (FormatException)
        {
            throw new MailException("The address is not one that SMTP knows.", isFinal: true);
        }
    }

    /// <summary>
    /// 550 to 559 are about this mail or its recipient, 500 to 504 about an address that the server cannot read (RFC 5321, 4.2.1). The other
    /// permanent ones are about the shop's own login or settings, which somebody can put right.
    /// </summary>
    private static bool IsFinal(SmtpException e, OutgoingMail mail) => (int)e.StatusCode is (>= 550 and < 560) or (>= 500 and < 505) || IsNotInternational(e, mail);

    /// <summary>The client's own refusal: an address of another script than ASCII, and a server without SMTPUTF8 (RFC 6531).</summary>
    private static bool IsNotInternational(SmtpException e, OutgoingMail mail) =>
        e is { StatusCode: SmtpStatusCode.GeneralFailure, InnerException: null } && !Ascii.IsValid(mail.To);

    /// <summary>A mailbox that is busy or full, greylisting, a recipient too many; 421 and 454 are about the server.</summary>
    private static bool IsOfThisMail(SmtpStatusCode status) => (int)status is >= 450 and < 454;
}
