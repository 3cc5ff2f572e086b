using Ecommerce.Api.Http;

namespace Ecommerce.Api.Users;

/// <summary>
/// Makes the administrator whom the settings name, when the address has no account. Of instances that start at once one succeeds:
/// an account is made by one commit, and the address is its key.
/// </summary>
internal sealed partial class FirstAdmin(Settings settings, UserRepository users, Passwords passwords, Ids ids, TimeProvider clock, ILogger<FirstAdmin> log)
{
    public async Task EnsureExists(CancellationToken cancellation)
    {
        if (settings.FirstAdmin is not { } admin) return;
        var existing = await users.FindCredentials(admin.Email, cancellation);
        if (existing is null && await Add(admin, cancellation) is not null) LogCreated();
        else if ((existing ?? await users.FindCredentials(admin.Email, cancellation))?.Role != Caller.AdminRole) LogNoAdmin();
    }

    private Task<Profile?> Add(FirstAdminSettings admin, CancellationToken cancellation)
    {
        var profile = new Profile(ids.New("usr"), admin.Email, "Administrator", Caller.AdminRole, clock.Now()) { SecurityStamp = Secret.New() };
        return users.Add(profile, passwords.Hash(admin.Password), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The first administrator was created.")]
    private partial void LogCreated();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Admin__Email belongs to an account that is not an administrator's. It is left as it is.")]
    private partial void LogNoAdmin();
}
