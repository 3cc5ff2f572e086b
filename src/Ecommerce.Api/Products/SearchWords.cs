using System.Globalization;
using System.Text;

namespace Ecommerce.Api.Products;

/// <summary>The words by which a product is found, each once and in the order in which they stand.</summary>
/// <param name="Strong">Of the name, the label and the tags.</param>
/// <param name="Weak">Those that only the description has.</param>
public sealed record SearchWords(IReadOnlyList<string> Strong, IReadOnlyList<string> Weak)
{
    /// <summary>Characters of a word that count; a key has an end.</summary>
    private const int MaxLength = 40;

    public static SearchWords Of(Product product)
    {
        IEnumerable<string> texts = [product.Name, product.Label, .. product.Tags];
        var strong = texts.SelectMany(Split).Distinct().ToList();
        return new(strong, [.. Split(product.Description ?? "").Except(strong)]);
    }

    /// <summary>Whether one of the words begins like this.</summary>
    public bool HaveOne(string prefix) =>
        Strong.Any(word => word.StartsWith(prefix, StringComparison.Ordinal)) || Weak.Any(word => word.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A text's words, in its order: runs of letters and digits, in lower case and without accents, whatever their Unicode form.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var (word, length) = (new StringBuilder(), 0);
        foreach (var rune in text.Normalized(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (length++ < MaxLength) word.Append(Fold(rune));
            }
            else if (!IsMark(rune) && length > 0)
            {
                yield return word.ToString();
                (word, length) = (word.Clear(), 0);
            }
        }

        if (length > 0) yield return word.ToString();
    }

    /// <summary>By way of the upper case, which a final sigma shares with any other.</summary>
    private static Rune Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
