using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Units of a product, and the money that came in or went back for them.</summary>
internal readonly record struct ProductAmount(string ProductId, long Units, Money Amount);

/// <summary>
/// The part of a log entry that says what was sold for how much, or paid back, product by product. The reports are read out of it. A
/// sale says its prices only, for the stock that it moves names products and units: see <see cref="StockNote"/>.
/// </summary>
internal static class SaleNote
{
    private const string Prices = "prices";
    private const string PaidBack = "paidBack";

    /// <summary>The entry of a sale, which notes the stock of the same lines in the same order.</summary>
    public static Put Selling(this Put entry, IReadOnlyList<OrderLine> lines) => With(entry, Prices, [.. lines.Select(line => (Value)line.Price.Minor)]);

    /// <summary>The entry of a refund that pays all of these lines back. Of one that pays back a part of them nobody can tell for what.</summary>
    public static Put PayingBack(this Put entry, IReadOnlyList<OrderLine> lines) =>
        With(entry, PaidBack, [.. lines.Select(line => (Value)(Value[])[line.ProductId, line.Qty, line.Price.Minor])]);

    /// <summary>What an entry says was sold; a product that was sold in several sizes occurs with each.</summary>
    public static IReadOnlyList<ProductAmount> SoldIn(Item entry) =>
        [.. StockNote.Of(entry).Zip(entry.List(Prices), (move, price) => Amount(move.Sku.ProductId, -move.Delta, price.AsNumber))];

    /// <summary>What an entry says was paid back; a product that was sold in several sizes occurs with each.</summary>
    public static IReadOnlyList<ProductAmount> PaidBackIn(Item entry) =>
        [.. entry.List(PaidBack).Select(line => line.AsList).Select(line => Amount(line[0].AsText, line[1].AsNumber, line[2].AsNumber))];

    private static ProductAmount Amount(string productId, long units, long price) => new(productId, units, new(checked(units * price)));

    private static Put With(Put entry, string name, Value[] values)
    {
        var noted = entry.Item.Copy();
        noted[name] = values;
        return entry with { Item = noted };
    }
}
