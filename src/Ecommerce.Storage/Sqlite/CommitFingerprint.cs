using System.Security.Cryptography;

namespace Ecommerce.Storage.Sqlite;

/// <summary>What a token is remembered with: the same for equal writes, whatever the order of their attributes, and for no others.</summary>
internal static class CommitFingerprint
{
    public static string Of(IReadOnlyList<Write> writes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var write in writes)
        {
            hash.AppendData(ItemJson.Write(Describe(write)));
            hash.AppendData("\n"u8);
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static Item Describe(Write write) => new()
    {
        ["write"] = write.GetType().Name,
        ["table"] = write.Key.Table.Name,
        ["partition"] = write.Key.Partition,
        ["sort"] = write.Key.Sort,
        ["expect"] = write.Expect.ToString(),
        ["item"] = write is Put put ? Sorted(put.Item) : null,
        ["deltas"] = write is Adjust adjust
            ? Value.Of([.. adjust.Deltas.Select(delta => Value.Of([delta.Attribute, delta.Add, delta.Min, delta.Max]))])
            : Value.None,
    };

    private static Value Sorted(Value value) => value.Kind switch
    {
        ValueKind.Map => Sorted(value.AsMap),
        ValueKind.List => Value.Of([.. value.AsList.Select(Sorted)]),
        _ => value,
    };

    private static Item Sorted(Item item)
    {
        var sorted = new Item(item.Count);
        foreach (var (name, value) in item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)) sorted.Append(name, Sorted(value));
        return sorted;
    }
}
