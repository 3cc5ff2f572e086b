using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// Lets the lists of a tag or a search see that a product is sold out, or is not any more. The commit that moved the stock has counted
/// it on the product alone, since it costs no more for having been the last unit; the product's entries follow it here.
/// </summary>
public sealed partial class EntryUpkeep(IStore store, ILogger<EntryUpkeep> log)
{
    private const int Attempts = 8;

    /// <summary>
    /// Brings entries up to date. The stock has been moved whatever becomes of them, and a charge may wait for it: any trouble is logged
    /// and goes no further, and the next edit or the next last unit of the product makes good for it.
    /// </summary>
    /// <param name="counts">The committed changes of products' counts of sold-out SKUs.</param>
    public async Task Follow(IReadOnlyList<Adjust> counts)
    {
        if (counts.Count == 0) return;
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
                if (await TryFollow(counts)) return;
            LogContended(string.Join(", ", counts.Select(count => count.Key)));
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, string.Join(", ", counts.Select(count => count.Key)));
        }
#pragma warning disable CA1031 // Whatever it is, the stock is moved, and it concerns these entries only.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBug(e, string.Join(", ", counts.Select(count => count.Key)));
        }
    }

    private async Task<bool> TryFollow(IReadOnlyList<Adjust> counts)
    {
        var read = await store.GetMany([.. counts.Select(count => count.Key)], consistent: true, CancellationToken.None);
        var behind = read.Zip(counts).Where(pair => pair.First is not null && MayBeBehind(pair.First.ToProduct(), pair.Second)).Select(pair => pair.First!.ToProduct());
        foreach (var writes in Commits(behind.Select(ProductEntries.Renewal)))
            if (!(await store.Commit(writes, cancellation: CancellationToken.None)).IsCommitted) return false;
        return true;
    }

    /// <summary>
    /// A product that has sold out by now did so by this very SKU. One that is in stock may have come back by this SKU or an earlier one,
    /// or by a later one, which somebody else follows: its entries are written rather once too often.
    /// </summary>
    private static bool MayBeBehind(Product product, Adjust count) => product.InStock == (count.Deltas[0].Add < 0);

    /// <summary>As many products in a commit as it has room for.</summary>
    private static IEnumerable<IReadOnlyList<Write>> Commits(IEnumerable<IReadOnlyList<Write>> products)
    {
        var commit = new List<Write>();
        foreach (var writes in products)
        {
            if (commit.Count + writes.Count > StoreLimits.WritesPerCommit)
            {
                yield return commit;
                commit = [];
            }

            commit.AddRange(writes);
        }

        if (commit.Count > 0) yield return commit;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable: lists by tag and search may be wrong about the stock of {Products} until it next changes.")]
    private partial void LogUnavailable(Exception exception, string products);

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed unexpectedly: lists by tag and search may be wrong about the stock of {Products} until it next changes.")]
    private partial void LogBug(Exception exception, string products);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changed under every attempt: lists by tag and search may be wrong about the stock of {Products} until it next changes.")]
    private partial void LogContended(string products);
}
