using System.Buffers.Text;
using System.Text;

namespace Ecommerce.Storage;

/// <summary>
/// Keyset cursors: the keys of the last item seen, so that a page begins behind it whatever was inserted or removed meanwhile.
/// The same text on every engine. Not signed: whoever hands it to strangers signs it.
/// </summary>
internal static class Cursor
{
    public static string After(Query query, Item item)
    {
        var keys = new Item();
        foreach (var attribute in Attributes(query))
        {
            keys[attribute.Name] = item[attribute.Name] is { IsNone: false } value
                ? value
                : throw new ArgumentException($"The item has no {attribute.Name}, so this query did not return it.");
        }

        return Base64Url.EncodeToString(ItemJson.Write(keys));
    }

    /// <exception cref="InvalidCursorException">The text is no cursor of this query.</exception>
    public static Item? Parse(Query query)
    {
        if (query.After is null) return null;
        try
        {
            var keys = ItemJson.Read(Base64Url.DecodeFromChars(query.After));
            var attributes = Attributes(query);
            if (keys.Count == attributes.Count
                && attributes.All(attribute => keys[attribute.Name].Kind == attribute.Kind)
                && keys[query.PartitionKey.Name] == query.Partition
                && IsWithinBounds(query, keys))
            {
                StoreLimits.Validate(query.Table, keys);
                return keys;
            }
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException or InvalidOperationException or StoreLimitException)
        {
            throw new InvalidCursorException($"Not a cursor: {e.Message}");
        }

        throw new InvalidCursorException("The cursor belongs to another query.");
    }

    private static bool IsWithinBounds(Query query, Item keys) =>
        (query.From.IsNone || KeyOrder.Compare(keys[query.SortKey!.Name], query.From) >= 0)
        && (query.To.IsNone || KeyOrder.Compare(keys[query.SortKey!.Name], query.To) <= 0);

    private static List<KeyAttribute> Attributes(Query query)
    {
        var attributes = new List<KeyAttribute> { query.Table.Partition };
        if (query.Table.Sort is { } sort) attributes.Add(sort);
        if (query.Index is { } index)
            foreach (var attribute in (ReadOnlySpan<KeyAttribute>)[index.Partition, index.Sort])
                if (!attributes.Contains(attribute)) attributes.Add(attribute);
        return attributes;
    }
}
