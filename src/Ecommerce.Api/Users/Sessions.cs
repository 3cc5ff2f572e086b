using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>Who went on with a session, and the token to go on with the next time.</summary>
internal sealed record Refreshed(Profile Profile, RefreshToken Token)
{
    /// <summary>A record prints its members: this one a person's profile.</summary>
    public override string ToString() => nameof(Refreshed);
}

/// <summary>Begins sessions, goes on with them, and ends them.</summary>
internal sealed class Sessions(IStore store, Settings settings, Ids ids, TimeProvider clock)
{
    private DateTime LapsesAt => clock.Now() + settings.Auth.RefreshTokenLife;

    public async Task<RefreshToken> Begin(Credentials login, CancellationToken cancellation)
    {
        var token = RefreshToken.New(login.UserId, ids.New(Session.IdPrefix));
        await store.Commit([Session.Begin(token, login.SecurityStamp, LapsesAt).Put()], cancellation: cancellation);
        return token;
    }

    /// <summary>
    /// Spends a refresh token. One that was spent before, or is being spent by somebody else at this moment, is in two hands: its
    /// session ends, for both.
    /// </summary>
    /// <returns>Null when the token is not good, whatever the reason.</returns>
    public async Task<Refreshed?> Refresh(string text, CancellationToken cancellation)
    {
        if (!RefreshToken.TryParse(text, out var token)) return null;
        var read = await store.GetMany([Session.KeyOf(token), Profile.KeyOf(token.UserId)], consistent: true, cancellation);
        if (read is not [{ } sessionItem, { } profileItem]) return null;
        var (session, profile) = (Session.Of(token, sessionItem), Profile.Of(profileItem));
        if (!session.IsAlive(profile, clock.Now())) return null;

        var next = token.Next();
        if (session.Accepts(token) && await Replace(session.With(next, LapsesAt), cancellation)) return new(profile, next);
        await End(token, cancellation);
        return null;
    }

    /// <summary>Ends the session of a token, also of one that is spent, or has none any more.</summary>
    public async Task End(string text, CancellationToken cancellation)
    {
        if (RefreshToken.TryParse(text, out var token)) await End(token, cancellation);
    }

    private async Task<bool> Replace(Session session, CancellationToken cancellation) =>
        (await store.Commit([session.Put()], cancellation: cancellation)).IsCommitted;

    private async Task End(RefreshToken token, CancellationToken cancellation) =>
        await store.Commit([new Delete(Session.KeyOf(token), Expect.Anything)], cancellation: cancellation);
}
