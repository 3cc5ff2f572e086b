using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>Gives leave to choose a new password, and takes it.</summary>
internal sealed class PasswordResets(IStore store, UserRepository users, Passwords passwords, LoginAttempts attempts, TimeProvider clock)
{
    /// <summary>Gives leave to whoever has an account of this address.</summary>
    /// <returns>
    /// The token and the address that the account was made with, for what was typed now may be another mailbox that only looks the
    /// same. Null when there is nothing to send.
    /// </returns>
    public async Task<(ResetToken Token, string Email)?> Issue(string email, CancellationToken cancellation)
    {
        if (await users.FindCredentials(email, cancellation) is not { UserId: var userId }) return null;
        var read = await store.GetMany([PasswordReset.KeyOf(userId), Profile.KeyOf(userId)], consistent: true, cancellation);
        var (earlier, now) = (PasswordReset.Of(userId, read[0]), clock.Now());
        if (read[1] is not { } profile || earlier?.IsRecent(now) == true) return null;
        var token = new ResetToken(userId, Secret.New());
        var reset = new PasswordReset(userId, Secret.Hash(token.Secret), now, earlier?.Version ?? 0);
        return (await store.Commit([reset.Put()], cancellation: cancellation)).IsCommitted ? (token, Profile.Of(profile).Email!) : null;
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
