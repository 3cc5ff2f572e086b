using Microsoft.AspNetCore.Http.Features;

namespace Ecommerce.Api.Http;

/// <summary>
/// Refuses bodies over 1 MB: by their declared length on every host, and while reading where the server counts (Kestrel).
/// In Lambda every body has a declared length.
/// </summary>
internal static class BodyLimit
{
    public const int Bytes = 1024 * 1024;

    public static void UseBodyLimit(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = Bytes;
        if (!(context.Request.ContentLength > Bytes)) return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });
}
