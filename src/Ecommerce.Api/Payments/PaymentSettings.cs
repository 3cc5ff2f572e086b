namespace Ecommerce.Api.Payments;

/// <summary>As in <c>Payment__Provider</c>.</summary>
public enum PaymentProvider
{
    Simulated,
    Stripe,
}

/// <summary>Who takes the money.</summary>
/// <param name="Provider">The one in use.</param>
/// <param name="Stripe">There when it is Stripe.</param>
public sealed record PaymentSettings(PaymentProvider Provider, StripeSettings? Stripe)
{
    private const string ProviderName = "Payment:Provider";

    /// <summary>Refuses to run a shop that only pretends to be paid, unless told so by name.</summary>
    public static PaymentSettings Read(SettingsReader settings, IHostEnvironment environment)
    {
        var provider = settings.OneOf(ProviderName, PaymentProvider.Simulated);
        var allowSimulated = settings.Flag("Payment:AllowSimulated", !environment.IsProduction());
        if (provider == PaymentProvider.Stripe) return new(provider, StripeSettings.Read(settings));
        return allowSimulated
            ? new(provider, null)
            : throw new InvalidSettingException(ProviderName, "simulated payments are refused in Production unless Payment__AllowSimulated=true.");
    }
}

/// <summary>The shop's account at Stripe.</summary>
/// <param name="SecretKey">Authorizes every request.</param>
/// <param name="WebhookSecret">Signs what Stripe calls to tell.</param>
/// <param name="BaseUrl">Where the API is, without <c>/v1</c>.</param>
public sealed record StripeSettings(string SecretKey, string WebhookSecret, Uri BaseUrl)
{
    private static readonly Uri Service = new("https://api.stripe.com");

    /// <summary>A record prints its members, and secrets are never printed.</summary>
    public override string ToString() => $"{nameof(StripeSettings)} {{ {nameof(BaseUrl)} = {BaseUrl} }}";

    internal static StripeSettings Read(SettingsReader settings) => new(
        ReadSecret(settings, "Payment:Stripe:SecretKey"),
        ReadSecret(settings, "Payment:Stripe:WebhookSecret"),
        settings.Uri("Payment:Stripe:BaseUrl") ?? Service);

    /// <summary>Something that can stand in a header.</summary>
    private static string ReadSecret(SettingsReader settings, string name)
    {
        var secret = settings.Text(name, "");
        if (secret.Length == 0) throw new InvalidSettingException(name, "is required with Payment__Provider=Stripe.");
        return secret.All(c => c is > ' ' and <= '~') ? secret : throw new InvalidSettingException(name, "must be printable ASCII without blanks.");
    }
}
