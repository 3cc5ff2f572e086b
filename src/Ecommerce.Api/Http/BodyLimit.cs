using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Ecommerce.Api.Http;

/// <summary>
/// Refuses bodies over 1 MB, or over the limit that a route states: by their declared length on every host, and while reading where
/// the server counts (Kestrel). In Lambda every body has a declared length. Stands behind routing, which knows the route.
/// </summary>
internal static class BodyLimit
{
    private const long Bytes = 1024 * 1024;

    public static void UseBodyLimit(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var limit = Of(context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit;
        if (!(context.Request.ContentLength > limit)) return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });

    /// <summary>Gives a route a limit of its own.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RouteLimit(bytes));

    /// <summary>The most bytes that the body of this request may have.</summary>
    public static long Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Bytes;

    private sealed record RouteLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
