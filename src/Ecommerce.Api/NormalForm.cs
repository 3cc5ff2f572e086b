using System.Text;

namespace Ecommerce.Api;

/// <summary>Texts from outside in one of Unicode's normal forms, whatever they are made of.</summary>
internal static class NormalForm
{
    private const int NoCharacter = 0xFFFE;

    /// <summary>
    /// The platform refuses to normalise what is no text: U+FFFE, and halves of characters. Such a place counts as U+FFFD, Unicode's
    /// replacement character.
    /// </summary>
    public static string Normalized(this string text, NormalizationForm form)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.Value == NoCharacter ? Rune.ReplacementChar : rune);
        return whole.ToString().Normalize(form);
    }
}
