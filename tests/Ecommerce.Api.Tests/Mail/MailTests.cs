using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Tests.Harness;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Mail;

public sealed class MailTests
{
    private static readonly OutgoingMail Letter = new("ada@example.com", "Zwölf", "Grüße\nund\n.\nmehr");

    [Fact]
    public async Task A_mail_is_handed_to_the_server_that_is_set()
    {
        await using var server = new SmtpStandIn();
        await new SmtpMail(Settings(server.Port)).Send(Letter, TestContext.Current.CancellationToken);
        var told = server.Commands;
        Assert.Contains(told, line => line.StartsWith("MAIL FROM:<shop@example.com>", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("RCPT TO:<ada@example.com>", StringComparison.Ordinal));
        Assert.Contains("To: ada@example.com", told, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("From: shop@example.com", told, StringComparer.OrdinalIgnoreCase);
        Assert.Single(told, line => line.StartsWith("Subject: ", StringComparison.OrdinalIgnoreCase));
        var body = string.Concat(told.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => line != "."));
        Assert.Equal(Letter.Text, Encoding.UTF8.GetString(Convert.FromBase64String(body)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task An_address_of_any_script_is_handed_over()
    {
        await using var server = new SmtpStandIn();
        await new SmtpMail(Settings(server.Port)).Send(new("用户@例子.公司", "Hello", "text"), TestContext.Current.CancellationToken);
        Assert.Contains(server.Commands, line => line.StartsWith("RCPT TO:<用户@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_says_why_and_not_whose()
    {
        await using var server = new SmtpStandIn("550 5.1.1 <ada@example.com>: no such user");
        var refused = await Assert.ThrowsAsync<MailException>(() => new SmtpMail(Settings(server.Port)).Send(Letter, TestContext.Current.CancellationToken));
        Assert.Contains("MailboxUnavailable", refused.Message);
        Assert.DoesNotContain("ada", refused.ToString());
        Assert.DoesNotContain("DATA", server.Commands);
    }

    [Fact]
    public async Task Where_encryption_is_wanted_nothing_is_told_to_a_server_without_it()
    {
        await using var server = new SmtpStandIn();
        var settings = Settings(server.Port) with { Username = "shop", Password = "smtp secret", StartTls = true };
        await Assert.ThrowsAsync<MailException>(() => new SmtpMail(settings).Send(Letter, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_mail_that_is_not_sent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await Assert.ThrowsAsync<MailException>(() => new SmtpMail(Settings(port)).Send(Letter, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ada@example.com\r\nBcc: eve@example.com", "Hello")]
    [InlineData("ada@example.com", "Hello\nBcc: eve@example.com")]
    [InlineData("ada@example.com\0", "Hello")]
    public void A_header_cannot_become_two(string to, string subject) => Assert.Throws<ArgumentException>(() => new OutgoingMail(to, subject, "text"));

    [Fact]
    public void A_mail_does_not_print_itself() => Assert.Equal("OutgoingMail", Letter.ToString());

    [Fact]
    public async Task On_a_developers_machine_a_mail_is_a_file_and_a_line_in_the_log()
    {
        var root = Directory.CreateTempSubdirectory("mail-");
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var clock = new FakeClock();
        await new FileMail(new Machine(root.FullName), new(clock), clock, loggers.CreateLogger<FileMail>()).Send(Letter, TestContext.Current.CancellationToken);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(root.FullName, "data", "mail")));
        Assert.StartsWith("20360131-120000-mail_", Path.GetFileName(file));
        Assert.Equal($"Date: Thu, 31 Jan 2036 12:00:00 GMT\nTo: {Letter.To}\nSubject: {Letter.Subject}\nContent-Type: text/plain; charset=utf-8\n\n{Letter.Text}",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains(Letter.Text, Assert.Single(log.Lines).Message);
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task Where_no_mail_is_set_up_the_log_says_so_and_nothing_of_the_mail()
    {
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        await new NoMail(loggers.CreateLogger<NoMail>()).Send(Letter, TestContext.Current.CancellationToken);
        var line = Assert.Single(log.Lines);
        Assert.Equal((LogLevel.Warning, "A mail was not sent, since none is configured: set Email__Smtp__Host and Email__Smtp__From."), (line.Level, line.Message));
    }

    private static MailSettings Settings(int port) => new("127.0.0.1", port, null, null, "shop@example.com", StartTls: false);

    private sealed class Machine(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "Ecommerce.Api";

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
