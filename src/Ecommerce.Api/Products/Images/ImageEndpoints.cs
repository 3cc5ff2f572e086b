using System.Globalization;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Ecommerce.Api.Products.Images;

internal static class ImageEndpoints
{
    private static readonly TimeSpan ForEver = TimeSpan.FromDays(365);
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(1);

    public static void MapImage(this RouteGroupBuilder products)
    {
        products.MapGet("/{productId}/image", Get).WithName("getProductImage").WithMetadata(DocumentedImage.Response)
            .WithSummary("The product's image, or the way to it.").Problems(404);
        products.MapPut("/{productId}/image", Put).RequireAdmin().WithName("putProductImage").WithBodyLimit(ImageUpload.MaxBytes)
            .WithMetadata(DocumentedHeader.IfMatch, DocumentedImage.Request)
            .WithSummary("Gives the product an image, or another one.").Problems(401, 403, 404, 412, 413, 415);
    }

    private static async Task<Results<FileStreamHttpResult, RedirectHttpResult, Problem>> Get(
        string productId, string? v, ProductRepository products, IImageStore store, HttpResponse response, CancellationToken cancellation)
    {
        // An image that was replaced between the two reads is gone from its place; then the product names the next one.
        string? missing = null;
        while ((await products.Find(productId, consistent: true, cancellation))?.Image is { } image && image.Key != missing)
        {
            switch (await store.Locate(image.Key, cancellation))
            {
                case ImageSource.Address(var url, var life):
                    response.Headers.CacheControl = $"private, max-age={Seconds(life / 2)}";
                    return TypedResults.Redirect(url.AbsoluteUri);
                case ImageSource.Content(var bytes):
                    response.Headers.CacheControl = v == image.Tag ? $"public, max-age={Seconds(ForEver)}, immutable" : $"public, max-age={Seconds(AWhile)}";
                    response.Headers.XContentTypeOptions = "nosniff";
                    response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
                    return TypedResults.Stream(bytes, image.MediaType, null, image.At, new EntityTagHeaderValue($"\"{image.Hash}\""), enableRangeProcessing: true);
            }

            missing = image.Key;
        }

        return Problem.NotFound("image");
    }

    private static async Task<Results<Ok<ImageAnswer>, Problem>> Put(
        string productId, Caller caller, ProductRepository products, ProductImages images, HttpContext http, CancellationToken cancellation)
    {
        if (ImageUpload.MediaTypeOf(http.Request) is not { } mediaType) return ImageUpload.WrongType;

        // Before megabytes are read for nothing; it is asked again when the product is written.
        if (await products.Find(productId, consistent: true, cancellation) is not { } product) return Problem.NotFound("product");
        if (Etag.Conflict(http.Request, product.Revision) is { } conflict) return conflict;

        if (await ImageUpload.Read(http.Request, cancellation) is not { } bytes) return ImageUpload.TooLarge;
        if (!ImageFormat.IsWhatItSays(mediaType, bytes)) return ImageUpload.Lying(mediaType);
        var (after, problem) = await images.Replace(
            productId, mediaType, bytes, caller.UserId, present => Etag.Conflict(http.Request, present.Revision), cancellation);
        if (after is null) return problem!;
        Etag.Set(http.Response, after.Revision);
        return TypedResults.Ok(new ImageAnswer(after.ImageUrl!));
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}

/// <param name="ImageUrl">Where the image is now; another image has another address.</param>
public sealed record ImageAnswer(string ImageUrl);
