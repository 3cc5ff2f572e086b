using System.Security.Claims;

namespace Ecommerce.Api.Http;

/// <summary>Who sends the request, as the access token says; never as a body or query says.</summary>
public readonly record struct Caller(string UserId, bool IsAdmin)
{
    public const string RoleClaim = "role";
    public const string AdminRole = "admin";
    public const string CustomerRole = "customer";

    /// <summary>Fills a handler's parameter on routes that require authorization.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    internal static Caller Of(ClaimsPrincipal user) => new(
        user.FindFirstValue("sub") ?? throw new InvalidOperationException("The route lacks RequireAuthorization."),
        user.HasClaim(RoleClaim, AdminRole));
}
