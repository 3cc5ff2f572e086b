using System.IdentityModel.Tokens.Jwt;
using Ecommerce.Api.Http;
using Microsoft.IdentityModel.Tokens;

namespace Ecommerce.Api.Users;

/// <summary>Makes the bearer tokens that <see cref="Authentication"/> checks.</summary>
public sealed class AccessTokens(Settings settings, TimeProvider clock)
{
    private readonly AuthSettings _auth = settings.Auth;
    private readonly JwtSecurityTokenHandler _handler = new();
    private readonly JwtHeader _header = new(new SigningCredentials(new SymmetricSecurityKey(settings.Auth.Keys.Current), SecurityAlgorithms.HmacSha256));

    /// <summary>How long a token is good.</summary>
    public TimeSpan Life => _auth.AccessTokenLife;

    public string Issue(string userId, string role)
    {
        var now = clock.GetUtcNow();
        return _handler.WriteToken(new JwtSecurityToken(_header, new()
        {
            [JwtRegisteredClaimNames.Sub] = userId,
            [Caller.RoleClaim] = role,
            [JwtRegisteredClaimNames.Iss] = _auth.Issuer,
            [JwtRegisteredClaimNames.Aud] = _auth.Audience,
            [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Exp] = (now + Life).ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
        }));
    }
}
