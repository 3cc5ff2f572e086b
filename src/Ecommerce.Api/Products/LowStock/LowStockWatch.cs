using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>
/// Tells once when a SKU has fallen to the threshold by a sale or by hand, and not again before there was more of it. What it decides
/// follows from what there is of the SKU at that moment and from whether its fall was told, and each decision is one commit: so
/// it does not matter how often, or in which order, it looks at the same entries.
/// </summary>
internal sealed class LowStockWatch(IStore store, Settings settings, Ids ids, TimeProvider clock) : ISubscriber
{
    /// <summary>SKUs of one look: each is three keys.</summary>
    private const int AtOnce = StoreLimits.KeysPerGetMany / 3;

    public string Name => "lowStock";

    /// <exception cref="ContentionException">The stock moved under every attempt. Done again, it does what is left.</exception>
    public async Task Prepare(IReadOnlyList<LogEntry> entries)
    {
        var moves = entries.SelectMany(entry => entry.Moves).ToList();
        var fallen = moves.Where(move => move.Delta < 0).Select(move => move.Sku).ToHashSet();
        var skus = moves.Select(move => move.Sku).ToHashSet();

        // What was held and is given back, or is not sold any more, is of interest only where it was low.
        foreach (var productId in entries.SelectMany(entry => entry.Released.Concat(ProductEvents.DeletedIn(entry).Select(deleted => deleted.ProductId))).Distinct())
            skus.UnionWith((await store.Query(LowSku.Of(productId), CancellationToken.None)).Items.Select(item => LowSku.Of(item).Sku));

        foreach (var some in skus.Chunk(AtOnce)) await Watch(some, fallen);
    }

    private async Task Watch(IReadOnlyList<Sku> skus, HashSet<Sku> fallen)
    {
        for (var (attempt, left) = (0, skus); attempt < Contention.Attempts; attempt++)
        {
            left = await TryWatch(left, fallen);
            if (left.Count == 0) return;
            await Contention.Pause(attempt, CancellationToken.None);
        }

        throw new ContentionException("The stock moved under every attempt to see whether it is low.");
    }

    /// <summary>Answers the SKUs of which something was written meanwhile.</summary>
    private async Task<IReadOnlyList<Sku>> TryWatch(IReadOnlyList<Sku> skus, HashSet<Sku> fallen)
    {
        IEnumerable<ItemKey> keys = [.. skus.Select(sku => sku.Key), .. skus.Select(LowSku.KeyOf), .. skus.Select(sku => Tables.Products.Key(sku.ProductId))];
        var read = await store.GetMany([.. keys], consistent: true, CancellationToken.None);
        var moved = new List<Sku>();
        for (var i = 0; i < skus.Count; i++)
        {
            var (stock, low, product) = (read[i], read[skus.Count + i], read[(2 * skus.Count) + i]);
            var seen = new SeenSku(skus[i], stock?.Number(Sku.Available), low is null ? null : LowSku.Of(low), product?.ToProduct().Name, fallen.Contains(skus[i]));
            var writes = LowStockWrites.Of(seen, settings.LowStockThreshold, clock.Now(), ids.New("evt"));
            if (writes.Count > 0 && !(await store.Commit(writes)).IsCommitted) moved.Add(skus[i]);
        }

        return moved;
    }
}
