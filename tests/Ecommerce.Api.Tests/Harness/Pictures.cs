using System.Buffers.Binary;
using System.Net.Http.Headers;
using Ecommerce.Api.Products.Images;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>Small pictures of each kind that the shop takes, and requests that carry one.</summary>
internal static class Pictures
{
    /// <summary>Every segment that a progressive picture of one pixel has.</summary>
    public static byte[] Jpeg =>
    [
        0xFF, 0xD8,
        0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 1, 0, 72, 0, 72, 0, 0,
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)0xFF, 64),
        0xFF, 0xC2, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[16],
        0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 0x3F, 0x10, 0x3F,
        0xFF, 0xD9,
    ];

    public static byte[] LossyWebP => Convert.FromBase64String("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    public static byte[] LosslessWebP => Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    public static byte[] WebPWithAlpha => Convert.FromBase64String(
        "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==");

    /// <summary>A PNG of exactly this many bytes, at least 70, with a seed of its own in its pixels.</summary>
    public static byte[] Png(int seed = 0, int length = 100)
    {
        var pixels = new byte[length - 57];
        new Random(seed).NextBytes(pixels);
        return [.. ImageFormat.PngSignature, .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), .. Chunk("IDAT", pixels), .. Chunk("IEND", [])];
    }

    public static ByteArrayContent As(this byte[] bytes, string? mediaType)
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    public static Task<HttpResponseMessage> PutImage(
        this HttpClient client, string productId, byte[] bytes, string? mediaType = ImageFormat.Png, params (string Name, string Value)[] headers) =>
        client.Put($"/product/{productId}/image", bytes.As(mediaType), headers);

    /// <summary>Gives a product an image, and answers the image's address.</summary>
    public static async Task<string> Picture(this EcommerceApp app, string productId, byte[] bytes, string mediaType = ImageFormat.Png) =>
        (await app.Admin.PutImage(productId, bytes, mediaType).ShouldBe(200)).Text("imageUrl");

    public static async Task ShouldBeImage(this HttpResponseMessage response, byte[] bytes, string mediaType = ImageFormat.Png)
    {
        Assert.Equal((200, mediaType), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    /// <inheritdoc cref="ShouldBeImage(HttpResponseMessage, byte[], string)"/>
    public static async Task ShouldBeImage(this Task<HttpResponseMessage> response, byte[] bytes, string mediaType = ImageFormat.Png) =>
        await (await response).ShouldBeImage(bytes, mediaType);

    private static byte[] Chunk(string type, byte[] content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        for (var i = 0; i < type.Length; i++) chunk[4 + i] = (byte)type[i];
        content.CopyTo(chunk, 8);
        return chunk;
    }
}
