namespace Ecommerce.Api.Users;

/// <summary>
/// A refresh token, <c>userId.sessionId.secret</c>: it says where its session is kept, so that it is found without an index, and
/// proves itself by the secret.
/// </summary>
internal readonly record struct RefreshToken(string UserId, string SessionId, string Secret)
{
    public static RefreshToken New(string userId, string sessionId) => new(userId, sessionId, Users.Secret.New());

    /// <summary>The token that replaces this one.</summary>
    public RefreshToken Next() => New(UserId, SessionId);

    /// <summary>False for what cannot be a token at all, which is not worth a look into the store.</summary>
    public static bool TryParse(string text, out RefreshToken token)
    {
        token = default;
        if (text.Split('.') is not [var userId, var sessionId, var secret]) return false;
        if (!Ids.IsWellFormed("usr", userId) || !Ids.IsWellFormed(Session.IdPrefix, sessionId) || !Users.Secret.IsWellFormed(secret)) return false;
        token = new(userId, sessionId, secret);
        return true;
    }

    /// <summary>The token as it is sent.</summary>
    public string Text => $"{UserId}.{SessionId}.{Secret}";

    /// <summary>A record prints its members, and a secret is never printed.</summary>
    public override string ToString() => nameof(RefreshToken);
}
