using System.Security.Cryptography;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Images;

/// <summary>
/// Gives products their images: the object first, then the product that names it, then the old object goes. A crash in between leaves
/// an object that nobody names, and never a product without its image.
/// </summary>
internal sealed partial class ProductImages(
    ProductRepository products, IImageStore store, Ids ids, TimeProvider clock, ILogger<ProductImages> log)
{
    /// <summary>Puts an image in the place of the present one.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="mediaType">What the bytes are; see <see cref="ImageFormat"/>.</param>
    /// <param name="bytes">The image.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="conflict">What stands against changing the product as it is now; null when nothing does.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The product with its new image, or why it has none.</returns>
    public async Task<(Product? Product, Problem? Problem)> Replace(
        string productId, string mediaType, ArraySegment<byte> bytes, string actor, Func<Product, Problem?> conflict, CancellationToken cancellation)
    {
        var image = new ProductImage($"{productId}.{ids.New("img")}", Convert.ToHexStringLower(SHA256.HashData(bytes)), mediaType, clock.Now());
        await store.Put(image.Key, mediaType, bytes, cancellation);

        var (before, after, problem) = await products.Edit(productId, conflict, product => product with { Image = image }, actor, cancellation);
        await Discard(problem is null ? before!.Image : image);
        return (after, problem);
    }

    /// <summary>Clears away an image that no product names any more. Where that fails, it stays, and harms nobody.</summary>
    public async Task Discard(ProductImage? image)
    {
        if (image is null) return;
        try
        {
            await store.Delete(image.Key, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            LogOrphan(e, image.Key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The image {Key} is named by no product and could not be deleted.")]
    private partial void LogOrphan(Exception exception, string key);
}
