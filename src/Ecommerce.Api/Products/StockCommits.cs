using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>
/// Commits stock moves together with what they are for, all or nothing. Only where a commit has no room for every count of
/// sold-out SKUs (the last unit of nearly fifty products at once) do the rest of the counts follow it, one by one.
/// </summary>
public sealed class StockCommits(IStore store)
{
    private const int Attempts = 8;

    /// <param name="beside">The writes that the moves belong to: an order, an event.</param>
    /// <param name="moves">One per SKU; together with the writes beside at most 100.</param>
    /// <param name="cancellation">Gives up before the commit is sent.</param>
    /// <exception cref="StoreUnavailableException">SKUs crossed zero back and forth under every attempt.</exception>
    internal async Task<StockOutcome> Commit(
        IReadOnlyList<Write> beside, IReadOnlyList<StockMove> moves, CancellationToken cancellation = default)
    {
        var plan = StockPlan.For(moves);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var counts = plan.CountWrites;
            var room = StoreLimits.WritesPerCommit - beside.Count - moves.Count;
            IReadOnlyList<Write> writes = [.. beside, .. plan.MoveWrites, .. counts.Take(room)];
            var result = await store.Commit(writes, cancellation: cancellation);
            if (result.IsCommitted)
            {
                // Refused only for a product that was deleted meanwhile, and then there is nothing to count.
                foreach (var count in counts.Skip(room)) await store.Commit([count], cancellation: CancellationToken.None);
                return new StockOutcome.Committed();
            }

            var refusedBeside = result.Rejections.Where(rejection => rejection.Index < beside.Count).ToList();
            if (refusedBeside.Count > 0) return new StockOutcome.Refused(refusedBeside);

            (plan, var end) = plan.After(result.Rejections.Select(rejection => (writes[rejection.Index], rejection)));
            if (end is not null) return end;
        }

        throw new StoreUnavailableException("The stock changed under every attempt to move it.");
    }
}
