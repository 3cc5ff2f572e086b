using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Counts what is left. Five queries of an index that has keys only: 2.5 read units while nothing is parked.</summary>
internal sealed class EventBacklog(IStore store, TimeProvider clock)
{
    public const int MostCounted = 100;

    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public async Task<Backlog> Read(CancellationToken cancellation)
    {
        var parked = store.Query(EntryProgress.InQueue(EntryProgress.ParkedQueue) with { Limit = MostCounted }, cancellation);
        var next = await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard =>
            store.Query(EntryProgress.InQueue(EntryProgress.DispatchQueue(shard)) with { Limit = 1 }, cancellation)));
        var now = clock.Now();
        var lag = next.SelectMany(page => page.Items).Select(item => now - EntryProgress.AtOf(item).ToTime()).Append(TimeSpan.Zero).Max();
        return new((await parked).Items.Count, (int)lag.TotalSeconds);
    }
}
