using System.Buffers.Text;
using System.Security.Cryptography;

namespace Ecommerce.Api.Carts;

/// <summary>
/// The tokens that name the carts of guests: chance and a seal, so that a cart is only ever named by who was given its token here. The
/// store knows a token's hash only, so nobody who reads the store can use one.
/// </summary>
public sealed class GuestTokens(byte[] signingKey)
{
    private const int ChanceBytes = 16;
    private const int SealBytes = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, signingKey, 32, info: "guest cart"u8.ToArray());

    public string Issue()
    {
        var token = new byte[ChanceBytes + SealBytes];
        RandomNumberGenerator.Fill(token.AsSpan(0, ChanceBytes));
        Seal(token).CopyTo(token.AsSpan(ChanceBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Under whose name the cart of a token is kept; null for what is no token of ours.</summary>
    public string? OwnerOf(string? text)
    {
        var token = new byte[ChanceBytes + SealBytes];
        if (text is null || text.Length != Base64Url.GetEncodedLength(token.Length)) return null;
        if (!Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length) return null;
        return CryptographicOperations.FixedTimeEquals(Seal(token), token.AsSpan(ChanceBytes))
            ? $"{Cart.GuestPrefix}{Base64Url.EncodeToString(SHA256.HashData(token))}"
            : null;
    }

    private ReadOnlySpan<byte> Seal(byte[] token) => HMACSHA256.HashData(_key, token.AsSpan(0, ChanceBytes)).AsSpan(0, SealBytes);
}
