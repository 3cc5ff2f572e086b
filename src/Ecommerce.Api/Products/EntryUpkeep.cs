using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// Lets the lists of a tag or a search see that a product is sold out, or is not any more. A commit that moves stock counts it on the
/// product alone, so that the last unit costs no more than any other; the product's entries follow when the log is dispatched.
/// </summary>
internal sealed class EntryUpkeep(IStore store)
{
    private const int Attempts = 8;

    /// <summary>Brings the entries of the products up to date whose stock moved with an entry of the log.</summary>
    /// <exception cref="StoreUnavailableException">Also when a product changed under every attempt. Done again, it does what is left.</exception>
    public async Task Follow(LogEntry entry)
    {
        foreach (var productId in entry.StockOf) await Follow(productId);
    }

    private async Task Follow(string productId)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var product = (await store.Get(Tables.Products.Key(productId), consistent: true, CancellationToken.None))?.ToProduct();
            if (product is null || ProductEntries.Renewal(product) is not [_, var first, ..] renewal) return;

            // All of them are written at once, so one tells of the others.
            var known = (await store.Get(first.Key, consistent: true, CancellationToken.None))?.ToProduct();
            if (known?.InStock == product.InStock) return;
            if ((await store.Commit(renewal)).IsCommitted) return;
        }

        throw new StoreUnavailableException($"{productId} changed under every attempt to write its entries.");
    }
}
