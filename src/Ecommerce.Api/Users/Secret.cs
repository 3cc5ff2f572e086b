using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Users;

/// <summary>Secrets that the shop gives out and knows again: 256 random bits, kept as their hash only, so that a reader of the store can use none.</summary>
internal static class Secret
{
    private const int Bytes = 32;
    private const int Characters = 43;
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsWellFormed(string text) => text.Length == Characters && text.AsSpan().IndexOfAnyExcept(Alphabet) < 0;

    /// <summary>So many random bits need no slow hash.</summary>
    public static string Hash(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Takes as long whatever the difference is.</summary>
    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hash(secret)), Encoding.UTF8.GetBytes(hash));
}
