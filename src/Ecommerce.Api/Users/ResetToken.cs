namespace Ecommerce.Api.Users;

/// <summary>What a mail lets somebody choose a password with: <c>userId.secret</c>.</summary>
internal readonly record struct ResetToken(string UserId, string Secret)
{
    /// <summary>False for what cannot be a token at all, which is not worth a look into the store.</summary>
    public static bool TryParse(string text, out ResetToken token)
    {
        token = default;
        if (text.Split('.') is not [var userId, var secret] || !Ids.IsWellFormed("usr", userId) || !Users.Secret.IsWellFormed(secret)) return false;
        token = new(userId, secret);
        return true;
    }

    /// <summary>The token as it is mailed.</summary>
    public string Text => $"{UserId}.{Secret}";

    /// <summary>A record prints its members, and a secret is never printed.</summary>
    public override string ToString() => nameof(ResetToken);
}
