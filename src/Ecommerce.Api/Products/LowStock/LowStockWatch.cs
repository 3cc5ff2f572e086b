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
    /// <summary>SKUs of one look: each is two keys.</summary>
    private const int AtOnce = StoreLimits.KeysPerGetMany / 2;

    public string Name => "lowStock";

    private int Threshold => settings.LowStockThreshold;

    /// <exception cref="StoreUnavailableException">Also when the stock moved under every attempt. Done again, it does what is left.</exception>
    public async Task Prepare(IReadOnlyList<LogEntry> entries)
    {
        var moves = entries.SelectMany(entry => entry.Moves).ToList();
        var fallen = moves.Where(move => move.Delta < 0).Select(move => move.Sku).ToHashSet();
        var skus = moves.Select(move => move.Sku).ToHashSet();

        // What was held and is given back, or is not sold any more, is of interest only where it was low.
        foreach (var productId in entries.SelectMany(entry => entry.Released.Concat(DeletedIn(entry))).Distinct())
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

        throw new StoreUnavailableException("The stock moved under every attempt to see whether it is low.");
    }

    /// <summary>Answers the SKUs of which something was written meanwhile.</summary>
    private async Task<IReadOnlyList<Sku>> TryWatch(IReadOnlyList<Sku> skus, HashSet<Sku> fallen)
    {
        var read = await store.GetMany([.. skus.Select(sku => sku.Key), .. skus.Select(LowSku.KeyOf)], consistent: true, CancellationToken.None);
        var moved = new List<Sku>();
        for (var i = 0; i < skus.Count; i++)
        {
            var available = read[i]?.Number(Sku.Available);
            var low = read[skus.Count + i] is { } item ? LowSku.Of(item) : null;
            var writes = await Decide(skus[i], available, low, fallen.Contains(skus[i]));
            if (writes.Count > 0 && !(await store.Commit(writes)).IsCommitted) moved.Add(skus[i]);
        }

        return moved;
    }

    private async Task<IReadOnlyList<Write>> Decide(Sku sku, long? available, LowSku? low, bool hasFallen)
    {
        if (available is null) return low is null ? [] : [low.ToDelete()];
        if (available > Threshold) return low is null ? [] : LowStockWrites.Leave(low, Threshold);

        // Told at a threshold that was higher then, it is to be told again at this one.
        var isTold = low?.Available <= Threshold;
        if (!hasFallen || isTold) return [];
        var product = await store.Get(Tables.Products.Key(sku.ProductId), consistent: false, CancellationToken.None);
        return LowStockWrites.Enter(new(sku, available.Value, clock.Now(), low?.Version ?? 0), product?.ToProduct().Name, Threshold, ids.New("evt"));
    }

    private static IEnumerable<string> DeletedIn(LogEntry entry) => entry.Events
        .Where(told => told.Is(EventType.ProductChanged) && told.Metadata.Flag("deleted")).Select(told => told.Metadata.Text("productId"));
}
