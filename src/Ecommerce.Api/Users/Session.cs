using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>
/// What follows from one login: a family of refresh tokens, each of which replaces the one before. It knows the present one only, by
/// its hash; any other has been spent.
/// </summary>
/// <param name="UserId">Whose session it is.</param>
/// <param name="SessionId">Names the family.</param>
/// <param name="SecretHash">Of the token that is good now.</param>
/// <param name="SecurityStamp">The person's at the login; once theirs is another, the session is over.</param>
/// <param name="LapsesAt">When the present token ends, by which a person who stays away is logged out. Each refresh sets it anew.</param>
/// <param name="Version">As stored; 0 for a session that is not yet.</param>
internal sealed record Session(string UserId, string SessionId, string SecretHash, string SecurityStamp, DateTime LapsesAt, long Version = 0)
{
    public const string IdPrefix = "ses";

    public static ItemKey KeyOf(RefreshToken token) => Tables.Users.Key(token.UserId, RecordOf(token.SessionId));

    public static Session Begin(RefreshToken token, string securityStamp, DateTime lapsesAt) =>
        new(token.UserId, token.SessionId, Secret.Hash(token.Secret), securityStamp, lapsesAt);

    public static Session Of(RefreshToken token, Item item) => new(
        token.UserId, token.SessionId, item.Text("secretHash"), item.Text("securityStamp"), item.Number(Tables.LapsesAt).SecondsToTime(), item.Version);

    /// <summary>Whether the session is good for this person now, whatever token it is asked with.</summary>
    public bool IsAlive(Profile profile, DateTime now) => now < LapsesAt && !profile.Disabled && profile.SecurityStamp == SecurityStamp;

    public bool Accepts(RefreshToken token) => Secret.Matches(token.Secret, SecretHash);

    public Session With(RefreshToken token, DateTime lapsesAt) => this with { SecretHash = Secret.Hash(token.Secret), LapsesAt = lapsesAt };

    public Put Put() => new(Tables.Users, new()
    {
        ["owner"] = UserId,
        ["record"] = RecordOf(SessionId),
        ["secretHash"] = SecretHash,
        ["securityStamp"] = SecurityStamp,
        [Tables.LapsesAt] = LapsesAt.ToSeconds(),
    }, Expect.AtVersion(Version));

    private static string RecordOf(string sessionId) => $"session#{sessionId}";
}
