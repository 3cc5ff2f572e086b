using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Http;

/// <summary>
/// Seals the store's cursors before they leave the house: tamper-evident, and good only for the list, filters and caller they were made for.
/// </summary>
public sealed class SignedCursors(byte[] signingKey)
{
    private const int SealBytes = 12;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, signingKey, 32, info: "cursor"u8.ToArray());

    public string? Seal(string scope, string? cursor) => cursor is null ? null : $"{Base64Url.EncodeToString(Mac(scope, cursor))}.{cursor}";

    /// <summary>False for a cursor that was not made here for this scope. No cursor at all is fine, and means the beginning.</summary>
    public bool TryOpen(string scope, string? text, out string? cursor)
    {
        cursor = null;
        if (text is null) return true;
        var dot = text.IndexOf('.');
        if (dot < 0) return false;
        var candidate = text[(dot + 1)..];
        var seal = Encoding.UTF8.GetBytes(Base64Url.EncodeToString(Mac(scope, candidate)));
        if (!CryptographicOperations.FixedTimeEquals(seal, Encoding.UTF8.GetBytes(text[..dot]))) return false;
        cursor = candidate;
        return true;
    }

    private ReadOnlySpan<byte> Mac(string scope, string cursor) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{scope}\n{cursor}")).AsSpan(0, SealBytes);
}
