namespace Ecommerce.Api.Users.External;

/// <summary>Lets the external issuer's people in, each with a profile here.</summary>
internal sealed class ExternalPeople(UserRepository users, SeenPeople seen, TimeProvider clock)
{
    /// <summary>
    /// At first sight of a person makes the profile; later on, once a minute, looks whether an administrator has shut the person out.
    /// </summary>
    /// <returns>False for somebody who is shut out.</returns>
    public async Task<bool> Admit(ExternalPerson person, CancellationToken cancellation)
    {
        if (seen.Knows(person.UserId)) return true;
        var profile = await users.FindProfile(person.UserId, cancellation) ?? await users.AddExternal(person.ToProfile(clock.Now()), cancellation);
        if (profile.Disabled) return false;

        // The token decides the role; the profile's is what people are shown. Where this put loses, another one is a minute away.
        if (profile.Role != person.Role) await users.Replace(profile with { Role = person.Role, UpdatedAt = clock.Now() }, cancellation);
        seen.Add(person.UserId);
        return true;
    }
}
