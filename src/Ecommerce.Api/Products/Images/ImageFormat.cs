using System.Buffers.Binary;

namespace Ecommerce.Api.Products.Images;

/// <summary>
/// Which pictures the shop takes, and whether bytes are what their type says: from the signature over the frame of the format to its
/// end, so that half a picture does not pass. What the pixels are is the viewer's business, and so is what a picture carries beside them:
/// comments, and in a JPEG whatever a camera appends. Such bytes may read as HTML, and nobody takes them for it, for a picture is served
/// under its type with nosniff.
/// </summary>
internal static class ImageFormat
{
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string WebP = "image/webp";

    public static readonly IReadOnlyList<string> MediaTypes = [Png, Jpeg, WebP];

    /// <summary>How every PNG begins.</summary>
    public static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    /// <summary>What stands in a lossy frame of WebP behind its three bytes of header.</summary>
    private static ReadOnlySpan<byte> Vp8Start => [0x9D, 0x01, 0x2A];

    public static bool IsWhatItSays(string mediaType, ReadOnlySpan<byte> bytes) => mediaType switch
    {
        Png => IsPng(bytes),
        Jpeg => IsJpeg(bytes),
        WebP => IsWebP(bytes),
        _ => false,
    };

    /// <summary>The signature, then chunks of length, type, content and checksum: IHDR first, IDAT among them, IEND last.</summary>
    private static bool IsPng(ReadOnlySpan<byte> bytes)
    {
        const int Frame = 12;
        if (!bytes.StartsWith(PngSignature)) return false;
        var rest = bytes[PngSignature.Length..];
        var hasPixels = false;
        for (var first = true; rest.Length >= Frame; first = false)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Frame) return false;
            var type = rest[4..8];
            var content = rest.Slice(8, (int)length);
            if (first && !(type.SequenceEqual("IHDR"u8) && content.Length == 13 && HasArea(content))) return false;
            hasPixels |= type.SequenceEqual("IDAT"u8);
            rest = rest[(Frame + (int)length)..];
            if (type.SequenceEqual("IEND"u8)) return hasPixels && rest.IsEmpty;
        }

        return false;

        static bool HasArea(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header) > 0 && BinaryPrimitives.ReadInt32BigEndian(header[4..]) > 0;
    }

    /// <summary>Start of image, then segments of marker and length: a frame header (SOF) before the scan (SOS), and an end of image after it.</summary>
    private static bool IsJpeg(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(JpegStart)) return false;
        var rest = bytes[JpegStart.Length..];
        var hasFrame = false;
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            if (rest[1] == 0xFF)
            {
                rest = rest[1..]; // A marker may be preceded by any number of fill bytes.
                continue;
            }

            var marker = rest[1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length > rest.Length - 2) return false;
            rest = rest[(2 + length)..];
            hasFrame |= marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (marker == 0xDA) return hasFrame && rest.LastIndexOf(JpegEnd) > 0;
        }

        return false;
    }

    /// <summary>A RIFF file of just this length, whose first chunk is a lossy, lossless or extended picture.</summary>
    private static bool IsWebP(ReadOnlySpan<byte> bytes)
    {
        const int Header = 12, ChunkHeader = 8;
        if (bytes.Length < Header + ChunkHeader + 10 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L != bytes.Length) return false;
        var type = bytes.Slice(Header, 4);
        var content = bytes[(Header + ChunkHeader)..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Header + 4)..]) > content.Length) return false;
        return type.SequenceEqual("VP8 "u8) ? content[3..].StartsWith(Vp8Start)
            : type.SequenceEqual("VP8L"u8) ? content[0] == 0x2F
            : type.SequenceEqual("VP8X"u8);
    }
}
