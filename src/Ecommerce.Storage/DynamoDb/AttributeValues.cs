using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>Items as native attributes, so that they are readable in the console.</summary>
internal static class AttributeValues
{
    public static Dictionary<string, AttributeValue> Of(Item item)
    {
        var attributes = new Dictionary<string, AttributeValue>(item.Count);
        foreach (var (name, value) in item) attributes.Add(name, Of(value));
        return attributes;
    }

    public static Dictionary<string, AttributeValue> Of(ItemKey key)
    {
        var attributes = new Dictionary<string, AttributeValue>(2) { [key.Table.Partition.Name] = Of(key.Partition) };
        if (key.Table.Sort is { } sort) attributes.Add(sort.Name, Of(key.Sort));
        return attributes;
    }

    public static AttributeValue Of(Value value) => value.Kind switch
    {
        ValueKind.Text => new() { S = value.AsText },
        ValueKind.Number => OfNumber(value.AsNumber),
        ValueKind.Flag => new() { BOOL = value.AsFlag },
        ValueKind.List => new() { L = [.. value.AsList.Select(Of)] },
        ValueKind.Map => new() { M = Of(value.AsMap) },
        _ => throw new ArgumentException("An absent value cannot be stored."),
    };

    /// <summary>A bound of a sum may lie outside the range of the sums themselves.</summary>
    public static AttributeValue OfNumber(Int128 number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The SDK leaves out what was not sent, so no item is null or empty.</summary>
    public static Item? ItemOrNull(Dictionary<string, AttributeValue>? attributes) => attributes is { Count: > 0 } ? ItemOf(attributes) : null;

    public static Item ItemOf(Dictionary<string, AttributeValue> attributes)
    {
        var item = new Item(attributes.Count);
        foreach (var (name, value) in attributes) item.Append(name, ValueOf(value));
        return item;
    }

    private static Value ValueOf(AttributeValue value) => value switch
    {
        { S: { } text } => text,
        { N: { } number } => long.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        { BOOL: { } flag } => flag,
        { L: { } list } => Value.Of(list.ConvertAll(ValueOf)),
        { M: { } map } => ItemOf(map),
        _ => throw new InvalidDataException("An attribute is of a type that the store never writes."),
    };
}
