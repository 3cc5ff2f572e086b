using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Ecommerce.Api.Mail;

/// <summary>A mail as it goes over the wire: plain text and, where there is one, HTML to choose from.</summary>
internal static class MimeMail
{
    /// <exception cref="FormatException">SMTP knows no such address.</exception>
    public static MailMessage Of(OutgoingMail mail, string from)
    {
        var message = new MailMessage { SubjectEncoding = Encoding.UTF8, Subject = mail.Subject };
        try
        {
            message.From = new(from);
            message.To.Add(new MailAddress(mail.To));
            message.AlternateViews.Add(Part(mail.Text, MediaTypeNames.Text.Plain));
            if (mail.Html is { } html) message.AlternateViews.Add(Part(html, MediaTypeNames.Text.Html));
            if (mail.Id is { } id) message.Headers["Message-ID"] = $"<{id}@{message.From.Host}>";

            // Nobody's holiday notice is an answer to it (RFC 3834).
            message.Headers["Auto-Submitted"] = "auto-generated";
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>What is sent as international (RFC 6531) cannot be passed on to a server that is not: only where the address needs it.</summary>
    public static SmtpDeliveryFormat FormatFor(OutgoingMail mail) => Ascii.IsValid(mail.To) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;

    private static AlternateView Part(string content, string mediaType)
    {
        var part = AlternateView.CreateAlternateViewFromString(content.ReplaceLineEndings("\r\n"), Encoding.UTF8, mediaType);

        // What .NET makes of quoted-printable has its line breaks encoded, too, which RFC 2045 allows for no text.
        part.TransferEncoding = TransferEncoding.Base64;
        return part;
    }
}
