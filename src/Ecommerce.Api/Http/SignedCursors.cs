using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Http;

/// <summary>
/// Seals the store's cursors before they leave the house: tamper-evident, and good only for the list, filters and caller they were made for.
/// </summary>
public sealed class SignedCursors(SigningKeys keys)
{
    private const int SealBytes = 12;

    private readonly IReadOnlyList<byte[]> _keys = keys.For("cursor");

    public string? Seal(string scope, string? cursor) => cursor is null ? null : $"{Mark(_keys[0], scope, cursor)}.{cursor}";

    /// <summary>False for a cursor that was not made here for this scope. No cursor at all is fine, and means the beginning.</summary>
    public bool TryOpen(string scope, string? text, out string? cursor)
    {
        cursor = null;
        if (text is null) return true;
        var dot = text.IndexOf('.');
        if (dot < 0) return false;
        var candidate = text[(dot + 1)..];
        var mark = Encoding.UTF8.GetBytes(text[..dot]);
        if (!_keys.Any(key => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mark(key, scope, candidate)), mark))) return false;
        cursor = candidate;
        return true;
    }

    private static string Mark(byte[] key, string scope, string cursor) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{scope}\n{cursor}")).AsSpan(0, SealBytes));
}
