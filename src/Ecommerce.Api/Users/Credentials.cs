using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>What a login is decided by, kept under the e-mail address: one look-up, no index.</summary>
/// <param name="Email">As it was typed, or in any other form of the same address.</param>
/// <param name="UserId">Whose login it is.</param>
/// <param name="PasswordHash">Null until the person has chosen a password: an account that an administrator made.</param>
/// <param name="Role">As in <see cref="Profile"/>, like the two that follow: they are written in one commit.</param>
/// <param name="SecurityStamp">Another one after each change that ends every session.</param>
/// <param name="Disabled">Whether an administrator has shut the person out.</param>
/// <param name="Version">As stored; 0 for a login that is not yet.</param>
public sealed record Credentials(
    string Email, string UserId, string? PasswordHash, string Role, string SecurityStamp, bool Disabled = false, long Version = 0)
{
    /// <summary>Wrong passwords, from wherever they came.</summary>
    public FailureWindow Failures { get; init; }

    public static ItemKey KeyOf(string email) => Tables.Users.Key($"email#{EmailAddress.Normalize(email)}", "login");

    public static Credentials Of(string email, Item item) => new(
        email, item.Text("userId"), item.TextOrNull("passwordHash"), item.Text("role"), item.Text("securityStamp"), item.Flag("disabled"), item.Version)
    {
        Failures = item.NumberOrNull("failures") is { } count ? new(item.Number("failuresSince").ToTime(), (int)count) : default,
    };

    /// <summary>The first login of a person.</summary>
    public static Credentials Of(Profile profile, string? passwordHash) =>
        new(profile.Email ?? throw new ArgumentException("A login needs an address."), profile.UserId, passwordHash, profile.Role, profile.SecurityStamp, profile.Disabled);

    public Put Put() => new(Tables.Users, new()
    {
        ["owner"] = KeyOf(Email).Partition,
        ["record"] = KeyOf(Email).Sort,
        ["userId"] = UserId,
        ["passwordHash"] = PasswordHash,
        ["role"] = Role,
        ["securityStamp"] = SecurityStamp,
        ["disabled"] = Disabled ? true : Value.None,
        ["failures"] = Failures.Count > 0 ? Failures.Count : Value.None,
        ["failuresSince"] = Failures.Count > 0 ? Failures.Since.ToMilliseconds() : Value.None,
    }, Expect.AtVersion(Version));

    /// <summary>A record prints its members, and a password's hash is never printed.</summary>
    public override string ToString() => nameof(Credentials);
}
