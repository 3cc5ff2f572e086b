using System.Text;

namespace Ecommerce.Storage;

/// <summary>
/// The size of an item as DynamoDB counts it: names and texts by their UTF-8 bytes, a number about a byte per two digits, a list
/// or map three bytes and one more per element
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
/// </summary>
internal static class ItemSize
{
    private const int Container = 3;

    public static int Of(Item item)
    {
        var size = 0;
        foreach (var (name, value) in item) size += Bytes(name) + Of(value);
        return size;
    }

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>Containers within containers; 1 for an item of plain values.</summary>
    public static int Depth(Item item)
    {
        var depth = 0;
        foreach (var (_, value) in item) depth = Math.Max(depth, Depth(value));
        return depth + 1;
    }

    private static int Depth(Value value) => value.Kind switch
    {
        ValueKind.Map => Depth(value.AsMap),
        ValueKind.List => 1 + value.AsList.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static int Of(Value value) => value.Kind switch
    {
        ValueKind.Text => Bytes(value.AsText),
        ValueKind.Number => 1 + (Digits(value.AsNumber) + 1) / 2 + (value.AsNumber < 0 ? 1 : 0),
        ValueKind.List => Container + value.AsList.Sum(element => 1 + Of(element)),
        ValueKind.Map => Container + value.AsMap.Count + Of(value.AsMap),
        _ => 1,
    };

    private static int Digits(long number)
    {
        var digits = 1;
        for (number /= 10; number != 0; number /= 10) digits++;
        return digits;
    }
}
