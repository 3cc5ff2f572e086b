using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Ecommerce.Api.Tests.Harness.Issuer;

/// <summary>Writes tokens by hand, also such as no library would.</summary>
internal static class Jwt
{
    public static string Write(object header, object payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A text is JSON as it stands.</summary>
    private static string Encode(object part) => Base64Url.EncodeToString(part is string json ? Encoding.UTF8.GetBytes(json) : JsonSerializer.SerializeToUtf8Bytes(part));
}
