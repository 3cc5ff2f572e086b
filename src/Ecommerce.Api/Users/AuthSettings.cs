using Ecommerce.Api.Http;

namespace Ecommerce.Api;

/// <summary>How access tokens are made and checked.</summary>
/// <param name="Keys">What signs them.</param>
/// <param name="Issuer">The <c>iss</c> claim.</param>
/// <param name="Audience">The <c>aud</c> claim.</param>
/// <param name="AccessTokenLife">How long an access token is good.</param>
/// <param name="RefreshTokenLife">How long a refresh token is good; each refresh gives a new one, so it is how long a person may stay away.</param>
/// <param name="PasswordIterations">PBKDF2-HMAC-SHA512 rounds; a login with a password hashed with fewer hashes it again.</param>
/// <param name="Throttle">How many wrong passwords are too many.</param>
public sealed record AuthSettings(
    SigningKeys Keys, string Issuer, string Audience, TimeSpan AccessTokenLife, TimeSpan RefreshTokenLife, int PasswordIterations, ThrottleSettings Throttle)
{
    /// <summary>
    /// An OpenID Connect issuer whose tokens are good here beside the shop's own, without a slash at its end; null for none. The
    /// audience of its tokens is <see cref="Audience"/> as well.
    /// </summary>
    public string? Authority { get; init; }

    public static AuthSettings Read(SettingsReader settings, IHostEnvironment environment) => new(
        SigningKeys.Read(settings, environment),
        settings.Text("Auth:Issuer", "ecommerce"),
        settings.Text("Auth:Audience", "ecommerce"),
        TimeSpan.FromMinutes(settings.Number("Auth:AccessTokenMinutes", 15, 1, 24 * 60)),
        TimeSpan.FromDays(settings.Number("Auth:RefreshTokenDays", 30, 1, 365)),
        settings.Number("Auth:PasswordIterations", 220_000, 100_000, 10_000_000),
        ThrottleSettings.Read(settings))
    {
        Authority = ReadAuthority(settings),
    };

    private static string? ReadAuthority(SettingsReader settings)
    {
        var text = settings.Matching("Auth:Authority", "", IsIssuer, "the https address (http only on this machine) of an issuer, without a query").TrimEnd('/');
        if (text.Length == 0) return null;
        return text != settings.Text("Auth:Issuer", "").TrimEnd('/') ? text : throw new InvalidSettingException("Auth:Authority", "is Auth__Issuer as well; a token must be of one of them.");
    }

    private static bool IsIssuer(string text) => text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri is { Query: "", Fragment: "", UserInfo: "" });
}
