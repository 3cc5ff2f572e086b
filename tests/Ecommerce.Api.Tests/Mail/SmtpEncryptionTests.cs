using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Tests.Harness.Smtp;

namespace Ecommerce.Api.Tests.Mail;

/// <summary>Mail over an SMTP server that offers encryption and wants a login.</summary>
public sealed class SmtpEncryptionTests
{
    private static readonly OutgoingMail Letter = new("ada@example.com", "Hello", "text");
    private static readonly X509Certificate2 Trusted = NewCertificate();

    static SmtpEncryptionTests() =>
#pragma warning disable SYSLIB0014 // The client's only way to be told of a certificate that the machine does not trust.
        ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            errors == SslPolicyErrors.None || certificate?.GetCertHashString() == Trusted.GetCertHashString();
#pragma warning restore SYSLIB0014

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_goes_encrypted_and_with_a_login()
    {
        await using var server = await SmtpServer.Start(Trusted);
        Assert.True(await new SmtpMail(Settings(server)).Send(Letter, Cancellation));
        var mail = await server.Only();
        Assert.Equal((true, SmtpServer.User), (mail.IsEncrypted, mail.User));
    }

    [Fact]
    public async Task Nothing_is_told_to_a_server_that_cannot_show_who_it_is()
    {
        using var another = NewCertificate();
        await using var server = await SmtpServer.Start(another);
        await ShouldFailForNow(server, Settings(server));
    }

    [Fact]
    public async Task A_login_that_is_refused_can_be_put_right() =>
        await ShouldFailForNow(await SmtpServer.Start(Trusted), settings => settings with { Password = "another" });

    [Fact]
    public async Task A_login_that_is_wanted_and_not_given_can_be_put_right() =>
        await ShouldFailForNow(await SmtpServer.Start(Trusted), settings => settings with { Username = null, Password = null });

    private static async Task ShouldFailForNow(SmtpServer server, Func<MailSettings, MailSettings> change)
    {
        await using (server) await ShouldFailForNow(server, change(Settings(server)));
    }

    private static async Task ShouldFailForNow(SmtpServer server, MailSettings settings)
    {
        Assert.False((await Assert.ThrowsAsync<MailException>(() => new SmtpMail(settings).Send(Letter, Cancellation))).IsFinal);
        Assert.Empty(server.Received);
    }

    private static MailSettings Settings(SmtpServer server) => new("127.0.0.1", server.Port, SmtpServer.User, SmtpServer.Password, "shop@example.com", StartTls: true);

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
