using Ecommerce.Api.Http;

namespace Ecommerce.Api.Users;

/// <summary>
/// Changes of accounts look at the administrator's own account first. An access token outlives by minutes the rights that it names:
/// long enough to take back for good what was taken away, or to make another administrator.
/// </summary>
internal static class PresentAdmin
{
    public static RouteGroupBuilder RequirePresentAdmin(this RouteGroupBuilder accounts) => accounts.AddEndpointFilter(Check);

    /// <remarks>An external person's role is the issuer's to say, by the token; the profile only shows it.</remarks>
    private static async ValueTask<object?> Check(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        var users = http.RequestServices.GetRequiredService<UserRepository>();
        var profile = await users.FindProfile(Caller.Of(http.User).UserId, http.RequestAborted);
        if (AccountProblems.Has(profile, out var problem)) return problem;
        return profile.IsExternal || profile.Role == Caller.AdminRole
            ? await next(invocation)
            : Problem.Of(ErrorCode.Forbidden, "The caller is no administrator any more.");
    }
}
