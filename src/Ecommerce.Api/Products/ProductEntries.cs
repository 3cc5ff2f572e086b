using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// What stands beside a product so that a list finds it in one query: an entry per tag, which puts the product on that tag's shelf, and
/// one per word. An entry is a copy of the product, so that a list needs nothing else, and is written in the commit that writes the
/// product; only <c>soldOut</c> moves on without it, and <see cref="EntryUpkeep"/> follows.
/// </summary>
internal static class ProductEntries
{
    /// <summary>Entries of a product: what 50 SKUs, the product and its event leave of a commit. Tags come first, then words as they stand.</summary>
    public const int Max = StoreLimits.WritesPerCommit - Product.MaxSizes - 2;

    private const char Separator = '#';

    /// <summary>The writes that make one state of a product out of another, with its entries; the product first.</summary>
    /// <param name="before">As it is stored; null for a new one.</param>
    /// <param name="after">Null to delete it.</param>
    public static IReadOnlyList<Write> Writes(Product? before, Product? after)
    {
        var expect = Expect.AtVersion(before?.Version ?? 0);
        var puts = after is null ? [] : Puts(after);
        var kept = puts.Select(put => put.Key).ToHashSet();
        return
        [
            after is null ? new Delete(Tables.Products.Key(before!.ProductId), expect) : new Put(Tables.Products, after.ToItem(), expect),
            .. puts,
            .. before is null ? [] : Puts(before).Select(put => put.Key).Where(key => !kept.Contains(key)).Select(key => new Delete(key, Expect.Anything)),
        ];
    }

    /// <summary>The writes that bring the entries of a product to the state in which it is stored; empty for one that has none.</summary>
    public static IReadOnlyList<Write> Renewal(Product product) => Puts(product) is { Count: > 0 } puts
        ? [new Check(Tables.Products.Key(product.ProductId), Expect.AtVersion(product.Version)), .. puts]
        : [];

    /// <summary>The shelf on which the products of a tag stand.</summary>
    public static string ShelfOf(string tag) => $"tag{Separator}{ProductItems.WordKey(tag)}";

    public static IEnumerable<WordEntry> Words(Product product, SearchWords words) => WordEntry.Of(words, Max - Tags(product).Count);

    /// <summary>The product whose entry has this key, or which has it itself.</summary>
    public static string ProductId(string key) => key.Split(Separator)[0];

    public static bool IsEntry(ItemKey key) => key.Partition.AsText.Contains(Separator);

    private static List<Put> Puts(Product product) =>
    [
        .. Tags(product).Select(tag => new Put(Tables.Products, OfTag(product, tag), Expect.Anything)),
        .. Words(product, SearchWords.Of(product)).Select(word => new Put(Tables.Products, OfWord(product, word), Expect.Anything)),
    ];

    private static Item OfTag(Product product, string tag)
    {
        var item = Copy(product, $"tag{Separator}{tag}");
        item[ProductItems.ShelfKey] = ShelfOf(tag);
        item[ProductItems.NameKey] = ProductItems.WordKey(product.Name);
        return item;
    }

    private static Item OfWord(Product product, WordEntry word)
    {
        var item = Copy(product, $"word{Separator}{word.Word}");
        word.Place(item, product.ProductId);
        return item;
    }

    /// <summary>The product under another key, and in no index.</summary>
    private static Item Copy(Product product, string name)
    {
        var item = product.ToItem();
        item["productId"] = $"{product.ProductId}{Separator}{name}";
        foreach (var key in (ReadOnlySpan<string>)[ProductItems.ShelfKey, ProductItems.NameKey, ProductItems.CategoryKey]) item[key] = Value.None;
        return item;
    }

    private static List<string> Tags(Product product) => [.. product.Tags.Select(ProductItems.WordKey).Distinct()];
}
