using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>What is to be done to an account: writes (null to leave it as it is), or why nothing can be.</summary>
internal readonly record struct AccountChange(IReadOnlyList<Write>? Writes, Problem? Problem = null)
{
    public static implicit operator AccountChange(Problem problem) => new(null, problem);
}

/// <summary>Accounts in the store. Everything is read as it is at that moment: logins and changes are decided by it.</summary>
internal sealed class UserRepository(IStore store, Ids ids)
{
    /// <summary>In the metadata of <see cref="EventType.UserRegistered"/>: somebody else made the account, and it has no password yet.</summary>
    public const string Invited = "invited";

    /// <summary>Null also for what cannot be an address, without a look into the store.</summary>
    public async Task<Credentials?> FindCredentials(string email, CancellationToken cancellation) =>
        EmailAddress.Problem(email) is null && await store.Get(Credentials.KeyOf(email), consistent: true, cancellation) is { } item
            ? Credentials.Of(email, item)
            : null;

    public async Task<Profile?> FindProfile(string userId, CancellationToken cancellation) =>
        await store.Get(Profile.KeyOf(userId), consistent: true, cancellation) is { } item ? Profile.Of(item) : null;

    /// <summary>A profile with its login. That of an external person has none: the login of the same address is somebody else's.</summary>
    public async Task<Account?> FindAccount(string userId, CancellationToken cancellation)
    {
        if (await FindProfile(userId, cancellation) is not { } profile) return null;
        if (profile.IsExternal) return new(null, profile);
        return await FindCredentials(profile.Email!, cancellation) is { } login ? new(login, profile) : null;
    }

    /// <summary>
    /// Makes an account: login, profile and event, or none of them. Without a password the person is invited to choose one. The event names nobody: the log is never erased, and a person can be.
    /// </summary>
    /// <returns>The profile as stored; null when the address has an account already.</returns>
    public async Task<Profile?> Add(Profile profile, string? passwordHash, CancellationToken cancellation)
    {
        var login = Credentials.Of(profile, passwordHash);
        var result = await store.Commit(
        [
            login.Put(),
            profile.Put(),
            Registered(profile, invited: passwordHash is null),
        ], cancellation: cancellation);
        if (result.IsCommitted) return profile with { Version = 1 };
        return result.At(0) is { Current: not null } ? null : throw new InvalidOperationException($"Registration: {result}.");
    }

    /// <summary>Makes the profile of a person whom an external issuer knows. There is no login, and no claim on the address.</summary>
    /// <returns>The profile that is there now: another request of the same person may have made it first.</returns>
    public async Task<Profile> AddExternal(Profile profile, CancellationToken cancellation)
    {
        var result = await store.Commit([profile.Put(), Registered(profile, invited: false)], cancellation: cancellation);
        if (result.IsCommitted) return profile with { Version = 1 };
        return result.At(0) is { Current: { } first } ? Profile.Of(first) : throw new InvalidOperationException($"First sight: {result}.");
    }

    /// <summary>Every account, newest first.</summary>
    public Task<Page> List(PageRequest page, CancellationToken cancellation) => store.Query(
        new(Tables.Users, Profile.Listing) { Index = Tables.Users.Index("listing"), Descending = true, Limit = page.Limit, After = page.After }, cancellation);

    /// <summary>False when it was changed, or deleted, since it was read.</summary>
    public async Task<bool> Replace(Profile profile, CancellationToken cancellation) =>
        (await store.Commit([profile.Put()], cancellation: cancellation)).IsCommitted;

    /// <summary>Changes an account, of what is there when it is written.</summary>
    /// <param name="userId">Whose account.</param>
    /// <param name="decide">Given the account; null when there is none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Why it was not changed; null when it was.</returns>
    public Task<Problem?> Change(string userId, Func<Account?, AccountChange> decide, CancellationToken cancellation) =>
        Change(() => FindAccount(userId, cancellation), decide, cancellation);

    /// <summary>The same of what the profile alone says, for which the login is not read.</summary>
    public Task<Problem?> ChangeProfile(string userId, Func<Profile?, AccountChange> decide, CancellationToken cancellation) =>
        Change(() => FindProfile(userId, cancellation), decide, cancellation);

    /// <summary>Keeps a stronger hash of the same password, unless the account was changed meanwhile: then the next login does.</summary>
    public Task Rehash(Credentials credentials, string passwordHash, CancellationToken cancellation) =>
        store.Commit([(credentials with { PasswordHash = passwordHash }).Put()], cancellation: cancellation);

    private async Task<Problem?> Change<T>(Func<Task<T>> find, Func<T, AccountChange> decide, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var change = decide(await find());
            if (change.Writes is not { } writes) return change.Problem;
            if ((await store.Commit(writes, cancellation: cancellation)).IsCommitted) return null;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The account changed under every attempt to write it.");
    }

    private Put Registered(Profile profile, bool invited) => EventLog.Append(ids.New("evt"), profile.CreatedAt, profile.UserId, new ShopEvent(EventType.UserRegistered, new()
    {
        ["userId"] = profile.UserId,
        [Invited] = invited ? true : Value.None,
    }));
}
