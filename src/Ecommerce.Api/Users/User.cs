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
}

/// <summary>What the shop knows of a person.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Email">As it was typed; null where an external issuer told none.</param>
/// <param name="Name">How the shop addresses the person.</param>
/// <param name="Role">What the person may do; so also in <see cref="Credentials"/>.</param>
/// <param name="CreatedAt">When the person registered.</param>
public sealed record Profile(string UserId, string? Email, string Name, string Role, DateTime CreatedAt)
{
    /// <summary>The one partition of the index in which everybody stands.</summary>
    public const string Listing = "user";

    /// <summary>A session is good while it has the stamp that the person has.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Whether an administrator has shut the person out.</summary>
    public bool Disabled { get; init; }

    /// <summary>
    /// The OpenID Connect issuer whose person this is; null for an account of the shop's own. Only the latter has a login, and a role
    /// that the shop decides.
    /// </summary>
    public string? Issuer { get; init; }

    public bool IsExternal => Issuer is not null;

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public PostalAddress? Address { get; init; }

    public DateTime UpdatedAt { get; init; } = CreatedAt;

    public long Version { get; init; }

    public static ItemKey KeyOf(string userId) => Tables.Users.Key(userId, "profile");

    public static Profile Of(Item item) => new(item.Text("owner"), item.TextOrNull("email"), item.Text("name"), item.Text("role"), item.Number("createdAt").ToTime())
    {
        SecurityStamp = item.Text("securityStamp"),
        Disabled = item.Flag("disabled"),
        Issuer = item.TextOrNull("issuer"),
        FirstName = item.TextOrNull("firstName"),
        LastName = item.TextOrNull("lastName"),
        Phone = item.TextOrNull("phone"),
        Address = item["address"] is { IsNone: false } address ? new(address) : null,
        UpdatedAt = item.Number("updatedAt").ToTime(),
        Version = item.Version,
    };

    public Put Put() => new(Tables.Users, new()
    {
        ["owner"] = UserId,
        ["record"] = KeyOf(UserId).Sort,
        ["listing"] = Listing,
        ["issuer"] = Issuer,
        ["email"] = Email,
        ["name"] = Name,
        ["firstName"] = FirstName,
        ["lastName"] = LastName,
        ["phone"] = Phone,
        ["address"] = Address?.Content ?? Value.None,
        ["role"] = Role,
        ["securityStamp"] = SecurityStamp,
        ["disabled"] = Disabled ? true : Value.None,
        ["createdAt"] = CreatedAt.ToMilliseconds(),
        ["updatedAt"] = UpdatedAt.ToMilliseconds(),
    }, Expect.AtVersion(Version));
}
