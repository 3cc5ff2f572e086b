using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Ecommerce.Api.Http;

/// <summary>
/// Reads bearer tokens in the three parts of RFC 7515's compact form. The library's own handler looks at a token's form with a pattern that
/// gives up after 100 ms of the clock: a good token was refused where a busy machine had left the thread waiting for so long.
/// </summary>
internal sealed class CompactTokenHandler : JwtSecurityTokenHandler
{
    private CompactTokenHandler() => MapInboundClaims = false;

    /// <summary>Has a scheme read its tokens this way, under claims named as in the token.</summary>
    /// <remarks>No verifier is kept: the library would go on with a key that was replaced under the same id.</remarks>
    public static void ReadFor(JwtBearerOptions options, TokenValidationParameters parameters)
    {
        options.SecurityTokenValidators.Clear();
        options.SecurityTokenValidators.Add(new CompactTokenHandler());
        parameters.CryptoProviderFactory = new() { CacheSignatureProviders = false };
        options.TokenValidationParameters = parameters;
    }

    public override bool CanReadToken(string tokenString) =>
        tokenString.Length <= MaximumTokenSizeInBytes && tokenString.Split('.') is [{ Length: > 0 } header, { Length: > 0 } payload, var signature]
        && header.All(IsBase64Url) && payload.All(IsBase64Url) && signature.All(IsBase64Url);

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
