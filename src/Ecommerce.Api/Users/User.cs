using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>What a login is decided by, kept under the e-mail address: one look-up, no index.</summary>
public sealed record Credentials(string Email, string UserId, string PasswordHash, string Role, long Version = 0)
{
    public static ItemKey KeyOf(string email) => Tables.Users.Key($"email#{EmailAddress.Normalize(email)}", "login");

    public static Credentials Of(string email, Item item) =>
        new(email, item.Text("userId"), item.Text("passwordHash"), item.Text("role"), item.Version);

    public Put Put() => new(Tables.Users, new()
    {
        ["owner"] = KeyOf(Email).Partition,
        ["record"] = KeyOf(Email).Sort,
        ["userId"] = UserId,
        ["passwordHash"] = PasswordHash,
        ["role"] = Role,
    }, Expect.AtVersion(Version));
}

/// <summary>What the shop knows of a person.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Email">As it was typed.</param>
/// <param name="Name">How the shop addresses the person.</param>
/// <param name="Role">Shown here; a login takes it from <see cref="Credentials"/>. The two are written in one commit.</param>
/// <param name="CreatedAt">When the person registered.</param>
public sealed record Profile(string UserId, string Email, string Name, string Role, DateTime CreatedAt)
{
    private const string Listing = "user";

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public PostalAddress? Address { get; init; }

    public DateTime UpdatedAt { get; init; } = CreatedAt;

    public long Version { get; init; }

    public static ItemKey KeyOf(string userId) => Tables.Users.Key(userId, "profile");

    public static Profile Of(Item item) => new(item.Text("owner"), item.Text("email"), item.Text("name"), item.Text("role"), item.Number("createdAt").ToTime())
    {
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
        ["email"] = Email,
        ["name"] = Name,
        ["firstName"] = FirstName,
        ["lastName"] = LastName,
        ["phone"] = Phone,
        ["address"] = Address?.Content ?? Value.None,
        ["role"] = Role,
        ["createdAt"] = CreatedAt.ToMilliseconds(),
        ["updatedAt"] = UpdatedAt.ToMilliseconds(),
    }, Expect.AtVersion(Version));
}
