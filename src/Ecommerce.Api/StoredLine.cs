using Ecommerce.Storage;

namespace Ecommerce.Api;

/// <summary>
/// A line of a cart or an order as the store keeps it: a list of product, size or "", name, quantity, price in minor units, and the
/// label where it is another than the name. Without attribute names a full cart stays within the 4 KB that are read for one unit,
/// and an order of five lines within the 1 KB that is written for one.
/// </summary>
internal readonly record struct StoredLine(string ProductId, string? Size, string Name, int Qty, Money Price, string Label)
{
    private const int WithLabel = 6;

    public Value ToValue()
    {
        Value[] parts = [ProductId, Size ?? "", Name, Qty, Price.Minor];
        return Label == Name ? parts : (Value[])[.. parts, Label];
    }

    public static StoredLine Of(Value value)
    {
        var parts = value.AsList;
        var name = parts[2].AsText;
        return new(
            parts[0].AsText, parts[1].AsText is { Length: > 0 } size ? size : null, name, (int)parts[3].AsNumber, new(parts[4].AsNumber),
            parts.Count == WithLabel ? parts[WithLabel - 1].AsText : name);
    }
}
