using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>
/// Counts the entries of one shard of a day's log that the counter was told of; as often as it is asked, as of that moment. Entries up
/// to the first that is young or still to be told are counted the first time only: nothing can come among them any more. What was not
/// told is not looked into either: it may be damaged.
/// </summary>
internal sealed class ShardCount(IStore store, Query entries)
{
    /// <summary>Nobody appends to the log so late: whoever took so long since their decision has lost the lease, and their commit is refused.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromHours(1);

    private readonly SalesTally _settled = new();
    private string? _settledUpTo;

    public async Task<SalesTally> Count(DateTime now, CancellationToken cancellation)
    {
        var unsettled = new SalesTally();
        var isSettled = true;
        await foreach (var item in store.ReadAll(entries with { After = _settledUpTo }, cancellation))
        {
            var isTold = EntryProgress.Of(item).IsToldTo(SalesCounter.Name);
            isSettled &= isTold && item.Number("at").ToTime() < now - Youth;
            if (isTold) (isSettled ? _settled : unsettled).Add(LogEntry.Of(item));
            if (isSettled) _settledUpTo = entries.CursorAt(item);
        }

        unsettled.Add(_settled);
        return unsettled;
    }
}
