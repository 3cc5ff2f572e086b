using Microsoft.Net.Http.Headers;

namespace Ecommerce.Api.Http;

/// <summary>
/// Bodies are UTF-8 (RFC 8259). The framework would convert other encodings with losses, and fails on one it does not know or that
/// is quoted, as HTTP allows; here they are refused before anything is read, and a quoted <c>"utf-8"</c> is what it says.
/// </summary>
internal static class Utf8Bodies
{
    private const string Utf8 = "utf-8";

    public static void UseUtf8Bodies(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue) return next(context);
        if (HeaderUtilities.RemoveQuotes(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
        {
            type.Charset = Utf8;
            request.ContentType = type.ToString();
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });
}
