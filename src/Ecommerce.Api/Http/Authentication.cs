using System.IdentityModel.Tokens.Jwt;
using Ecommerce.Api.Users.External;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Ecommerce.Api.Http;

/// <summary>
/// Who may come in: bearer tokens signed here with HMAC-SHA256, checked in every part, and the two roles. Tokens of an external
/// issuer are <see cref="ExternalAuthentication"/>'s.
/// </summary>
internal static class Authentication
{
    public const string AdminPolicy = "admin";

    /// <summary>Who says who they are must prove it; who does not say is a guest.</summary>
    public const string GuestPolicy = "guest";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static void AddShopAuthentication(this IServiceCollection services, AuthSettings settings)
    {
        // The parts of AddAuthentication that bearer tokens use. The whole of it brings data protection along, which makes and keeps
        // keys at every start for cookies that this shop never gives out.
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddWebEncoders();
#pragma warning disable CS0618 // JwtBearer 3 knows no newer clock.
        services.AddSingleton<ISystemClock, SystemClock>();
#pragma warning restore CS0618
        var schemes = new AuthenticationBuilder(services);
        schemes.AddJwtBearer(options =>
        {
            options.CheckTokensBy(new()
            {
                ValidIssuer = settings.Issuer,
                ValidAudience = settings.Audience,
                IssuerSigningKeys = settings.Keys.All.Select(key => new SymmetricSecurityKey(key)).ToList(),
                ValidateIssuerSigningKey = true,
                RequireSignedTokens = true,
                NameClaimType = JwtRegisteredClaimNames.Sub,
                RoleClaimType = Caller.RoleClaim,
            });
            options.Events = new() { OnTokenValidated = RefuseOtherAlgorithms };
        });
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((options, clock) =>
            options.TokenValidationParameters.LifetimeValidator = (from, until, _, _) => IsAlive(from, until, clock.GetUtcNow().UtcDateTime));
        if (settings.Authority is { } authority) schemes.AddExternalIssuer(authority, settings.Audience);
        services.AddAuthorizationBuilder().AddPolicy(AdminPolicy, policy => policy.RequireClaim(Caller.RoleClaim, Caller.AdminRole))
            .AddPolicy(GuestPolicy, policy => policy.RequireAssertion(context => context.User.Identity is { IsAuthenticated: true }
                || context.Resource is HttpContext { Request.Headers.Authorization.Count: 0 }));
    }

    /// <remarks>
    /// No verifier is kept from one token to the next: the library finds it by its key's id, under which an issuer may come to have another
    /// key, and of which the shop's own keys have none.
    /// </remarks>
    internal static void CheckTokensBy(this JwtBearerOptions options, TokenValidationParameters parameters)
    {
        parameters.CryptoProviderFactory = new() { CacheSignatureProviders = false };
        options.TokenValidationParameters = parameters;
        options.SecurityTokenValidators.Clear();
        options.SecurityTokenValidators.Add(new CompactTokenHandler());
    }

    public static TBuilder RequireAdmin<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(AdminPolicy);

    public static TBuilder AllowGuests<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(GuestPolicy);

    /// <summary>By the shop's clock, where the library would take the machine's.</summary>
    internal static bool IsAlive(DateTime? from, DateTime? until, DateTime now) => (from is null || from - ClockSkew <= now) && now < until + ClockSkew;

    /// <summary>The library accepts any HMAC that the key fits; the shop signs with one, and a token must name its subject.</summary>
    private static Task RefuseOtherAlgorithms(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JwtSecurityToken { SignatureAlgorithm: SecurityAlgorithms.HmacSha256, Subject.Length: > 0 })
            context.Fail("The token is not one of ours.");
        return Task.CompletedTask;
    }
}
