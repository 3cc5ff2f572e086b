using System.IdentityModel.Tokens.Jwt;

namespace Ecommerce.Api.Http;

/// <summary>
/// Reads bearer tokens in the three parts of RFC 7515's compact form, with claims named as in the token. The library's own handler looks at
/// a token's form with a pattern that gives up after 100 ms of the clock: a good token was refused where a busy machine had left the
/// thread waiting for so long.
/// </summary>
internal sealed class CompactTokenHandler : JwtSecurityTokenHandler
{
    public CompactTokenHandler() => MapInboundClaims = false;

    public override bool CanReadToken(string tokenString) =>
        tokenString.Length <= MaximumTokenSizeInBytes && tokenString.Split('.') is [{ Length: > 0 } header, { Length: > 0 } payload, var signature]
        && header.All(IsBase64Url) && payload.All(IsBase64Url) && signature.All(IsBase64Url);

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
