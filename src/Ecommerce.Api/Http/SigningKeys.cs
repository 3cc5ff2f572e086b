using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Http;

/// <summary>
/// The secrets that vouch for what the shop hands out: access tokens, cursors, the names of guests' carts. The current key signs; what the
/// previous one has signed is good as long as that one is kept, so a key can be replaced without anybody noticing.
/// </summary>
/// <param name="Current">At least 32 bytes.</param>
/// <param name="Previous">The same; null for none.</param>
public sealed record SigningKeys(byte[] Current, byte[]? Previous = null)
{
    /// <summary>The current one first.</summary>
    public IReadOnlyList<byte[]> All => Previous is null ? [Current] : [Current, Previous];

    /// <summary>Keys of 32 bytes for one purpose, which tell nothing of those for another; the current one first.</summary>
    public IReadOnlyList<byte[]> For(string purpose) =>
        [.. All.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(purpose)))];
}
