using System.Globalization;
using System.Text;

namespace Ecommerce.Api.Notifications;

/// <summary>Texts of people's making as a letter can hold them.</summary>
internal static class Words
{
    private const int MaxLength = 200;

    /// <summary>
    /// One line of at most 200 characters: control characters and line ends become blanks, and what cannot be seen, such as marks that turn
    /// the direction of writing, is left out.
    /// </summary>
    public static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (!isBlank && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) continue;
            if (line.Length + rune.Utf16SequenceLength > MaxLength) break;
            line.Append(isBlank ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }
}
