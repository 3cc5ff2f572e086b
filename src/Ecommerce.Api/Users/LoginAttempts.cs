using Ecommerce.Api.Http;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Identity;

namespace Ecommerce.Api.Users;

/// <summary>What came of an attempt: whose password it was, or why nobody is let in.</summary>
internal readonly record struct LoginAttempt(Credentials? Login, Problem? Problem)
{
    public static implicit operator LoginAttempt(Credentials login) => new(login, null);

    public static implicit operator LoginAttempt(Problem problem) => new(null, problem);
}

/// <summary>Whoever says a password says it here, so that nobody guesses for long: see <see cref="LoginThrottle"/>.</summary>
internal sealed class LoginAttempts(IStore store, UserRepository users, Passwords passwords, Settings settings, TimeProvider clock)
{
    private const int Stripes = 256;

    private readonly ThrottleSettings _limits = settings.Auth.Throttle;
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>
    /// Attempts at one account are made one after the other: those that begin at once would all read that there is one failure left,
    /// and all have a guess. Accounts that share a stripe only wait for each other.
    /// </summary>
    public async Task<LoginAttempt> Make(string email, string password, ClientAddress address, CancellationToken cancellation)
    {
        var tag = ClientFailures.TagOf(email);
        var stripe = _stripes[(uint)tag.GetHashCode(StringComparison.Ordinal) % Stripes];
        await stripe.WaitAsync(cancellation);
        try
        {
            return await MakeAlone(email, tag, password, address, cancellation);
        }
        finally
        {
            stripe.Release();
        }
    }

    /// <summary>Forgets what failed at an account from this address, of somebody who has shown otherwise to be its owner.</summary>
    public Task Forgive(string email, ClientAddress address)
    {
        var tag = ClientFailures.TagOf(email);
        return Write(ClientFailures.KeyOf(address), item => ClientFailures.Of(address, item) is var failures && failures.At(tag) > 0
            ? failures.Forgive(tag).Put(_limits.Window)
            : null);
    }

    private async Task<LoginAttempt> MakeAlone(string email, string tag, string password, ClientAddress address, CancellationToken cancellation)
    {
        var keys = EmailAddress.Problem(email) is null ? new[] { ClientFailures.KeyOf(address), Credentials.KeyOf(email) } : [ClientFailures.KeyOf(address)];
        var read = await store.GetMany(keys, consistent: true, cancellation);
        var (failures, login) = (ClientFailures.Of(address, read[0]), read.Count > 1 && read[1] is { } item ? Credentials.Of(email, item) : null);
        var now = clock.Now();
        if (_limits.BlockedUntil(failures, tag, login?.Failures ?? default, now) is { } until) return LoginThrottle.TooMany("Wait as long as Retry-After says, or reset the password.", until - now);

        var verdict = passwords.Verify(login?.PasswordHash, password);
        if (login is null || verdict == PasswordVerificationResult.Failed)
        {
            await Task.WhenAll(
                Write(ClientFailures.KeyOf(address), read[0], found => ClientFailures.Of(address, found).Add(tag, now, _limits.Window).Put(_limits.Window)),
                login is null ? Task.CompletedTask : Write(Credentials.KeyOf(email), read[1], found => found is null ? null : Failed(email, found, now)));
            return Problem.Of(ErrorCode.InvalidCredentials, "Check both and try again.");
        }

        if (login.Disabled) return AccountProblems.Disabled;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded) await users.Rehash(login, passwords.Hash(password), cancellation);
        return login;
    }

    private Put Failed(string email, Item found, DateTime now)
    {
        var login = Credentials.Of(email, found);
        return (login with { Failures = login.Failures.Add(now, _limits.Window) }).Put();
    }

    private async Task Write(ItemKey key, Func<Item?, Put?> decide) => await Write(key, await store.Get(key, consistent: true, default), decide);

    /// <summary>Counts whether or not the caller still waits: hanging up must not be a way not to be counted.</summary>
    private async Task Write(ItemKey key, Item? found, Func<Item?, Put?> decide)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            if (decide(found) is not { } put) return;
            var result = await store.Commit([put]);
            if (result.IsCommitted) return;
            await Contention.Pause(attempt, default);
            found = await store.Get(key, consistent: true, default);
        }

        throw new StoreUnavailableException("The count of failures changed under every attempt to write it.");
    }
}
