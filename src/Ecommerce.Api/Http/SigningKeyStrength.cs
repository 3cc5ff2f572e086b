using System.Text;

namespace Ecommerce.Api.Http;

/// <summary>
/// Tells keys that somebody made up, or copied from an example, from those that were drawn at random. One that was drawn at random,
/// in hexadecimal or base64, is taken for weak less than once in a million times.
/// </summary>
internal static class SigningKeyStrength
{
    /// <summary>Of 32 hexadecimal digits drawn at random, hardly ever fewer differ.</summary>
    private const int FewestCharacters = 8;

    /// <summary>Long enough not to come up by chance.</summary>
    private static readonly string[] ExampleWords = ["secret", "password", "example", "changeme", "change-me", "change_me", "change me", "default", "signing", "qwerty"];

    /// <summary>What is wrong with a key, as the end of a sentence that begins with its name; null for nothing.</summary>
    public static string? Problem(ReadOnlySpan<byte> key)
    {
        var different = new HashSet<byte>(key.ToArray()).Count;
        if (different < FewestCharacters) return $"has only {different} different characters";
        if (Repeats(key)) return "repeats itself";
        if (Counts(key)) return "mostly counts up or down";
        var text = Encoding.ASCII.GetString(key);
        return Array.Find(ExampleWords, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } word ? $"has '{word}' in it, as examples do" : null;
    }

    /// <summary>Whether it is one piece again and again, the last of them perhaps cut short.</summary>
    private static bool Repeats(ReadOnlySpan<byte> key)
    {
        for (var period = 1; period <= key.Length / 2; period++)
            if (key[period..].SequenceEqual(key[..^period])) return true;
        return false;
    }

    /// <summary>Whether two steps in three lead to a neighbour of the character before.</summary>
    private static bool Counts(ReadOnlySpan<byte> key)
    {
        var small = 0;
        for (var n = 1; n < key.Length; n++)
            if (Math.Abs(key[n] - key[n - 1]) <= 1) small++;
        return 3 * small >= 2 * key.Length;
    }
}
