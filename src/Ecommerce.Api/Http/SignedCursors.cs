using System.Buffers.Text;
using System.Text;

namespace Ecommerce.Api.Http;

/// <summary>
/// Seals the store's cursors before they leave the house: tamper-evident, and good only for the list, filters and caller they were made for.
/// </summary>
public sealed class SignedCursors(SigningKeys keys)
{
    private const int SealBytes = 12;
    private static readonly int SealCharacters = Base64Url.GetEncodedLength(SealBytes);

    private readonly Seals _seals = keys.For("cursor", SealBytes);

    public string? Seal(string scope, string? cursor) => cursor is null ? null : $"{Base64Url.EncodeToString(_seals.Seal(Content(scope, cursor)))}.{cursor}";

    /// <summary>False for a cursor that was not made here for this scope. No cursor at all is fine, and means the beginning.</summary>
    public bool TryOpen(string scope, string? text, out string? cursor)
    {
        cursor = null;
        if (text is null) return true;
        var dot = text.IndexOf('.');
        var candidate = text[(dot + 1)..];
        if (dot != SealCharacters || !Base64Url.IsValid(text.AsSpan(0, dot))) return false;
        if (!_seals.IsSealed(Content(scope, candidate), Base64Url.DecodeFromChars(text.AsSpan(0, dot)))) return false;
        cursor = candidate;
        return true;
    }

    private static byte[] Content(string scope, string cursor) => Encoding.UTF8.GetBytes($"{scope}\n{cursor}");
}
