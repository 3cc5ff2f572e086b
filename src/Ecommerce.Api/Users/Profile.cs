using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

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
