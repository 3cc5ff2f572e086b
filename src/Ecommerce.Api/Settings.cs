using Ecommerce.Api.Mail;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products.Images;
using Ecommerce.Storage;

namespace Ecommerce.Api;

/// <summary>A setting that cannot be used. The message is the one line that the process ends with.</summary>
public sealed class InvalidSettingException(string name, string message) : Exception($"{name.Replace(":", "__", StringComparison.Ordinal)}: {message}");

/// <summary>Everything that can be configured, read and checked once at start. Names are those of the README's table.</summary>
public sealed record Settings
{
    public required StoreOptions Store { get; init; }

    /// <summary>Answers carry what they cost at the store.</summary>
    public required bool ReportCost { get; init; }

    public required AuthSettings Auth { get; init; }

    public required FirstAdminSettings? FirstAdmin { get; init; }

    public required bool SeedDemo { get; init; }

    public required ImageSettings Images { get; init; }

    public required PaymentSettings Payment { get; init; }

    /// <summary>Who takes the shop's mail; null for nobody.</summary>
    public required MailSettings? Mail { get; init; }

    /// <summary>The page where a person chooses a new password, which is given the token as <c>?token=</c>; null for none.</summary>
    public required Uri? ResetUrl { get; init; }

    /// <summary>How long an order may hold stock while it is being paid.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>How often orders that are due and events that are pending are looked for; null for never, where somebody calls for it.</summary>
    public required TimeSpan? MaintenanceInterval { get; init; }

    /// <summary>Whether the routes under /internal exist, which nobody outside may reach.</summary>
    public required bool InternalEndpoints { get; init; }

    /// <summary>Whether the API describes itself under /swagger.</summary>
    public required bool Swagger { get; init; }

    /// <summary>ISO 4217, the one currency of this shop.</summary>
    public required string Currency { get; init; }

    /// <summary>Origins whose pages may call; <c>*</c> for all.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>Proxies of one's own, whose word about where a request comes from is taken.</summary>
    public required IReadOnlyList<System.Net.IPNetwork> TrustedProxies { get; init; }

    public static Settings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var settings = new SettingsReader(configuration);
        var development = environment.IsDevelopment();
        var serviceUrl = settings.Uri("Store:ServiceUrl");
        var engine = settings.OneOf("Store:Engine", StoreEngine.Sqlite);
        return new()
        {
            Store = new()
            {
                Engine = engine,
                SqlitePath = Path.Combine(environment.ContentRootPath, settings.Text("Store:SqlitePath", "data/ecommerce.db")),
                TablePrefix = settings.Matching("Store:TablePrefix", "", IsTablePrefix, "letters, digits, '_', '.' and '-', at most 100"),
                ServiceUrl = serviceUrl,
                CreateTables = settings.Flag("Store:CreateTables", serviceUrl is not null),
                Tables = Tables.All,
            },
            ReportCost = settings.Flag("Store:ReportCost", false),
            Auth = AuthSettings.Read(settings, environment),
            FirstAdmin = FirstAdminSettings.Read(settings),
            SeedDemo = settings.Flag("Demo:Seed", development),
            Images = ImageSettings.Read(settings, environment, engine),
            Payment = PaymentSettings.Read(settings, environment),
            Mail = MailSettings.Read(settings),
            ResetUrl = settings.Uri("Shop:ResetUrl"),
            Hold = TimeSpan.FromMinutes(settings.Number("Checkout:HoldMinutes", 15, 1, 24 * 60)),
            MaintenanceInterval = settings.Number("Checkout:RecoveryIntervalSeconds", 5, 0, 3600) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            InternalEndpoints = settings.Flag("Hosting:InternalEndpoints", false),
            Swagger = settings.Flag("Swagger:Enabled", true),
            Currency = settings.Matching("Shop:Currency", "USD", IsCurrency, "the code of a currency with two decimal places, such as USD"),
            CorsOrigins = settings.Origins("Cors:Origins", development ? "*" : ""),
            TrustedProxies = settings.Networks("Http:TrustedProxies"),
        };
    }

    private static bool IsTablePrefix(string text) => text.Length <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper) && !OtherPlaces.Contains(text);

    /// <summary>
    /// Currencies whose minor unit is not a hundredth, by ISO 4217 or at payment providers (https://docs.stripe.com/currencies): an
    /// amount would be taken for ten or a hundred times what it is.
    /// </summary>
    private static readonly HashSet<string> OtherPlaces =
    [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "MGA", "MRU", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
        "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", "CLF", "UYW",
    ];
}

/// <summary>How access tokens are made and checked.</summary>
/// <param name="SigningKey">At least 32 bytes.</param>
/// <param name="Issuer">The <c>iss</c> claim.</param>
/// <param name="Audience">The <c>aud</c> claim.</param>
/// <param name="AccessTokenLife">How long an access token is good.</param>
/// <param name="RefreshTokenLife">How long a refresh token is good; each refresh gives a new one, so it is how long a person may stay away.</param>
/// <param name="PasswordIterations">PBKDF2-HMAC-SHA512 rounds; a login with a password hashed with fewer hashes it again.</param>
/// <param name="Throttle">How many wrong passwords are too many.</param>
public sealed record AuthSettings(
    byte[] SigningKey, string Issuer, string Audience, TimeSpan AccessTokenLife, TimeSpan RefreshTokenLife, int PasswordIterations, ThrottleSettings Throttle)
{
    private const int MinKeyBytes = 32;

    /// <summary>
    /// An OpenID Connect issuer whose tokens are good here beside the shop's own, without a slash at its end; null for none. The
    /// audience of its tokens is <see cref="Audience"/> as well.
    /// </summary>
    public string? Authority { get; init; }

    public static AuthSettings Read(SettingsReader settings, IHostEnvironment environment) => new(
        ReadKey(settings, environment),
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

    private static byte[] ReadKey(SettingsReader settings, IHostEnvironment environment)
    {
        const string Name = "Auth:SigningKey";
        var text = settings.Text(Name, "");
        if (text.Length == 0 && environment.IsDevelopment()) return DevelopmentKey.ReadOrMake(environment.ContentRootPath);
        if (text.Length == 0) throw new InvalidSettingException(Name, $"is required outside Development, with at least {MinKeyBytes} bytes.");
        var key = System.Text.Encoding.UTF8.GetBytes(text);
        return key.Length >= MinKeyBytes ? key : throw new InvalidSettingException(Name, $"has {key.Length} bytes; at least {MinKeyBytes} are needed.");
    }
}

/// <summary>How many failed attempts are too many, within a window of time that begins with the first of them.</summary>
/// <param name="AccountFailures">At one account from one address.</param>
/// <param name="AccountFailuresAnywhere">At one account from all addresses.</param>
/// <param name="AddressFailures">From one address at all accounts.</param>
/// <param name="Window">How long the failures count.</param>
public sealed record ThrottleSettings(int AccountFailures, int AccountFailuresAnywhere, int AddressFailures, TimeSpan Window)
{
    public static ThrottleSettings Read(SettingsReader settings) => new(
        settings.Number("Auth:Throttle:AccountFailures", 10, 1, 10_000),
        settings.Number("Auth:Throttle:AccountFailuresAnywhere", 100, 1, 10_000),
        settings.Number("Auth:Throttle:AddressFailures", 100, 1, 10_000),
        TimeSpan.FromMinutes(settings.Number("Auth:Throttle:WindowMinutes", 15, 1, 24 * 60)));
}

/// <summary>The administrator who is created at start when there is no account of that address.</summary>
public sealed record FirstAdminSettings(string Email, string Password)
{
    /// <summary>A record prints its members, and a password is never printed.</summary>
    public override string ToString() => nameof(FirstAdminSettings);

    public static FirstAdminSettings? Read(SettingsReader settings)
    {
        var (email, password) = (settings.Text("Admin:Email", ""), settings.Secret("Admin:Password"));
        if (email.Length == 0 && password.Length == 0) return null;
        if (Users.EmailAddress.Problem(email) is { } wrongEmail) throw new InvalidSettingException("Admin:Email", $"{wrongEmail}.");
        if (Users.Passwords.Problem(password) is { } wrongPassword) throw new InvalidSettingException("Admin:Password", $"{wrongPassword}.");
        return new(email, password);
    }
}
