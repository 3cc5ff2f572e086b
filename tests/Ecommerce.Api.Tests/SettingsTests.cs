using Ecommerce.Api.Payments;
using Ecommerce.Api.Products.Images;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Ecommerce.Api.Tests;

public sealed class SettingsTests
{
    private static readonly (string, string)[] Stripe =
        [("Payment__Provider", "Stripe"), ("Payment__Stripe__SecretKey", "sk_live_1"), ("Payment__Stripe__WebhookSecret", "whsec_1")];

    private static readonly (string, string)[] Mail =
    [
        ("Email__Smtp__Host", "smtp.example.com"), ("Email__Smtp__Username", "shop"), ("Email__Smtp__Password", " smtp secret "), ("Email__Smtp__From", "shop@example.com"),
    ];

    [Theory]
    [InlineData("Store__Engine", "Postgres")]
    [InlineData("Store__Engine", "1")]
    [InlineData("Store__Engine", "+1")]
    [InlineData("Store__Engine", "Sqlite,DynamoDb")]
    [InlineData("Store__TablePrefix", "shop/")]
    [InlineData("Store__TablePrefix", "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("Store__ServiceUrl", "localhost:8000")]
    [InlineData("Store__ServiceUrl", "/tmp")]
    [InlineData("Store__ServiceUrl", "ftp://localhost")]
    [InlineData("Store__CreateTables", "yes")]
    [InlineData("Store__ReportCost", "1")]
    [InlineData("Auth__SigningKey", "")]
    [InlineData("Auth__SigningKey", "only 31 bytes are in this text.")]
    [InlineData("Auth__SigningKey", "please change me: abababababababab")]
    [InlineData("Auth__SigningKey", "your-super-secret-key-for-jwt-tokens")]
    [InlineData("Auth__PreviousSigningKey", "only 31 bytes are in this text.")]
    [InlineData("Auth__AccessTokenMinutes", "0")]
    [InlineData("Auth__AccessTokenMinutes", "1441")]
    [InlineData("Auth__AccessTokenMinutes", "ten")]
    [InlineData("Auth__RefreshTokenDays", "-1")]
    [InlineData("Auth__RefreshTokenDays", "366")]
    [InlineData("Auth__PasswordIterations", "99999")]
    [InlineData("Auth__Authority", "accounts.example")]
    [InlineData("Auth__Authority", "http://accounts.example")]
    [InlineData("Auth__Authority", "http://127.0.0.1.example")]
    [InlineData("Auth__Authority", "ftp://127.0.0.1")]
    [InlineData("Auth__Authority", "https://accounts.example/?pool=1")]
    [InlineData("Auth__Authority", "https://accounts.example/#pool")]
    [InlineData("Auth__Authority", "https://me@accounts.example")]
    [InlineData("Auth__Authority", "https://")]
    [InlineData("Auth__PasswordIterations", "1e6")]
    [InlineData("Auth__Throttle__AccountFailures", "0")]
    [InlineData("Auth__Throttle__AccountFailuresAnywhere", "10001")]
    [InlineData("Auth__Throttle__AddressFailures", "many")]
    [InlineData("Auth__Throttle__WindowMinutes", "0")]
    [InlineData("Auth__Throttle__WindowMinutes", "1441")]
    [InlineData("Http__TrustedProxies", "proxy")]
    [InlineData("Http__TrustedProxies", "10")]
    [InlineData("Http__TrustedProxies", "10.0.0.0/33")]
    [InlineData("Http__TrustedProxies", "10.0.0.1, 300.0.0.1")]
    [InlineData("Admin__Email", "nobody")]
    [InlineData("Demo__Seed", "on")]
    [InlineData("Shop__LowStockThreshold", "-1")]
    [InlineData("Shop__LowStockThreshold", "1000001")]
    [InlineData("Shop__LowStockThreshold", "few")]
    [InlineData("Images__Store", "Azure")]
    [InlineData("Images__Store", "S3", "Images__Bucket")]
    [InlineData("Images__Bucket", "My Bucket")]
    [InlineData("Images__Bucket", "ab")]
    [InlineData("Images__ServiceUrl", "localhost:9000")]
    [InlineData("Payment__Provider", "Wishes")]
    [InlineData("Payment__AllowSimulated", "perhaps")]
    [InlineData("Cors__AllowAnyOrigin", "https")]
    [InlineData("Checkout__HoldMinutes", "0")]
    [InlineData("Checkout__HoldMinutes", "1.5")]
    [InlineData("Checkout__HoldMinutes", "99999999999")]
    [InlineData("Email__Smtp__Host", "smtp example")]
    [InlineData("Webhooks__AllowPrivateAddresses", "10.0.0.0/8")]
    [InlineData("Shop__ResetUrl", "shop.example/reset")]
    [InlineData("Shop__ResetUrl", "javascript:alert(1)")]
    [InlineData("Shop__AdminEmail", "the boss")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://localhost:4317")]
    [InlineData("Shop__Currency", "usd")]
    [InlineData("Shop__Currency", "EURO")]
    [InlineData("Shop__Currency", "US\nD")]
    public void A_wrong_setting_is_named_in_one_line(string name, string value, string? named = null)
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Read((name, value)));
        Assert.StartsWith($"{named ?? name}: ", wrong.Message);
        Assert.EndsWith(".", wrong.Message);
        Assert.DoesNotContain(wrong.Message, char.IsControl);
    }

    [Theory]
    [InlineData("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI")]
    [InlineData("https://accounts.example/", "https://accounts.example")]
    [InlineData("http://localhost:8080/realms/shop", "http://localhost:8080/realms/shop")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("", null)]
    public void An_authority_is_an_https_address_or_on_this_machine(string value, string? authority) =>
        Assert.Equal(authority, Read(("Auth__Authority", value)).Auth.Authority);

    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("https://shop.example/")]
    public void The_shop_and_the_authority_are_two_issuers(string issuer) => Assert.StartsWith("Auth__Authority: ",
        Assert.Throws<InvalidSettingException>(() => Read(("Auth__Issuer", issuer), ("Auth__Authority", "https://shop.example"))).Message);

    [Fact]
    public void Simulated_payments_are_refused_in_Production_unless_allowed()
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Read(("Payment__AllowSimulated", "")));
        Assert.StartsWith("Payment__Provider: ", wrong.Message);
        Assert.Contains("Payment__AllowSimulated=true", wrong.Message);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://shop.example, *")]
    public void All_origins_are_refused_in_Production_unless_allowed(string origins)
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Read(("Cors__Origins", origins)));
        Assert.Equal("Cors__Origins: '*' is refused in Production unless Cors__AllowAnyOrigin=true.", wrong.Message);
        Assert.Contains("*", Read(("Cors__Origins", origins), ("Cors__AllowAnyOrigin", "true")).CorsOrigins);
    }

    [Theory]
    [InlineData("Development", "")]
    [InlineData("Staging", "*")]
    public void Elsewhere_a_key_that_was_made_up_will_do_and_all_origins_may_be_allowed(string environment, string origins)
    {
        var settings = Read(environment, ("Auth__SigningKey", "0123456789abcdef0123456789abcdef"), ("Cors__Origins", origins));
        Assert.Equal(["*"], settings.CorsOrigins);
        Assert.Equal(32, settings.Auth.Keys.Current.Length);
    }

    [Fact]
    public void Stripe_needs_no_leave_in_Production()
    {
        var settings = Read([("Payment__AllowSimulated", ""), .. Stripe]);
        Assert.Equal((PaymentProvider.Stripe, new StripeSettings("sk_live_1", "whsec_1", new("https://api.stripe.com"))), (settings.Payment.Provider, settings.Payment.Stripe));
    }

    [Theory]
    [InlineData("Payment__Stripe__SecretKey", "")]
    [InlineData("Payment__Stripe__SecretKey", "sk live")]
    [InlineData("Payment__Stripe__SecretKey", "sk\nlive")]
    [InlineData("Payment__Stripe__SecretKey", "sk_l\u00efve")]
    [InlineData("Payment__Stripe__WebhookSecret", " ")]
    [InlineData("Payment__Stripe__WebhookSecret", "whsec\r\n1")]
    [InlineData("Payment__Stripe__BaseUrl", "api.stripe.com")]
    [InlineData("Payment__Stripe__BaseUrl", "ftp://api.stripe.com")]
    public void A_wrong_setting_of_Stripe_is_named_and_no_secret_told(string name, string value)
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Read([.. Stripe, (name, value)]));
        Assert.StartsWith($"{name}: ", wrong.Message);
        if (!name.EndsWith("BaseUrl", StringComparison.Ordinal) && value.Length > 1) Assert.DoesNotContain(value, wrong.Message);
        Assert.DoesNotContain(wrong.Message, char.IsControl);
    }

    [Fact]
    public void The_secrets_of_Stripe_are_not_printed_with_the_settings()
    {
        var printed = Read(Stripe).ToString();
        Assert.Contains("https://api.stripe.com", printed);
        Assert.DoesNotContain("sk_live_1", printed);
        Assert.DoesNotContain("whsec_1", printed);
    }

    [Theory]
    [InlineData("Email__Smtp__Port", "0")]
    [InlineData("Email__Smtp__Port", "65536")]
    [InlineData("Email__Smtp__Username", "")]
    [InlineData("Email__Smtp__Password", "")]
    [InlineData("Email__Smtp__From", "")]
    [InlineData("Email__Smtp__From", "the shop")]
    [InlineData("Email__Smtp__StartTls", "always")]
    public void A_wrong_setting_of_mail_is_named_and_no_secret_told(string name, string value)
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Read([.. Mail, (name, value)]));
        Assert.StartsWith($"{name}: ", wrong.Message);
        Assert.DoesNotContain("smtp secret", wrong.Message);
    }

    [Fact]
    public void Mail_needs_a_host_and_its_password_is_not_printed()
    {
        var settings = Read(Mail).Mail!;
        Assert.Equal(new("smtp.example.com", 587, "shop", " smtp secret ", "shop@example.com", true), settings);
        Assert.DoesNotContain("smtp secret", settings.ToString());
        Assert.Null(Read([.. Mail, ("Email__Smtp__Host", "")]).Mail);
    }

    [Theory]
    [InlineData("smtp.example.com", true)]
    [InlineData("localhost.example.com", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("localhost", false)]
    [InlineData("LOCALHOST", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.9.10", false)]
    [InlineData("::1", false)]
    public void Mail_is_encrypted_unless_it_stays_on_this_machine_or_it_is_told_otherwise(string host, bool encrypted)
    {
        var settings = new[] { ("Email__Smtp__Host", host), ("Email__Smtp__From", "shop@example.com") };
        Assert.Equal(encrypted, Read(settings).Mail!.StartTls);
        Assert.Equal(!encrypted, Read([.. settings, ("Email__Smtp__StartTls", encrypted ? "false" : "true")]).Mail!.StartTls);
    }

    [Fact]
    public void A_signing_key_in_a_message_would_be_a_leak()
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Read(("Auth__SigningKey", "short secret")));
        Assert.DoesNotContain("short secret", wrong.Message);
    }

    [Fact]
    public void What_is_not_said_has_a_default()
    {
        var settings = Read();
        Assert.Equal(Storage.StoreEngine.Sqlite, settings.Store.Engine);
        Assert.EndsWith("data/ecommerce.db", settings.Store.SqlitePath);
        Assert.False(settings.Store.CreateTables);
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15)), (settings.Auth.AccessTokenLife, settings.Hold));
        Assert.Equal(("USD", false, false), (settings.Currency, settings.SeedDemo, settings.ReportCost));
        Assert.Equal(new ThrottleSettings(10, 100, 100, TimeSpan.FromMinutes(15)), settings.Auth.Throttle);
        Assert.False(settings.AllowPrivateWebhooks);
        Assert.Empty(settings.CorsOrigins);
        Assert.Empty(settings.TrustedProxies);
        Assert.Equal(new(ImagePlace.Local, Path.Combine(Path.GetTempPath(), "data/images"), "", null), settings.Images);
        Assert.Null(settings.FirstAdmin);
        Assert.Null(settings.OtlpEndpoint);
    }

    [Fact]
    public void Tables_are_made_where_a_service_url_is_given_unless_told_otherwise()
    {
        Assert.True(Read(("Store__ServiceUrl", "http://localhost:8000")).Store.CreateTables);
        Assert.False(Read(("Store__ServiceUrl", "http://localhost:8000"), ("Store__CreateTables", "false")).Store.CreateTables);
    }

    [Fact]
    public void The_administrators_password_is_not_printed_with_the_settings()
    {
        var settings = Read(("Admin__Email", "admin@example.com"), ("Admin__Password", "correct horse battery"));
        Assert.Equal("correct horse battery", settings.FirstAdmin!.Password);
        Assert.DoesNotContain("correct horse battery", settings.ToString());
    }

    private static Settings Read(params (string Name, string Value)[] settings) => Read(Environments.Production, settings);

    private static Settings Read(string environment, params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?> { ["Auth:SigningKey"] = Harness.EcommerceApp.SigningKey, ["Payment:AllowSimulated"] = "true" };
        foreach (var (name, value) in settings) values[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        return Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), new Host { EnvironmentName = environment });
    }

    private sealed class Host : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = "Ecommerce.Api";

        public string ContentRootPath { get; set; } = Path.GetTempPath();

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
