using Ecommerce.Api.Http;

namespace Ecommerce.Api.Products;

/// <summary>What somebody looks for: the beginnings of words, all of which a product must have.</summary>
public sealed record SearchTerms(IReadOnlyList<string> Words)
{
    private const int MinLength = 2;
    private const int MaxLength = 100;

    /// <summary>Of the words that have entries the longest, which most likely leaves the fewest products to look at.</summary>
    public string Leading { get; } = Words.Where(WordEntry.IsIndexed).MaxBy(word => word.Length)!;

    /// <summary>Reads the query parameter; answers what is wrong with it, or null. Blank is none.</summary>
    public static Problem? Check(string? q, out SearchTerms? terms)
    {
        terms = null;
        if (q?.Trim() is not { Length: > 0 } text) return null;
        if (text.Length is < MinLength or > MaxLength) return Problem.Invalid("q", $"must have {MinLength} to {MaxLength} characters");
        var words = SearchWords.Split(text).Distinct().ToList();
        if (!words.Exists(WordEntry.IsIndexed)) return Problem.Invalid("q", "must have a word of at least two letters or digits");
        terms = new(words);
        return null;
    }

    public bool Match(SearchWords words) => Words.All(words.HaveOne);

    public override string ToString() => string.Join(' ', Words);
}
