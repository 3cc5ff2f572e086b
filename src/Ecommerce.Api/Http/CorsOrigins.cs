namespace Ecommerce.Api.Http;

/// <summary>Origins whose pages may call; <c>*</c> for all.</summary>
internal static class CorsOrigins
{
    private const string Name = "Cors:Origins";

    /// <summary>Refuses to let every page of the web call in Production, unless told so by name.</summary>
    public static IReadOnlyList<string> Read(SettingsReader settings, IHostEnvironment environment)
    {
        var origins = settings.Origins(Name, environment.IsDevelopment() ? "*" : "");
        var allowAny = settings.Flag("Cors:AllowAnyOrigin", !environment.IsProduction());
        return allowAny || !origins.Contains("*")
            ? origins
            : throw new InvalidSettingException(Name, "'*' is refused in Production unless Cors__AllowAnyOrigin=true.");
    }
}
