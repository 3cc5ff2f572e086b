using System.Net;
using Ecommerce.Api.Users;

namespace Ecommerce.Api.Mail;

/// <summary>The SMTP server that takes the shop's mail.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">587 for submission; not 465, whose TLS begins before SMTP does.</param>
/// <param name="Username">Null where the server asks for none.</param>
/// <param name="Password">Null with no user name.</param>
/// <param name="From">The sender of every mail.</param>
/// <param name="StartTls">Whether to encrypt, and send nothing where the server cannot.</param>
public sealed record MailSettings(string Host, int Port, string? Username, string? Password, string From, bool StartTls)
{
    /// <summary>A record prints its members, and a password is never printed.</summary>
    public override string ToString() => $"{nameof(MailSettings)} {Host}:{Port}";

    /// <summary>Null without a host.</summary>
    public static MailSettings? Read(SettingsReader settings)
    {
        var host = settings.Matching("Email:Smtp:Host", "", text => text.Length == 0 || Uri.CheckHostName(text) != UriHostNameType.Unknown, "a host's name or address");
        if (host.Length == 0) return null;
        var (username, password, from) = (settings.Text("Email:Smtp:Username", ""), settings.Secret("Email:Smtp:Password"), settings.Text("Email:Smtp:From", ""));
        if (username.Length == 0 && password.Length > 0) throw new InvalidSettingException("Email:Smtp:Username", "is required with a password.");
        if (username.Length > 0 && password.Length == 0) throw new InvalidSettingException("Email:Smtp:Password", "is required with a user name.");
        if (EmailAddress.Problem(from) is { } wrong) throw new InvalidSettingException("Email:Smtp:From", $"{wrong}.");
        return new(
            host,
            settings.Number("Email:Smtp:Port", 587, 1, 65_535),
            username.Length == 0 ? null : username,
            username.Length == 0 ? null : password,
            from,
            settings.Flag("Email:Smtp:StartTls", !IsThisMachine(host)));
    }

    /// <summary>What is said to it goes over no wire.</summary>
    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
