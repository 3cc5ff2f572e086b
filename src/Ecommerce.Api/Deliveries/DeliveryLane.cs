using Ecommerce.Storage;

namespace Ecommerce.Api.Deliveries;

/// <summary>Finds what is due on one channel, and has it sent. Receivers are served side by side; one that hangs keeps a pass, and so
/// what happens meanwhile, for one time limit of its channel at most.</summary>
internal sealed class DeliveryLane(IStore store, IDeliveryChannel channel, DeliverySender sender, TimeProvider clock)
{
    /// <summary>After which a pass begins nothing more. The next one goes on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public Channel Channel => channel.Channel;

    /// <summary>One look at everything that is due. Without anything it costs a query of each shard.</summary>
    /// <exception cref="StoreUnavailableException">What is due could not be listed.</exception>
    public async Task<DeliveryCounts> Pass(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        return DeliveryCounts.Sum(await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard => WalkShard(shard, started, cancellation))));
    }

    private async Task<DeliveryCounts> WalkShard(int shard, long started, CancellationToken cancellation)
    {
        var (counts, now) = (default(DeliveryCounts), clock.Now());
        await foreach (var read in store.ReadIndexed(DeliveryItems.Due(channel.Channel, shard, now), cancellation))
        {
            var routes = read.Select(item => item.ToDelivery().Seen(now)).Where(delivery => delivery.IsDue(now)).GroupBy(channel.RouteOf);
            counts += DeliveryCounts.Sum(await Task.WhenAll(routes.Select(route => SendAlong(route, started, cancellation))));
            if (!HasTime(started)) break;
        }

        return counts;
    }

    /// <summary>
    /// One after the other, until one of them has to be tried again. The rest is put off for a while: a receiver who is out of reach is
    /// waited for once, and what piles up for it does not stand before what others are to get.
    /// </summary>
    private async Task<DeliveryCounts> SendAlong(IEnumerable<Delivery> route, long started, CancellationToken cancellation)
    {
        var counts = default(DeliveryCounts);
        foreach (var delivery in route)
        {
            if (cancellation.IsCancellationRequested) break;
            counts += await sender.Serve(delivery, HasTime(started), cancellation);
        }

        return counts;
    }

    private bool HasTime(long started) => clock.GetElapsedTime(started) < Budget;
}
