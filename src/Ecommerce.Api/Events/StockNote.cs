using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// The part of a log entry that says what it means for the stock: units brought in or written off, sold, or returned. The ledger is
/// read out of it, so a checkout pays for no ledger lines of its own. A hold is no move of the ledger: it is sold, or given back, later.
/// </summary>
internal static class StockNote
{
    private const string Moves = "stock";
    private const string Released = "released";

    /// <summary>The entry with these moves, and the order that they are made for, if any.</summary>
    public static Put Noting(this Put entry, IReadOnlyList<StockMove> moves, string? orderId = null)
    {
        if (moves.Count == 0) return entry;
        var noted = entry.Item.Copy();
        noted["orderId"] = orderId;
        noted[Moves] = Value.Of([.. moves.Select(move => (Value)(Value[])[move.Sku.ProductId, move.Sku.Size ?? Sku.NoSize, move.Delta])]);
        return entry with { Item = noted };
    }

    /// <summary>The entry of a commit that gives back what was held. That is no move, but the products may be in stock again by it.</summary>
    public static Put Releasing(this Put entry, IReadOnlyList<StockMove> moves)
    {
        var noted = entry.Item.Copy();
        noted[Released] = Value.Of(moves.Select(move => move.Sku.ProductId).Distinct());
        return entry with { Item = noted };
    }

    /// <summary>The products that an entry says were given back.</summary>
    public static IReadOnlyList<string> ReleasedIn(Item entry) => entry.Texts(Released);

    /// <summary>The moves that an entry tells of, in their order.</summary>
    public static IReadOnlyList<StockMove> Of(Item entry) => [.. entry.List(Moves).Select(move => Read(move.AsList))];

    private static StockMove Read(IReadOnlyList<Value> move) =>
        new(new(move[0].AsText, move[1].AsText is var size && size == Sku.NoSize ? null : size), move[2].AsNumber);
}
