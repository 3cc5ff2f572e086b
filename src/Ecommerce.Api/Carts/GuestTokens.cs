using System.Buffers.Text;
using System.Security.Cryptography;
using Ecommerce.Api.Http;

namespace Ecommerce.Api.Carts;

/// <summary>
/// The tokens that name the carts of guests: a nonce and its MAC, so that a cart is only ever named by who was given its token here. The
/// store knows a token's hash only, so nobody who reads the store can use one.
/// </summary>
public sealed class GuestTokens(SigningKeys keys)
{
    private const int NonceBytes = 16;
    private const int MacBytes = 16;

    private readonly Seals _seals = keys.For("guest cart", MacBytes);

    public string Issue()
    {
        var token = new byte[NonceBytes + MacBytes];
        RandomNumberGenerator.Fill(token.AsSpan(0, NonceBytes));
        _seals.Seal(token.AsSpan(0, NonceBytes)).CopyTo(token.AsSpan(NonceBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Under whose name the cart of a token is kept; null for what is no token of ours.</summary>
    public string? OwnerOf(string? text)
    {
        var token = new byte[NonceBytes + MacBytes];
        if (text is null || text.Length != Base64Url.GetEncodedLength(token.Length) || !Base64Url.IsValid(text)) return null;
        if (!Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length) return null;
        return _seals.IsSealed(token.AsSpan(0, NonceBytes), token.AsSpan(NonceBytes))
            ? $"{Cart.GuestPrefix}{Base64Url.EncodeToString(SHA256.HashData(token))}"
            : null;
    }
}
