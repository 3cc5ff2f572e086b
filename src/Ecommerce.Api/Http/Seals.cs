using System.Security.Cryptography;

namespace Ecommerce.Api.Http;

/// <summary>Seals what the shop hands out for one purpose (HMAC-SHA256, cut short), and tells its own seals from others.</summary>
/// <param name="keys">The first one seals; any of them may have.</param>
/// <param name="length">Of a seal in bytes, at most 32.</param>
public sealed class Seals(IReadOnlyList<byte[]> keys, int length)
{
    public byte[] Seal(ReadOnlySpan<byte> content) => Seal(keys[0], content);

    /// <summary>In the same time wherever two seals of this length differ.</summary>
    public bool IsSealed(ReadOnlySpan<byte> content, ReadOnlySpan<byte> seal)
    {
        var isSealed = false;
        foreach (var key in keys) isSealed |= CryptographicOperations.FixedTimeEquals(Seal(key, content), seal);
        return isSealed;
    }

    private byte[] Seal(byte[] key, ReadOnlySpan<byte> content) => HMACSHA256.HashData(key, content)[..length];
}
