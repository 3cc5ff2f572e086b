using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>Units of one SKU taken (negative) or brought (positive).</summary>
public readonly record struct StockMove(Sku Sku, long Delta);

/// <summary>A move that cannot be made for want of stock, and how much there is.</summary>
public readonly record struct Shortage(Sku Sku, long Available);

/// <summary>
/// The writes that make stock moves, and the count of sold-out SKUs beside them. Taking the last unit of a SKU, or bringing the
/// first, changes that count; whether a move does is not known before the commit. So each move is first written for the likely
/// case, that the SKU has stock before and after, with a bound that refuses the other; the refusal tells what is there, and
/// <see cref="After"/> plans again. Stock never goes below zero.
/// </summary>
/// <param name="Moves">One per SKU.</param>
/// <param name="Crossing">The SKUs whose stock the commit is to bring to zero, or up from it.</param>
/// <param name="Uncounted">Products that were deleted meanwhile: nobody counts their SKUs any more.</param>
internal sealed record StockPlan(IReadOnlyList<StockMove> Moves, IReadOnlySet<Sku> Crossing, IReadOnlySet<ItemKey> Uncounted)
{
    public static StockPlan For(IReadOnlyList<StockMove> moves) => new(moves, new HashSet<Sku>(), new HashSet<ItemKey>());

    public IReadOnlyList<Adjust> MoveWrites => [.. Moves.Select(Write)];

    /// <summary>One per product whose SKUs cross zero.</summary>
    public IReadOnlyList<Adjust> CountWrites =>
    [
        .. Moves.Where(move => Crossing.Contains(move.Sku)).GroupBy(move => move.Sku.ProductId, Count).Where(write => !Uncounted.Contains(write.Key)),
    ];

    /// <summary>What follows when some of these writes were refused: an end of the matter, or else another plan to try.</summary>
    public (StockPlan Next, StockOutcome? End) After(IEnumerable<(Write Write, Rejection Rejection)> refused)
    {
        var (crossing, uncounted) = (Crossing.ToHashSet(), Uncounted.ToHashSet());
        var (shortages, gone) = (new List<Shortage>(), new HashSet<Sku>());
        foreach (var (write, rejection) in refused)
        {
            if (write.Key.Table == Tables.Products)
            {
                uncounted.Add(write.Key);
                continue;
            }

            var move = Moves.First(move => move.Sku.Key == write.Key);
            var available = rejection.Current?.Number(Sku.Available) ?? 0;
            if (rejection.Current is null) gone.Add(move.Sku);
            else if (available + move.Delta < 0) shortages.Add(new(move.Sku, available));
            else if (available == 0 || available + move.Delta == 0) crossing.Add(move.Sku);
            else crossing.Remove(move.Sku);
        }

        StockOutcome? end = gone.Count > 0 ? new StockOutcome.Gone(gone) : shortages.Count > 0 ? new StockOutcome.Short(shortages) : null;
        return (new(Moves, crossing, uncounted), end);
    }

    /// <summary>A SKU that crosses zero ends at exactly nothing, or at exactly what is brought; any other keeps at least one unit more.</summary>
    private Adjust Write(StockMove move)
    {
        var edge = Math.Max(0, move.Delta);
        var delta = Crossing.Contains(move.Sku)
            ? new Delta(Sku.Available, move.Delta, Min: edge, Max: edge)
            : new Delta(Sku.Available, move.Delta, Min: edge + 1);
        return new(move.Sku.Key, delta);
    }

    private static Adjust Count(string productId, IEnumerable<StockMove> crossing) =>
        new(Tables.Products.Key(productId), new Delta(ProductItems.SoldOut, crossing.Sum(move => move.Delta < 0 ? 1 : -1)));
}
