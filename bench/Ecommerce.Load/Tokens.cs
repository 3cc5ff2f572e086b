using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Load;

/// <summary>Access tokens as the shop would issue them: the tool has configured the signing key, so it can.</summary>
internal sealed class Tokens
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(6);

    public string SigningKey { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    public string Issue(string userId, string role)
    {
        var now = DateTimeOffset.UtcNow;
        var claims = $$"""
            {"sub":"{{userId}}","role":"{{role}}","iss":"ecommerce","aud":"ecommerce","iat":{{now.ToUnixTimeSeconds()}},"exp":{{(now + Life).ToUnixTimeSeconds()}},"jti":"{{Guid.NewGuid():N}}"}
            """;
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningKey), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
