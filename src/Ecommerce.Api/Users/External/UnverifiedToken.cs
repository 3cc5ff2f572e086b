using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;

namespace Ecommerce.Api.Users.External;

/// <summary>What a request's bearer token says of itself. Nothing of it is checked: it tells where to have it checked, and no more.</summary>
internal sealed record UnverifiedToken(string? Issuer, string? KeyId)
{
    private const string Bearer = "Bearer ";

    /// <summary>Null without a signed token.</summary>
    public static UnverifiedToken? Of(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return null;
        return authorization[Bearer.Length..].Trim().Split('.') is [var header, var payload, _]
            ? new(Text(payload, JwtRegisteredClaimNames.Iss), Text(header, JwtHeaderParameterNames.Kid))
            : null;
    }

    /// <summary>Null for all that cannot be read.</summary>
    private static string? Text(string part, string name)
    {
        if (!Base64Url.IsValid(part)) return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
