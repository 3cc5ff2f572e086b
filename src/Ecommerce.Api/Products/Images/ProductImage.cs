using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Images;

/// <summary>What a product knows of its image; the bytes are in the <see cref="IImageStore"/>.</summary>
/// <param name="Key">Where the bytes are. Each upload has a key of its own, even of the same bytes, so that whoever clears an old one away never takes a new one.</param>
/// <param name="Hash">SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="MediaType">One of <see cref="ImageFormat.MediaTypes"/>.</param>
/// <param name="At">When it was put there.</param>
public sealed record ProductImage(string Key, string Hash, string MediaType, DateTime At)
{
    private const int TagLength = 16;

    /// <summary>Names these bytes in the image's address, whose answer may therefore be kept for ever.</summary>
    public string Tag => Hash[..TagLength];

    public string UrlOf(string productId) => $"/product/{productId}/image?v={Tag}";

    public Value ToValue() => (Value[])[Key, Hash, MediaType, At.ToMilliseconds()];

    /// <summary>Null for <see cref="Value.None"/>.</summary>
    public static ProductImage? Of(Value value) =>
        value.IsNone ? null : value.AsList is [var key, var hash, var type, var at] ? new(key.AsText, hash.AsText, type.AsText, at.AsNumber.ToTime())
        : throw new FormatException("The product's image is not stored as one.");
}
