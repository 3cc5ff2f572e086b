using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>Leave to choose a new password once; of several that a person asks for, the last.</summary>
/// <param name="UserId">The person.</param>
/// <param name="SecretHash">Of the token.</param>
/// <param name="SentAt">When it was made.</param>
/// <param name="Version">As stored; 0 for one that is not yet.</param>
internal sealed record PasswordReset(string UserId, string SecretHash, DateTime SentAt, long Version = 0)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public static ItemKey KeyOf(string userId) => Tables.Users.Key(userId, "reset");

    public static PasswordReset? Of(string userId, Item? item) =>
        item is null ? null : new(userId, item.Text("secretHash"), item.Number("sentAt").ToTime(), item.Version);

    public bool Accepts(ResetToken token, DateTime now) => now < SentAt + Life && Secret.Matches(token.Secret, SecretHash);

    public Put Put() => new(Tables.Users, new()
    {
        ["owner"] = UserId,
        ["record"] = KeyOf(UserId).Sort,
        ["secretHash"] = SecretHash,
        ["sentAt"] = SentAt.ToMilliseconds(),
        [Tables.LapsesAt] = (SentAt + Life).ToSeconds(),
    }, Expect.AtVersion(Version));

    /// <summary>Takes back whatever leave the person has.</summary>
    public static Delete Revoke(string userId) => new(KeyOf(userId), Expect.Anything);

    public Delete Delete() => new(KeyOf(UserId), Expect.AtVersion(Version));
}
