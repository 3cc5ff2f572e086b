namespace Ecommerce.Api.Products.Images;

/// <summary>
/// Keeps the bytes of images under keys that are written once. An object that no product names is harmless; a product that names no
/// object is not, so an object is put before it is named and deleted after.
/// </summary>
/// <remarks>Every method throws <see cref="Storage.StoreUnavailableException"/> where the place is out of reach.</remarks>
internal interface IImageStore
{
    /// <summary>Keeps an object; all of it is there when this returns, and none of it before.</summary>
    /// <param name="key">Letters, digits, '_' and '.'.</param>
    /// <param name="mediaType">For a place that hands the object out itself.</param>
    /// <param name="bytes">Not kept after the call.</param>
    /// <param name="cancellation">Gives up.</param>
    Task Put(string key, string mediaType, ArraySegment<byte> bytes, CancellationToken cancellation);

    /// <summary>How a caller gets the object; null when it is not there, as far as the place can tell without handing it out.</summary>
    Task<ImageSource?> Locate(string key, CancellationToken cancellation);

    /// <summary>Removes the object, also when it is not there.</summary>
    Task Delete(string key, CancellationToken cancellation);
}

/// <summary>Where a caller gets an image: from the shop, which streams it, or from an address elsewhere.</summary>
internal abstract record ImageSource
{
    /// <summary>Open, seekable, and the receiver's to dispose of.</summary>
    public sealed record Content(Stream Bytes) : ImageSource;

    /// <summary>Good for anyone who holds it, for <see cref="Life"/> from now.</summary>
    public sealed record Address(Uri Url, TimeSpan Life) : ImageSource;
}
