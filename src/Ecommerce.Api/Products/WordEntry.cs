using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// A word of a product, as a place in the index <c>words</c>: the strong words of all products that begin with the same two letters stand
/// side by side, in order, and so do the weak ones.
/// </summary>
/// <param name="Rank">0 for a strong word, 1 for a weak one.</param>
/// <param name="Word">At least two characters.</param>
internal readonly record struct WordEntry(int Rank, string Word) : IComparable<WordEntry>
{
    public const int Ranks = 2;

    private const string Key = "wordKey";
    private const string Sort = "wordSort";

    /// <summary>Sorts before letters and digits, so that a word stands before those it begins.</summary>
    private const char Separator = '#';

    /// <summary>Sorts behind every letter; U+FFFF would not, by UTF-8 bytes.</summary>
    private const string Behind = "\U0010FFFF";

    /// <summary>Words of one letter have no entry: each would list half of the shop.</summary>
    public static bool IsIndexed(string word) => word.Length > 2 || (word.Length == 2 && !char.IsSurrogate(word[0]));

    /// <summary>The product's words that have an entry, as many as fit in.</summary>
    public static IEnumerable<WordEntry> Of(SearchWords words, int room) => words.Strong.Select(word => new WordEntry(0, word))
        .Concat(words.Weak.Select(word => new WordEntry(1, word)))
        .Where(entry => IsIndexed(entry.Word))
        .Take(room);

    public static WordEntry Of(Item item) => new(RankOf(item.Text(Key)), item.Text(Sort).Split(Separator)[0]);

    /// <summary>The rank with which a partition's key, or the cursor of a search, begins.</summary>
    public static int RankOf(string text) => text[0] - '0';

    /// <summary>Every entry of a rank whose word begins like this, in order.</summary>
    public static Query Query(int rank, string prefix) => new(Tables.Products, PartitionOf(rank, prefix))
    {
        Index = Tables.Products.Index("words"),
        From = prefix,
        To = prefix + Behind,
    };

    public void Place(Item item, string productId)
    {
        item[Key] = PartitionOf(Rank, Word);
        item[Sort] = $"{Word}{Separator}{productId}";
    }

    public int CompareTo(WordEntry other) => Rank == other.Rank ? string.CompareOrdinal(Word, other.Word) : Rank.CompareTo(other.Rank);

    private static string PartitionOf(int rank, string word) => $"{rank}{string.Concat(word.EnumerateRunes().Take(2))}";
}
