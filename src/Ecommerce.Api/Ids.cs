using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api;

/// <summary>
/// Makes the ids of everything: a type prefix and 26 characters of lower-case base 32, the time in microseconds first and then
/// chance, so that ids sort by when they were made and cannot be guessed.
/// </summary>
public sealed class Ids(TimeProvider clock)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Characters = 26;
    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);
    private long _last;

    public string New(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        WriteTime(bytes, Tick());
        return $"{prefix}_{Encode(bytes)}";
    }

    /// <summary>An id of the same form that is always the same for the same parts, and not ordered by time.</summary>
    public static string Derive(string prefix, params ReadOnlySpan<string> parts) => $"{prefix}_{Encode(Digest(parts))}";

    /// <summary>An id that is always the same for the same time and parts, and ordered by that time.</summary>
    public static string DeriveAt(string prefix, DateTimeOffset at, params ReadOnlySpan<string> parts)
    {
        var bytes = Digest(parts);
        WriteTime(bytes, Microseconds(at));
        return $"{prefix}_{Encode(bytes)}";
    }

    /// <summary>No id of that time or later sorts before this one.</summary>
    public static string Lowest(string prefix, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteTime(bytes, Microseconds(at));
        return $"{prefix}_{Encode(bytes)}";
    }

    /// <summary>When an id was made: for those that are ordered by time.</summary>
    public static DateTimeOffset TimeOf(string id)
    {
        var number = default(UInt128);
        foreach (var c in id.AsSpan(id.IndexOf('_') + 1)) number = (number << 5) | (uint)Alphabet.IndexOf(c);
        return DateTimeOffset.UnixEpoch.AddMicroseconds((long)(ulong)(number >> 72));
    }

    /// <summary>Whether a text from outside can be an id of this type at all; what cannot is not worth a look into the store.</summary>
    public static bool IsWellFormed(string prefix, string? id) =>
        id is not null && id.Length == prefix.Length + 1 + Characters && id.StartsWith(prefix, StringComparison.Ordinal)
        && id[prefix.Length] == '_' && id.AsSpan(prefix.Length + 1).IndexOfAnyExcept(Digits) < 0;

    /// <summary>Which of the <see cref="Tables.Shards"/> partitions of a spread index an id belongs to.</summary>
    public static int Shard(string id) => Alphabet.IndexOf(id[^1]) % Tables.Shards;

    /// <summary>The present microsecond, or the next one that has not been given out.</summary>
    private long Tick()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var tick = Math.Max(Microseconds(clock.GetUtcNow()), last + 1);
            if (Interlocked.CompareExchange(ref _last, tick, last) == last) return tick;
        }
    }

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static void WriteTime(Span<byte> bytes, long microseconds)
    {
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, microseconds);
        time[1..].CopyTo(bytes);
    }

    /// <summary>Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ.</summary>
    private static byte[] Digest(ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset()[..16];
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> text = stackalloc char[Characters];
        for (var i = Characters - 1; i >= 0; i--, number >>= 5) text[i] = Alphabet[(int)(number & 31)];
        return new(text);
    }
}
