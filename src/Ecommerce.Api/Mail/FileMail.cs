using System.Globalization;
using System.Net.Mail;

namespace Ecommerce.Api.Mail;

/// <summary>On a developer's machine: each mail a file in <c>data/mail</c>, which mail programs open, and a line in the log.</summary>
internal sealed partial class FileMail(IHostEnvironment environment, Ids ids, TimeProvider clock, ILogger<FileMail> log) : IMail
{
    private const string From = "shop@localhost";

    private readonly string _folder = Path.Combine(environment.ContentRootPath, "data", "mail");

    public async Task<bool> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{ids.New("mail")}");
        var path = Path.Combine(_folder, $"{name}.eml");

        // The client chooses the file's name, so it is given a folder of its own.
        var outbox = Directory.CreateDirectory(Path.Combine(_folder, name));
        using (var message = MimeMail.Of(mail, From))
        using (var client = new SmtpClient
        {
            DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
            PickupDirectoryLocation = outbox.FullName,
            DeliveryFormat = MimeMail.FormatFor(mail),
        })
            await client.SendMailAsync(message, cancellation);
        outbox.GetFiles().Single().MoveTo(path);
        outbox.Delete();
        LogMail(path, mail.Subject, mail.Text);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail, kept in {Path}: {Subject}\n{Text}")]
    private partial void LogMail(string path, string subject, string text);
}
