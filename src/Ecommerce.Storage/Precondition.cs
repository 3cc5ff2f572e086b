namespace Ecommerce.Storage;

/// <summary>
/// The one rule by which both engines accept or refuse a write. SQLite asks it before writing; DynamoDB evaluates the same rule as
/// a condition expression, and the item it returns with a failure is asked here for the reason.
/// </summary>
internal static class Precondition
{
    /// <summary>Why the write cannot be made on what is there now; null when it can.</summary>
    public static RejectionReason? Refusal(Write write, Item? current) => write.Expect.Kind switch
    {
        ExpectKind.Absent => current is null ? null : RejectionReason.Exists,
        not ExpectKind.Anything when current is null => RejectionReason.Missing,
        ExpectKind.AtVersion when current!.Version != write.Expect.Version => RejectionReason.VersionMismatch,
        _ => write is Adjust adjust && !adjust.Deltas.All(delta => Fits(delta, current)) ? RejectionReason.OutOfBounds : null,
    };

    /// <summary>The version that a put leaves behind.</summary>
    public static long VersionAfter(Put put) => put.Expect.Kind == ExpectKind.AtVersion ? put.Expect.Version + 1 : 1;

    /// <summary>The item that an adjustment leaves behind.</summary>
    public static Item Apply(Adjust adjust, Item? current)
    {
        var item = current?.Copy() ?? KeyOnly(adjust.Key);
        foreach (var delta in adjust.Deltas) item[delta.Attribute] = (item.NumberOrNull(delta.Attribute) ?? 0) + delta.Add;
        item[Item.VersionAttribute] = item.Version + 1;
        return item;
    }

    /// <summary>The item that a put leaves behind.</summary>
    public static Item Apply(Put put)
    {
        var item = put.Item.Copy();
        item[Item.VersionAttribute] = VersionAfter(put);
        return item;
    }

    private static bool Fits(Delta delta, Item? current)
    {
        var there = current is null ? Value.None : current[delta.Attribute];
        if (there.Kind is not (ValueKind.None or ValueKind.Number)) throw new StoreLimitException($"{delta.Attribute} is {there.Kind} and cannot be adjusted.");
        var sum = (Int128)(there.IsNone ? 0 : there.AsNumber) + delta.Add;
        return sum >= delta.Min && sum <= delta.Max;
    }

    private static Item KeyOnly(ItemKey key)
    {
        var item = new Item { [key.Table.Partition.Name] = key.Partition };
        if (key.Table.Sort is { } sort) item[sort.Name] = key.Sort;
        return item;
    }
}
