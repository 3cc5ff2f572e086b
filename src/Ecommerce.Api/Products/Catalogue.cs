using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// Lists products in one query of one index, whatever the size of the catalogue. An index gives the order, the tag or else the category,
/// and, in order of price, the price range; what it cannot give is filtered, within <see cref="FilteredQuery.MaxRead"/> products a
/// request. A search has an order of its own, by <see cref="WordEntry"/>; where another one is asked for, its words are a filter too.
/// </summary>
public sealed class Catalogue(IStore store)
{
    public Task<Page> List(CatalogueFilter filter, PageRequest page, CancellationToken cancellation)
    {
        if (filter is { Search: { } terms, Sort: null }) return Search(terms, filter, page, cancellation);
        var query = Query(filter) with { Limit = page.Limit, After = page.After };
        return filter.IsExact ? store.Query(query, cancellation) : store.QueryWhere(query, item => filter.Wants(item.ToProduct()), cancellation);
    }

    private static Query Query(CatalogueFilter filter)
    {
        var order = filter.Sort ?? SortOrder.Newest;
        var (index, shelf) = filter switch
        {
            { Tag: { } tag } => (order.Index, ProductEntries.ShelfOf(tag)),
            { Category: { } category } => (order.CategoryIndex, ProductItems.WordKey(category)),
            _ => (order.Index, ProductItems.Shelf),
        };
        return new(Tables.Products, shelf)
        {
            Index = Tables.Products.Index(index),
            Descending = order.Descending,
            From = filter.ByPrice ? filter.MinPrice?.Minor : Value.None,
            To = filter.ByPrice ? filter.MaxPrice?.Minor : Value.None,
        };
    }

    /// <summary>Products with a strong word that begins like the leading one, then those with a weak word. The cursor begins with the rank.</summary>
    private async Task<Page> Search(SearchTerms terms, CatalogueFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var found = new List<Item>();
        var after = page.After?[1..];
        for (var rank = page.After is null ? 0 : WordEntry.RankOf(page.After); rank < WordEntry.Ranks; rank++, after = null)
        {
            // A full page still has to know whether anything is left.
            var left = page.Limit - found.Count;
            var query = WordEntry.Query(rank, terms.Leading) with { Limit = Math.Max(left, 1), After = string.IsNullOrEmpty(after) ? null : after };
            var some = await store.QueryWhere(query, entry => Wants(filter, terms, entry), cancellation);
            if (left == 0 && (some.Items.Count > 0 || some.Next is not null)) return new(found, $"{rank}");
            found.AddRange(some.Items);
            if (some.Next is not null) return new(found, $"{rank}{some.Next}");
        }

        return new(found, null);
    }

    private static bool Wants(CatalogueFilter filter, SearchTerms terms, Item entry)
    {
        var product = entry.ToProduct();
        var words = SearchWords.Of(product);
        return filter.Wants(product, words) && WordEntry.Of(entry) == First(ProductEntries.Words(product, words), terms);
    }

    /// <summary>A product of which several words begin like the leading one is shown at the first of them only.</summary>
    private static WordEntry First(IEnumerable<WordEntry> entries, SearchTerms terms) =>
        entries.Where(entry => entry.Word.StartsWith(terms.Leading, StringComparison.Ordinal)).Order().FirstOrDefault();
}
