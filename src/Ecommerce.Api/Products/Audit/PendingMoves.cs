using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Audit;

/// <summary>What entries moved that are still to be dispatched: the ledger is behind the stock by it.</summary>
/// <param name="Moves">By the products, each with the id of the line that it will be.</param>
/// <param name="IsWhole">Whether these are all.</param>
internal sealed record PendingMoves(ILookup<string, (string LineId, StockMove Move)> Moves, bool IsWhole)
{
    /// <summary>Pages read of each shard; a dispatcher that is as far behind has to catch up first.</summary>
    private const int MostPages = 3;

    /// <summary>The moves of a product, by their entry ids in its ledger. An entry that is put off meanwhile is met twice.</summary>
    public Dictionary<string, StockMove> Of(string productId) => Moves[productId].DistinctBy(pending => pending.LineId).ToDictionary();

    public static async Task<PendingMoves> Read(IStore store, CancellationToken cancellation)
    {
        var queues = Enumerable.Range(0, Tables.Shards).Select(shard => EntryProgress.InQueue(EntryProgress.DispatchQueue(shard)));
        var shards = await Task.WhenAll(queues.Select(queue => store.ReadIndexed(queue, cancellation).Take(MostPages).ToListAsync(cancellation).AsTask()));
        var entries = shards.SelectMany(pages => pages).SelectMany(page => page).Select(entry => (Id: entry.Text("entryId"), Moves: MovesOf(entry))).ToList();
        var moves = entries.SelectMany(entry => (entry.Moves ?? []).Select((move, position) => (LineId: StockLedger.LineId(entry.Id, position), Move: move)));
        return new(
            moves.ToLookup(pending => pending.Move.Sku.ProductId),
            IsWhole: entries.TrueForAll(entry => entry.Moves is not null) && shards.All(pages => pages.Count < MostPages));
    }

    /// <summary>Null of an entry that cannot be read, which the dispatcher reports: it may have moved anything.</summary>
    public static IReadOnlyList<StockMove>? MovesOf(Item entry)
    {
        try
        {
            return StockNote.Of(entry);
        }
#pragma warning disable CA1031 // However it is damaged, it is not the audit that fails of it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
