namespace Ecommerce.Api.Http;

/// <summary>
/// Answers that are one caller's alone are kept by no cache. A guest's cart is asked for without an Authorization header, by which
/// caches between would otherwise know.
/// </summary>
internal static class PrivateAnswers
{
    public static RouteGroupBuilder KeptByNoCache(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        return group;
    }
}
