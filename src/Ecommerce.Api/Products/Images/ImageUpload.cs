using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Ecommerce.Api.Products.Images;

/// <summary>Reads an image out of a request into one buffer, the only time that it is held in memory.</summary>
internal static class ImageUpload
{
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The image's type as the request says it; null for none that the shop takes.</summary>
    public static string? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? ImageFormat.MediaTypes.FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>The body; null when it is longer than <see cref="MaxBytes"/>, of which no more than one byte is read.</summary>
    public static async Task<ArraySegment<byte>?> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MaxBytes) return null;

        // Counted here, to the byte: Kestrel would count the frames of the chunks, too.
        var feature = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (request.ContentLength is null && feature is { IsReadOnly: false }) feature.MaxRequestBodySize = 2 * MaxBytes;

        var buffer = GC.AllocateUninitializedArray<byte>((int)(request.ContentLength ?? MaxBytes));
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length == buffer.Length && await request.Body.ReadAsync(new byte[1], cancellation) > 0 ? null : new(buffer, 0, length);
    }

    public static Problem TooLarge => Problem.Of(ErrorCode.BodyTooLarge, $"An image has at most {MaxBytes} bytes.");

    public static Problem WrongType => Problem.Of(ErrorCode.UnsupportedMediaType, $"Send the image itself, as {string.Join(" or ", ImageFormat.MediaTypes)}.");

    public static Problem Lying(string mediaType) => Problem.Of(ErrorCode.UnsupportedMediaType, $"The bytes are not a whole {mediaType}.");
}
