using System.Globalization;
using System.Text;

namespace Ecommerce.Api.Notifications;

/// <summary>The first line of a letter.</summary>
internal static class Greeting
{
    /// <summary>Names are shorter, messages are not.</summary>
    private const int MaxLength = 60;

    /// <summary>
    /// Greets by name, if it is made like one: whoever registers somebody else's address would be advertising to them in the shop's name.
    /// </summary>
    public static string Of(string? name)
    {
        var line = Words.Line(name ?? "");
        return line.Length is > 0 and <= MaxLength && IsMadeLikeAName(line) ? $"Hello {line}," : "Hello,";
    }

    /// <summary>
    /// Letters with their marks, blanks, hyphens and apostrophes; a dot only at a word's end. So no address, number or price. Judged in
    /// the compatibility form, in which a full-width dot is a dot.
    /// </summary>
    private static bool IsMadeLikeAName(string name)
    {
        var runes = name.Normalized(NormalizationForm.FormKC).EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            var isLetter = IsLetter(runes[i]) || (IsMark(runes[i]) && i > 0 && (IsLetter(runes[i - 1]) || IsMark(runes[i - 1])));
            var isDot = runes[i].Value == '.' && (i == runes.Count - 1 || runes[i + 1].Value == ' ');
            if (!isLetter && !isDot && !(runes[i].IsBmp && " '’-".Contains((char)runes[i].Value))) return false;
        }

        return IsLetter(runes[0]);
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
