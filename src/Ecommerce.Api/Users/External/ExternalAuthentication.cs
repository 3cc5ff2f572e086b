using System.IdentityModel.Tokens.Jwt;
using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Ecommerce.Api.Users.External;

/// <summary>
/// The other way in: bearer tokens of an OpenID Connect issuer, such as an Amazon Cognito user pool. A token goes to the scheme of the
/// issuer that it names and is judged there alone, so the shop's key never vouches for the issuer's tokens, nor a key of the issuer
/// for the shop's.
/// </summary>
internal static class ExternalAuthentication
{
    private const string Scheme = "external";

    /// <summary>None by a shared secret: what anybody may read as a public key must not serve as one.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void AddExternalIssuer(this AuthenticationBuilder schemes, string authority, string audience)
    {
        schemes.Services.AddSingleton<IssuerKeys>();
        schemes.Services.AddSingleton<ExternalPeople>();
        schemes.Services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, own =>
            own.ForwardDefaultSelector = context => UnverifiedToken.Of(context.Request)?.Issuer?.TrimEnd('/') == authority ? Scheme : null);
        schemes.AddJwtBearer(Scheme, options =>
        {
            options.CheckTokensBy(new()
            {
                RequireSignedTokens = true,
                AudienceValidator = (audiences, token, _) => IsFor(audience, audiences, (JwtSecurityToken)token),
            });
            options.Events = new() { OnMessageReceived = LearnKey, OnTokenValidated = Admit, OnChallenge = AnswerRefusal };
        });
        schemes.Services.AddOptions<JwtBearerOptions>(Scheme).Configure<IssuerKeys, TimeProvider>((options, keys, clock) =>
        {
            var parameters = options.TokenValidationParameters;
            parameters.IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId);
            parameters.IssuerValidator = (issuer, _, _) => issuer == keys.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("Another issuer's.");
            parameters.LifetimeValidator = (from, until, _, _) => Authentication.IsAlive(from, until, clock.GetUtcNow().UtcDateTime);
        });
    }

    /// <summary>An access token of Amazon Cognito names no audience, but the client that it was given to.</summary>
    private static bool IsFor(string audience, IEnumerable<string> audiences, JwtSecurityToken token)
    {
        var named = audiences.Where(one => !string.IsNullOrEmpty(one)).ToList();
        return named.Count > 0 ? named.Contains(audience) : token.Payload.GetValueOrDefault("client_id") is string client && client == audience;
    }

    private static async Task LearnKey(MessageReceivedContext context)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<IssuerKeys>();
        if (!await keys.Learn(UnverifiedToken.Of(context.Request)?.KeyId, context.HttpContext.RequestAborted))
            context.Fail(new RefusedTokenException(Problem.Of(ErrorCode.Unavailable, "The token's issuer is out of reach. Try again in a moment.")));
    }

    private static async Task Admit(TokenValidatedContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<ExternalPeople>();
        var token = (JwtSecurityToken)context.SecurityToken;
        if (!Algorithms.Contains(token.SignatureAlgorithm)) context.Fail("The token's algorithm is not taken.");
        else if (ExternalPerson.Of(token) is not { } person) context.Fail("The token names nobody.");
        else if (await people.Admit(person, context.HttpContext.RequestAborted)) context.Principal = person.ToPrincipal(Scheme);
        else context.Fail(new RefusedTokenException(AccountProblems.Disabled));
    }

    private static async Task AnswerRefusal(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is not RefusedTokenException refused) return;
        context.HandleResponse();
        await refused.Problem.ExecuteAsync(context.HttpContext);
    }
}
