using System.Globalization;
using System.Text;

namespace Ecommerce.Api.Notifications;

/// <summary>Texts of people's making as a letter can hold them.</summary>
internal static class Words
{
    private const int MaxLine = 200;

    /// <summary>
    /// One line of at most 200 characters: control characters and line ends become blanks, and what cannot be seen, such as marks that turn
    /// the direction of writing, is left out.
    /// </summary>
    public static string Line(string text) => Clean(text, MaxLine);

    /// <summary>The same of any length, and of as many lines as it has by <c>\n</c>.</summary>
    public static string Paragraph(string text) => string.Join('\n', text.Split('\n').Select(line => Clean(line, int.MaxValue)));

    private static string Clean(string text, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (!isBlank && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) continue;
            if (line.Length > maxLength - rune.Utf16SequenceLength) break;
            line.Append(isBlank ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }
}
