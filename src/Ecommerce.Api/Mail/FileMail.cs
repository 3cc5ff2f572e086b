using System.Globalization;

namespace Ecommerce.Api.Mail;

/// <summary>On a developer's machine: each mail a file in <c>data/mail</c>, and a line in the log.</summary>
internal sealed partial class FileMail(IHostEnvironment environment, Ids ids, TimeProvider clock, ILogger<FileMail> log) : IMail
{
    private readonly string _folder = Path.Combine(environment.ContentRootPath, "data", "mail");

    public async Task Send(OutgoingMail mail, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        var now = clock.GetUtcNow();
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{ids.New("mail")}.eml"));
        await File.WriteAllTextAsync(path, $"""
            Date: {now.ToString("r", CultureInfo.InvariantCulture)}
            To: {mail.To}
            Subject: {mail.Subject}
            Content-Type: text/plain; charset=utf-8

            {mail.Text}
            """, cancellation);
        LogMail(path, mail.Subject, mail.Text);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail, kept in {Path}: {Subject}\n{Text}")]
    private partial void LogMail(string path, string subject, string text);
}
