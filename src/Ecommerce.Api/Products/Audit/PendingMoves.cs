using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>The ledger lines of entries that are still to be dispatched: the ledger is behind the stock by them.</summary>
/// <param name="Lines">As they will be written.</param>
/// <param name="IsWhole">Whether these are all.</param>
internal sealed record PendingMoves(ILookup<string, Item> Lines, bool IsWhole)
{
    /// <summary>Pages read of each shard; a dispatcher that is further behind has to catch up first.</summary>
    private const int MostPages = 3;

    /// <summary>The lines of a product, by their entry ids in its ledger.</summary>
    public Dictionary<string, Item> LinesOf(string productId) => Lines[productId].ToDictionary(line => line.Text("entryId"));

    public static async Task<PendingMoves> Read(IStore store, CancellationToken cancellation)
    {
        var (moves, isWhole) = (new List<(string ProductId, Item Line)>(), true);
        for (var shard = 0; shard < Tables.Shards; shard++)
        {
            var query = EntryProgress.InQueue(EntryProgress.DispatchQueue(shard)) with { Limit = StoreLimits.KeysPerGetMany };
            for (var pages = 0; pages == 0 || query.After is not null; pages++)
            {
                if (pages == MostPages) return new(moves.ToLookup(move => move.ProductId, move => move.Line), IsWhole: false);
                var page = await store.Query(query, cancellation);
                if (page.Items.Count == 0) break;
                foreach (var entry in (await store.GetMany([.. page.Items.Select(Tables.EventLogs.KeyOf)], consistent: true, cancellation)).OfType<Item>())
                    isWhole &= TryAdd(moves, entry);
                query = query with { After = page.Next };
            }
        }

        return new(moves.ToLookup(move => move.ProductId, move => move.Line), isWhole);
    }

    /// <summary>An entry that cannot be read says nothing of what it moved; the dispatcher reports it.</summary>
    private static bool TryAdd(List<(string ProductId, Item Line)> moves, Item item)
    {
        try
        {
            var entry = LogEntry.Of(item);
            moves.AddRange(entry.Moves.Zip(StockLedger.LinesOf(entry), (move, line) => (move.Sku.ProductId, ((Put)line).Item)));
            return true;
        }
        catch (Exception e) when (e is InvalidCastException or KeyNotFoundException)
        {
            return false;
        }
    }
}
