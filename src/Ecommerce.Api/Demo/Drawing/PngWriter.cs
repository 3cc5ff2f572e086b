using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ecommerce.Api.Products.Images;

namespace Ecommerce.Api.Demo.Drawing;

/// <summary>Writes a picture of at most 256 colours as a PNG (https://www.w3.org/TR/png/), with a palette.</summary>
internal static class PngWriter
{
    private const byte BitsPerPixel = 8;
    private const byte Palette = 3;
    private const int Edge = 4;

    /// <param name="width">Pixels of a row.</param>
    /// <param name="pixels">Row by row, each a place in the palette.</param>
    /// <param name="palette">0xRRGGBB.</param>
    public static byte[] Write(int width, ReadOnlySpan<byte> pixels, IReadOnlyList<int> palette)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Length / width);
        (header[8], header[9]) = (BitsPerPixel, Palette);

        using var file = new MemoryStream();
        file.Write(ImageFormat.PngSignature);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "PLTE", [.. palette.SelectMany(colour => (byte[])[(byte)(colour >> 16), (byte)(colour >> 8), (byte)colour])]);
        WriteChunk(file, "IDAT", Compress(width, pixels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Each row is preceded by its filter: none, which suits flat colours.</summary>
    private static byte[] Compress(int width, ReadOnlySpan<byte> pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            for (var row = 0; row < pixels.Length; row += width)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row, width));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[Edge];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        Span<byte> name = stackalloc byte[Edge];
        Encoding.ASCII.GetBytes(type, name);
        file.Write(name);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(name, content));
        file.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content) => ~Add(Add(uint.MaxValue, type), content);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        const uint Polynomial = 0xEDB88320;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
        }

        return crc;
    }
}
