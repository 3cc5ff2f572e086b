using Ecommerce.Api.Mail;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Users;
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

    /// <summary>Who is mailed of new orders and low stock; null for nobody.</summary>
    public required string? AdminEmail { get; init; }

    /// <summary>How long an order may hold stock while it is being paid.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>How often orders that are due and events that are pending are looked for; null for never, where somebody calls for it.</summary>
    public required TimeSpan? MaintenanceInterval { get; init; }

    /// <summary>Whether webhooks may be on this machine or in its private network, and reached by plain http.</summary>
    public required bool AllowPrivateWebhooks { get; init; }

    /// <summary>Whether the routes under /internal exist, which nobody outside may reach.</summary>
    public required bool InternalEndpoints { get; init; }

    /// <summary>Whether the API describes itself under /swagger.</summary>
    public required bool Swagger { get; init; }

    /// <summary>ISO 4217, the one currency of this shop.</summary>
    public required string Currency { get; init; }

    /// <summary>A SKU of which so many units are left, or fewer, is running low.</summary>
    public required int LowStockThreshold { get; init; }

    /// <summary>The collector that takes traces and metrics; null for none. What else is to be said of it, the standard variables say.</summary>
    public required Uri? OtlpEndpoint { get; init; }

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
            AdminEmail = settings.Matching("Shop:AdminEmail", "", text => text.Length == 0 || EmailAddress.Problem(text) is null, "an e-mail address") is { Length: > 0 } admin ? admin : null,
            Hold = TimeSpan.FromMinutes(settings.Number("Checkout:HoldMinutes", 15, 1, 24 * 60)),
            MaintenanceInterval = settings.Number("Checkout:RecoveryIntervalSeconds", 5, 0, 3600) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            AllowPrivateWebhooks = settings.Flag("Webhooks:AllowPrivateAddresses", false),
            InternalEndpoints = settings.Flag("Hosting:InternalEndpoints", false),
            Swagger = settings.Flag("Swagger:Enabled", true),
            Currency = settings.Matching("Shop:Currency", "USD", IsCurrency, "the code of a currency with two decimal places, such as USD"),
            LowStockThreshold = settings.Number("Shop:LowStockThreshold", 5, 0, 1_000_000),
            OtlpEndpoint = settings.Uri("OTEL_EXPORTER_OTLP_ENDPOINT"),
            CorsOrigins = Http.CorsOrigins.Read(settings, environment),
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
