using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Units of a product, and the money that came in or went back for them.</summary>
internal readonly record struct ProductAmount(string ProductId, long Units, Money Amount);

/// <summary>Money that went back for what was sold.</summary>
/// <param name="Amount">All of it.</param>
/// <param name="Lines">What of it can be told of products; one that was sold in several sizes occurs with each.</param>
internal sealed record PaidBack(Money Amount, IReadOnlyList<ProductAmount> Lines);

/// <summary>
/// The part of a log entry that says what was sold for how much, or paid back, product by product. The reports are read out of it. A
/// sale says its prices only, for the stock that it moves names products and units: see <see cref="StockNote"/>.
/// </summary>
internal static class SaleNote
{
    private const string Prices = "prices";
    private const string PaidBack = "paidBack";
    private const string Amount = "amount";
    private const string Lines = "lines";

    /// <summary>The entry of a sale, which notes the stock of the same lines in the same order.</summary>
    public static Put Selling(this Put entry, IReadOnlyList<OrderLine> lines) => With(entry, Prices, Value.Of([.. lines.Select(line => (Value)line.Price.Minor)]));

    /// <summary>The entry of a refund for what was sold.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="amount">What the refund pays back.</param>
    /// <param name="lines">All that was bought, where all of it is paid back. Of one that pays back a part nobody can tell for what.</param>
    public static Put PayingBack(this Put entry, Money amount, IReadOnlyList<OrderLine> lines) => With(entry, PaidBack, new Item
    {
        [Amount] = amount.Minor,
        [Lines] = Value.Of([.. lines.Select(line => (Value)(Value[])[line.ProductId, line.Qty, line.Price.Minor])]),
    });

    /// <summary>What an entry says was sold; a product that was sold in several sizes occurs with each.</summary>
    public static IReadOnlyList<ProductAmount> SoldIn(Item entry) =>
        [.. StockNote.Of(entry).Zip(entry.List(Prices), (move, price) => Of(move.Sku.ProductId, -move.Delta, price.AsNumber))];

    /// <summary>What an entry says was paid back; null where nothing was.</summary>
    public static PaidBack? PaidBackIn(Item entry) => entry.MapOrNull(PaidBack) is { } note
        ? new(new(note.Number(Amount)), [.. note.List(Lines).Select(line => line.AsList).Select(line => Of(line[0].AsText, line[1].AsNumber, line[2].AsNumber))])
        : null;

    private static ProductAmount Of(string productId, long units, long price) => new(productId, units, new(checked(units * price)));

    private static Put With(Put entry, string name, Value note)
    {
        var noted = entry.Item.Copy();
        noted[name] = note;
        return entry with { Item = noted };
    }
}
