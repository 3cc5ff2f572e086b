using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>Leave that was given.</summary>
/// <param name="Token">What the password is chosen with.</param>
/// <param name="Email">
/// The address that the account was made with: what was typed may be another mailbox that only looks the same.
/// </param>
internal sealed record IssuedReset(ResetToken Token, string Email)
{
    /// <summary>A record prints its members, and this is for one person.</summary>
    public override string ToString() => nameof(IssuedReset);
}

/// <summary>Gives leave to choose a new password, and takes it.</summary>
internal sealed class PasswordResets(IStore store, UserRepository users, Passwords passwords, LoginAttempts attempts, TimeProvider clock)
{
    /// <summary>Gives leave to whoever has an account of this address.</summary>
    /// <inheritdoc cref="Issue"/>
    public async Task<IssuedReset?> IssueTo(string email, CancellationToken cancellation) =>
        await users.FindCredentials(email, cancellation) is { UserId: var userId } ? await Issue(userId, cancellation) : null;

    /// <summary>Gives leave to a person who has an account of the shop's own.</summary>
    /// <returns>Null when there is nothing to send.</returns>
    /// <exception cref="StoreUnavailableException">It was not given, and can be later.</exception>
    public async Task<IssuedReset?> Issue(string userId, CancellationToken cancellation)
    {
        var read = await store.GetMany([PasswordReset.KeyOf(userId), Profile.KeyOf(userId)], consistent: true, cancellation);
        var (earlier, now) = (PasswordReset.Of(userId, read[0]), clock.Now());
        if (read[1] is not { } item || Profile.Of(item) is not { IsExternal: false, Email: { } email }) return null;
        var token = new ResetToken(userId, Secret.New());
        var reset = new PasswordReset(userId, Secret.Hash(token.Secret), now, earlier?.Version ?? 0);
        if (!(await store.Commit([reset.Put()], cancellation: cancellation)).IsCommitted) throw new StoreUnavailableException("Another leave was given at the same time.");
        return new(token, email);
    }

    /// <summary>Sets the password, ends every session and spends the token, or does nothing.</summary>
    public async Task<Problem?> Redeem(string text, string newPassword, ClientAddress address, CancellationToken cancellation)
    {
        if (!ResetToken.TryParse(text, out var token)) return Refused;
        string? hash = null;
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var reset = PasswordReset.Of(token.UserId, await store.Get(PasswordReset.KeyOf(token.UserId), consistent: true, cancellation));
            if (reset is null || !reset.Accepts(token, clock.Now())) return Refused;
            if (await users.FindAccount(token.UserId, cancellation) is not { Login: { } login } account) return Refused;
            hash ??= passwords.Hash(newPassword);
            var result = await store.Commit([.. account.WithPassword(hash, clock.Now()).Puts, reset.Delete()], cancellation: cancellation);
            if (result.IsCommitted)
            {
                await attempts.Forgive(login.Email, address);
                return null;
            }

            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The account changed under every attempt to write it.");
    }

    /// <summary>The same whatever the reason is.</summary>
    private static Problem Refused => Problem.Of(ErrorCode.InvalidResetToken, "It is not good, or not any more. Ask for a new one.");
}
