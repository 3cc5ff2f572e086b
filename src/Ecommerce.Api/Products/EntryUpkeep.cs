using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// Lets the lists of a tag or a search see that a product is sold out, or is not any more. A commit that moves stock counts it on the
/// product alone, so that the last unit costs no more than any other; the product's entries follow when the log is dispatched.
/// </summary>
internal sealed class EntryUpkeep(IStore store) : ISubscriber
{
    private const int Attempts = 8;

    public string Name => "shelves";

    /// <summary>Brings the entries of the products up to date whose stock moved.</summary>
    /// <exception cref="ContentionException">A product changed under every attempt. Done again, it does what is left.</exception>
    public async Task Prepare(IReadOnlyList<LogEntry> entries)
    {
        IReadOnlyList<string> left = [.. entries.SelectMany(entry => entry.StockOf).Distinct()];
        for (var attempt = 0; attempt < Attempts && left.Count > 0; attempt++)
            left = [.. (await Task.WhenAll(left.Chunk(StoreLimits.KeysPerGetMany).Select(TryFollow))).SelectMany(changed => changed)];
        if (left.Count > 0) throw new ContentionException($"{string.Join(", ", left)} changed under every attempt to write the entries.");
    }

    /// <summary>In two round trips where nothing is to be written, however many the products. Answers those that changed meanwhile.</summary>
    private async Task<IReadOnlyList<string>> TryFollow(IReadOnlyList<string> productIds)
    {
        var read = await store.GetMany([.. productIds.Select(productId => Tables.Products.Key(productId))], consistent: true, CancellationToken.None);
        var products = read.OfType<Item>().Select(ProductItems.ToProduct)
            .Select(product => (Product: product, Renewal: ProductEntries.Renewal(product))).Where(pair => pair.Renewal.Count > 0).ToList();
        if (products.Count == 0) return [];

        // Behind the check of the product stands its first entry. All of them are written at once, so one tells of the others.
        var known = await store.GetMany([.. products.Select(pair => pair.Renewal[1].Key)], consistent: true, CancellationToken.None);
        var changed = new List<string>();
        for (var i = 0; i < products.Count; i++)
        {
            var (product, renewal) = products[i];
            if (known[i]?.ToProduct().InStock == product.InStock) continue;
            if (!(await store.Commit(renewal)).IsCommitted) changed.Add(product.ProductId);
        }

        return changed;
    }
}
