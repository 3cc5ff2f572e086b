using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>A person's login and profile. What both say is changed in both, by one commit at the versions that were read.</summary>
internal sealed record Account(Credentials Login, Profile Profile)
{
    public IReadOnlyList<Write> Puts => [Login.Put(), Profile.Put()];

    public IReadOnlyList<Write> Deletes =>
    [
        new Delete(Credentials.KeyOf(Login.Email), Expect.AtVersion(Login.Version)),
        new Delete(Profile.KeyOf(Profile.UserId), Expect.AtVersion(Profile.Version)),
    ];

    public Account WithPassword(string hash, DateTime now) =>
        (this with { Login = Login with { PasswordHash = hash, Failures = default } }).WithoutSessions(now);

    public Account With(string role, bool disabled, string name, DateTime now)
    {
        var changed = new Account(
            Login with { Role = role, Disabled = disabled },
            Profile with { Role = role, Disabled = disabled, Name = name, UpdatedAt = now });
        return disabled && !Profile.Disabled ? changed.WithoutSessions(now) : changed;
    }

    /// <summary>With another security stamp, which no session has.</summary>
    private Account WithoutSessions(DateTime now)
    {
        var stamp = Secret.New();
        return new(Login with { SecurityStamp = stamp }, Profile with { SecurityStamp = stamp, UpdatedAt = now });
    }
}
