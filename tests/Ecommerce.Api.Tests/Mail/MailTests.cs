using System.Text;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Tests.Harness;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Mail;

public sealed class MailTests
{
    private static readonly OutgoingMail Letter = new("ada@example.com", "Zwölf", "Grüße\nund\n.\nmehr") { Html = "<p>Grüße</p>", Id = "ntf_1" };

    [Theory]
    [InlineData("ada@example.com\r\nBcc: eve@example.com", "Hello", "ntf_1")]
    [InlineData("ada@example.com", "Hello\nBcc: eve@example.com", "ntf_1")]
    [InlineData("ada@example.com\0", "Hello", "ntf_1")]
    [InlineData("ada@example.com", "Hello", "1>\r\nBcc: eve@example.com")]
    [InlineData("ada@example.com", "Hello", "")]
    public void A_header_cannot_become_two(string to, string subject, string id) =>
        Assert.Throws<ArgumentException>(() => new OutgoingMail(to, subject, "text") { Id = id });

    [Fact]
    public void A_mail_does_not_print_itself() => Assert.Equal("OutgoingMail", Letter.ToString());

    [Fact]
    public async Task On_a_developers_machine_a_mail_is_a_file_for_mail_programs_and_a_line_in_the_log()
    {
        var root = Directory.CreateTempSubdirectory("mail-");
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var clock = new FakeClock();
        var mail = new FileMail(new Machine(root.FullName), new(clock), clock, loggers.CreateLogger<FileMail>());
        Assert.True(await mail.Send(Letter, TestContext.Current.CancellationToken));
        var folder = new DirectoryInfo(Path.Combine(root.FullName, "data", "mail"));
        var file = Assert.Single(folder.GetFileSystemInfos());
        Assert.StartsWith("20360131-120000-mail_", file.Name);
        Assert.Equal(".eml", file.Extension);
        var lines = await File.ReadAllLinesAsync(file.FullName, TestContext.Current.CancellationToken);
        var headers = lines.TakeWhile(line => line.Length > 0).ToList();
        foreach (var header in new[] { "To: ada@example.com", "From: shop@localhost", "Subject: =?utf-8?B?WnfDtmxm?=", "Message-ID: <ntf_1@localhost>", "Content-Type: multipart/alternative;" })
            Assert.Contains(headers, line => line.StartsWith(header, StringComparison.OrdinalIgnoreCase));
        foreach (var part in new[] { Letter.Text.ReplaceLineEndings("\r\n"), Letter.Html! }) Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(part)), lines);
        Assert.Contains(Letter.Text, Assert.Single(log.Lines).Message);

        Assert.True(await mail.Send(new("用户@例子.公司", "Hello", "text"), TestContext.Current.CancellationToken));
        Assert.Equal(2, folder.GetFiles().Length);
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task Where_no_mail_is_set_up_the_log_says_so_and_nothing_of_the_mail()
    {
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        Assert.False(await new NoMail(loggers.CreateLogger<NoMail>()).Send(Letter, TestContext.Current.CancellationToken));
        var line = Assert.Single(log.Lines);
        Assert.Equal((LogLevel.Warning, "A mail was not sent, since none is configured: set Email__Smtp__Host and Email__Smtp__From."), (line.Level, line.Message));
    }

    private sealed class Machine(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "Ecommerce.Api";

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
