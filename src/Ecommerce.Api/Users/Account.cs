using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>
/// A person's login, which an external person lacks, and profile. What both say is changed in both, by one commit at the versions
/// that were read.
/// </summary>
internal sealed record Account(Credentials? Login, Profile Profile)
{
    public IReadOnlyList<Write> Puts => Login is null ? [Profile.Put()] : [Login.Put(), Profile.Put()];

    public IReadOnlyList<Write> Deletes
    {
        get
        {
            var profile = new Delete(Profile.KeyOf(Profile.UserId), Expect.AtVersion(Profile.Version));
            return Login is null ? [profile] : [new Delete(Credentials.KeyOf(Login.Email), Expect.AtVersion(Login.Version)), profile];
        }
    }

    /// <summary>Of an account that has a login.</summary>
    public Account WithPassword(string hash, DateTime now) =>
        (this with { Login = Login! with { PasswordHash = hash, Failures = default } }).WithoutSessions(now);

    public Account With(string role, bool disabled, string name, DateTime now)
    {
        var changed = new Account(
            Login is null ? null : Login with { Role = role, Disabled = disabled },
            Profile with { Role = role, Disabled = disabled, Name = name, UpdatedAt = now });
        return disabled && !Profile.Disabled ? changed.WithoutSessions(now) : changed;
    }

    /// <summary>With another security stamp, which no session has.</summary>
    private Account WithoutSessions(DateTime now)
    {
        var stamp = Secret.New();
        return new(Login is null ? null : Login with { SecurityStamp = stamp }, Profile with { SecurityStamp = stamp, UpdatedAt = now });
    }
}
