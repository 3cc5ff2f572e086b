using System.Net;
using System.Net.Sockets;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Smtp;

namespace Ecommerce.Api.Tests.Mail;

/// <summary>Mail over a real SMTP server, and what servers do.</summary>
public sealed class SmtpTests
{
    private static readonly OutgoingMail Letter = new("ada@example.com", "Zwölf Grüße", "Grüße") { Html = "<p>Grüße &amp; Küsse</p>", Id = "ntf_1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_comes_as_text_and_as_html_to_choose_from()
    {
        await using var server = await SmtpServer.Start();
        Assert.True(await Mail(server).Send(Letter, Cancellation));
        var mail = await server.Only();
        Assert.Equal(("Zwölf Grüße", "Grüße", "<p>Grüße &amp; Küsse</p>"), (mail.Subject, mail.Text, mail.Html));
        Assert.Equal(("shop@example.com", "shop@example.com"), (mail.From, mail.Sender));
        Assert.Equal(("ada@example.com", "ada@example.com"), (Assert.Single(mail.To), Assert.Single(mail.Recipients)));
        Assert.Equal(("<ntf_1@example.com>", "auto-generated"), (mail.MessageId, mail.AutoSubmitted));
        Assert.Equal((false, null), (mail.IsEncrypted, mail.User));

        Assert.Single(mail.Raw.Split("\r\n"), line => line.StartsWith("Content-Type: multipart/alternative;", StringComparison.OrdinalIgnoreCase));
        Assert.True(mail.Raw.IndexOf("text/plain", StringComparison.Ordinal) < mail.Raw.IndexOf("text/html", StringComparison.Ordinal));
        Assert.All(mail.Raw, c => Assert.True(char.IsAscii(c)));
        Assert.All(mail.Raw.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Theory]
    [InlineData(".\n..\n. leading dots\n.")]
    [InlineData("trailing blanks  \n\ttabs\t\n\n\nempty lines")]
    [InlineData("From here on\n--boundary--\n=3D =\n100 %")]
    [InlineData("emoji 🎉 at the end of a line that is long enough to be broken in the middle 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉 and goes on after it")]
    public async Task Text_arrives_as_it_was_written(string text)
    {
        await using var server = await SmtpServer.Start();
        await Mail(server).Send(new("ada@example.com", "Hello", text) { Html = $"<pre>{text}</pre>" }, Cancellation);
        var mail = await server.Only();
        Assert.Equal(text, mail.Text);
        Assert.Equal($"<pre>{text}</pre>", mail.Html);
    }

    [Fact]
    public async Task A_long_subject_of_any_script_arrives_whole()
    {
        var subject = string.Concat(Enumerable.Repeat("Ünïcödé 注文 🎉 ", 12)).Trim();
        await using var server = await SmtpServer.Start();
        await Mail(server).Send(new("ada@example.com", subject, "text"), Cancellation);
        Assert.Equal(subject, (await server.Only()).Subject);
    }

    [Fact]
    public async Task An_address_of_any_script_is_handed_over()
    {
        await using var server = await SmtpServer.Start();
        await Mail(server).Send(new("用户@例子.公司", "Hello", "text"), Cancellation);
        Assert.StartsWith("用户@", Assert.Single((await server.Only()).Recipients));
    }

    [Theory]
    [InlineData(SmtpMood.Refusing, "MailboxUnavailable")]
    [InlineData(SmtpMood.Rejecting, "TransactionFailed")]
    internal async Task A_refusal_for_good_says_why_and_not_whose(SmtpMood mood, string why)
    {
        await using var server = await SmtpServer.Start();
        server.Mood = mood;
        var refused = await Assert.ThrowsAsync<MailException>(() => Mail(server).Send(Letter, Cancellation));
        Assert.Contains(why, refused.Message);
        Assert.DoesNotContain("ada", refused.ToString());
        Assert.True(refused.IsFinal);
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData(SmtpMood.Deferring)]
    [InlineData(SmtpMood.Dying)]
    internal async Task What_may_pass_is_worth_another_try(SmtpMood mood)
    {
        await using var server = await SmtpServer.Start();
        server.Mood = mood;
        var failed = await Assert.ThrowsAsync<MailException>(() => Mail(server).Send(Letter, Cancellation));
        Assert.DoesNotContain("ada", failed.ToString());
        Assert.Equal((false, mood == SmtpMood.Deferring), (failed.IsFinal, failed.IsOfThisMail));
        Assert.Empty(server.Received);

        server.Mood = SmtpMood.Accepting;
        Assert.True(await Mail(server).Send(Letter, Cancellation));
        await server.Only();
    }

    [Theory]
    [InlineData(SmtpMood.Silent)]
    [InlineData(SmtpMood.Stalling)]
    internal async Task A_server_that_hangs_is_not_waited_for(SmtpMood mood)
    {
        await using var server = await SmtpServer.Start();
        server.Mood = mood;
        var failed = await Assert.ThrowsAsync<MailException>(() => Mail(server, seconds: 1).Send(Letter, Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal("The SMTP server did not answer within 1 seconds.", failed.Message);
        Assert.False(failed.IsFinal);
    }

    [Fact]
    public async Task Whoever_calls_off_a_mail_is_not_told_that_the_server_failed()
    {
        await using var server = await SmtpServer.Start();
        server.Mood = SmtpMood.Silent;
        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Mail(server).Send(Letter, given.Token).WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_worth_another_try()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.False((await Assert.ThrowsAsync<MailException>(() => new SmtpMail(Settings(port)).Send(Letter, Cancellation))).IsFinal);
    }

    [Fact]
    public async Task An_address_that_smtp_does_not_know_is_no_reason_to_try_again()
    {
        await using var server = await SmtpServer.Start();
        Assert.True((await Assert.ThrowsAsync<MailException>(() => Mail(server).Send(new("nobody", "Hello", "text"), Cancellation))).IsFinal);
    }

    [Theory]
    [InlineData("500 5.5.2 what?")]
    [InlineData("501 5.1.3 Bad recipient address syntax")]
    [InlineData("553 5.1.3 not a mailbox")]
    public async Task An_address_that_the_server_cannot_read_is_no_reason_to_try_again(string reply)
    {
        await using var server = new SmtpStandIn(reply);
        Assert.True((await Assert.ThrowsAsync<MailException>(() => new SmtpMail(Settings(server.Port)).Send(Letter, Cancellation))).IsFinal);
    }

    [Fact]
    public async Task An_address_of_another_script_is_no_reason_to_try_a_server_again_that_takes_none()
    {
        await using var server = new SmtpStandIn(extensions: "8BITMIME");
        Assert.True((await Assert.ThrowsAsync<MailException>(() => new SmtpMail(Settings(server.Port)).Send(new("zoë@example.com", "Hello", "text"), Cancellation))).IsFinal);
        Assert.True(await new SmtpMail(Settings(server.Port)).Send(Letter, Cancellation));
    }

    [Theory]
    [InlineData("421 4.3.2 shutting down", false)]
    [InlineData("451 4.7.1 greylisted", true)]
    [InlineData("452 4.5.3 too many recipients", true)]
    public async Task What_a_server_has_against_one_mail_says_nothing_of_the_others(string reply, bool isOfThisMail)
    {
        await using var server = new SmtpStandIn(reply);
        var refused = await Assert.ThrowsAsync<MailException>(() => new SmtpMail(Settings(server.Port)).Send(Letter, Cancellation));
        Assert.Equal((false, isOfThisMail), (refused.IsFinal, refused.IsOfThisMail));
    }

    [Fact]
    public async Task Where_encryption_is_wanted_nothing_is_told_to_a_server_without_it()
    {
        await using var server = new SmtpStandIn();
        var settings = Settings(server.Port) with { Username = SmtpServer.User, Password = SmtpServer.Password, StartTls = true };
        Assert.False((await Assert.ThrowsAsync<MailException>(() => new SmtpMail(settings).Send(Letter, Cancellation))).IsFinal);
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    internal static MailSettings Settings(int port) => new("127.0.0.1", port, null, null, "shop@example.com", StartTls: false);

    private static SmtpMail Mail(SmtpServer server, int seconds = 15) => new(Settings(server.Port)) { Patience = TimeSpan.FromSeconds(seconds) };
}
