using Ecommerce.Api.Users;

namespace Ecommerce.Api;

/// <summary>The administrator who is created at start when there is no account of that address.</summary>
public sealed record FirstAdminSettings(string Email, string Password)
{
    /// <summary>A record prints its members, and a password is never printed.</summary>
    public override string ToString() => nameof(FirstAdminSettings);

    public static FirstAdminSettings? Read(SettingsReader settings)
    {
        var (email, password) = (settings.Text("Admin:Email", ""), settings.Secret("Admin:Password"));
        if (email.Length == 0 && password.Length == 0) return null;
        if (EmailAddress.Problem(email) is { } wrongEmail) throw new InvalidSettingException("Admin:Email", $"{wrongEmail}.");
        if (Passwords.Problem(password) is { } wrongPassword) throw new InvalidSettingException("Admin:Password", $"{wrongPassword}.");
        return new(email, password);
    }
}
