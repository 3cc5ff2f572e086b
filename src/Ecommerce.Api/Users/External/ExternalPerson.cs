using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text;
using Ecommerce.Api.Http;

namespace Ecommerce.Api.Users.External;

/// <summary>Who a verified token of the external issuer is about. Its texts are of the person's own making, and cut to what a profile takes.</summary>
/// <param name="UserId">The person's id in the shop, always the same for the same issuer and subject.</param>
/// <param name="Role">Admin by a group or role of that name; nothing else in the token gives a role.</param>
/// <param name="Token">What the issuer says.</param>
internal sealed record ExternalPerson(string UserId, string Role, JwtSecurityToken Token)
{
    private static readonly string[] RoleClaims = ["cognito:groups", "groups", "roles", "role"];

    /// <summary>Null for a token that names nobody.</summary>
    public static ExternalPerson? Of(JwtSecurityToken token) =>
        token.Payload.GetValueOrDefault(JwtRegisteredClaimNames.Sub) is string { Length: > 0 } subject
            ? new(Ids.Derive("usr", token.Issuer, subject), RoleOf(token), token)
            : null;

    /// <summary>What the shop's own tokens make of a caller: id and role, and nothing else of what the token says.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new(JwtRegisteredClaimNames.Sub, UserId), new(Caller.RoleClaim, Role)], scheme, JwtRegisteredClaimNames.Sub, Caller.RoleClaim));

    /// <remarks>
    /// The address makes no tie to an account of the shop's own that has the same one: whoever runs the issuer, or sets an address there,
    /// could claim anybody's account.
    /// </remarks>
    public Profile ToProfile(DateTime now)
    {
        var (given, family) = (Line("given_name", UserLimits.Detail), Line("family_name", UserLimits.Detail));
        var whole = $"{given} {family}".Trim();
        var name = Line("name", UserLimits.Name) ?? (whole.Length > 0 ? whole : null)
            ?? Line("preferred_username", UserLimits.Name) ?? Line("username", UserLimits.Name) ?? Line("cognito:username", UserLimits.Name) ?? "Customer";
        return new(UserId, Email(), name[..Math.Min(name.Length, UserLimits.Name)], Role, now)
        {
            SecurityStamp = Secret.New(),
            Issuer = Token.Issuer,
            FirstName = given,
            LastName = family,
        };
    }

    /// <summary>A record prints its members, and a token is never printed.</summary>
    public override string ToString() => nameof(ExternalPerson);

    private static string RoleOf(JwtSecurityToken token) =>
        token.Claims.Any(claim => RoleClaims.Contains(claim.Type) && claim.Value == Caller.AdminRole) ? Caller.AdminRole : Caller.CustomerRole;

    /// <summary>An address that the issuer says it has not verified may be a stranger's, who would get the shop's mail.</summary>
    private string? Email() =>
        Line("email", int.MaxValue) is { } email && EmailAddress.Problem(email) is null && !"false".Equals(Claim("email_verified"), StringComparison.OrdinalIgnoreCase)
            ? email
            : null;

    private string? Claim(string name) => Token.Claims.FirstOrDefault(claim => claim.Type == name)?.Value;

    /// <summary>As one line of whole characters, without control characters and halves of characters; null when nothing is left.</summary>
    private string? Line(string name, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var rune in (Claim(name) ?? "").Trim().EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar) continue;
            if (line.Length + rune.Utf16SequenceLength > maxLength) break;
            line.Append(rune);
        }

        return line.ToString().OrNullIfBlank();
    }
}
