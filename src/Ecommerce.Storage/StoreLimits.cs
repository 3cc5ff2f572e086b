namespace Ecommerce.Storage;

/// <summary>
/// The limits both engines enforce alike, before anything is sent: those of DynamoDB
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html), where they bind.
/// </summary>
public static class StoreLimits
{
    public const int WritesPerCommit = 100;
    public const int KeysPerGetMany = 100;
    public const int ItemsPerPage = 1_000;
    public const int TokenLength = 36;
    public const int AttributeDepth = 32;

    /// <summary>Bytes of one item, as <see cref="ItemSize"/> counts them.</summary>
    public const int ItemBytes = 400 * 1024;

    /// <summary>Bytes of all items that one commit puts.</summary>
    public const int CommitBytes = 4 * 1024 * 1024;

    public const int PartitionKeyBytes = 2048;
    public const int SortKeyBytes = 1024;

    internal static void Validate(IReadOnlyList<Write> writes, string? token)
    {
        Require(writes.Count is > 0 and <= WritesPerCommit, $"A commit has 1 to {WritesPerCommit} writes, not {writes.Count}.");
        Require(token is null or { Length: > 0 and <= TokenLength }, $"A token has 1 to {TokenLength} characters.");
        var keys = new HashSet<ItemKey>(writes.Count);
        var bytes = 0;
        foreach (var write in writes)
        {
            Validate(write.Key);
            Require(keys.Add(write.Key), $"A commit writes a key once; one of table {write.Key.Table} occurs again.");
            if (write is Put put) bytes += Validate(put);
            else if (write is Adjust adjust) Validate(adjust);
            else if (write is Check) Require(write.Expect.Kind != ExpectKind.Anything, "A check expects something.");
        }

        Require(bytes <= CommitBytes, $"A commit has at most {CommitBytes} bytes, not {bytes}.");
    }

    internal static void Validate(IReadOnlyList<ItemKey> keys)
    {
        Require(keys.Count is > 0 and <= KeysPerGetMany, $"GetMany reads 1 to {KeysPerGetMany} keys, not {keys.Count}.");
        foreach (var key in keys) Validate(key);
    }

    internal static void Validate(ItemKey key)
    {
        Validate(key.Table, key.Table.Partition, key.Partition, PartitionKeyBytes);
        if (key.Table.Sort is { } sort) Validate(key.Table, sort, key.Sort, SortKeyBytes);
        else Require(key.Sort.IsNone, $"Table {key.Table} has no sort key.");
    }

    internal static void Validate(Query query)
    {
        Require(query.Limit is > 0 and <= ItemsPerPage, $"A page has 1 to {ItemsPerPage} items, not {query.Limit}.");
        Require(query.Index is null || !query.Consistent, "An index cannot be read consistently.");
        Require(query.Index is null || query.Table.Indexes.Contains(query.Index), $"Table {query.Table} has no such index.");
        Validate(query.Table, query.PartitionKey, query.Partition, PartitionKeyBytes);
        foreach (var bound in (ReadOnlySpan<Value>)[query.From, query.To])
        {
            if (bound.IsNone) continue;
            Require(query.SortKey is not null, $"Table {query.Table} has no sort key.");
            Validate(query.Table, query.SortKey!, bound, SortKeyBytes);
        }
    }

    /// <summary>Keys out of a cursor, which may be forged.</summary>
    internal static void Validate(TableDefinition table, Item keys)
    {
        Validate(table.KeyOf(keys));
        ValidateIndexed(table, keys);
    }

    private static int Validate(Put put)
    {
        // With the version that the store adds, which DynamoDB counts like any other attribute.
        var size = ItemSize.Of(Precondition.Apply(put));
        Require(size <= ItemBytes, $"An item of table {put.Table} has {size} bytes; {ItemBytes} are the most.");
        Require(ItemSize.Depth(put.Item) <= AttributeDepth, $"An item of table {put.Table} is nested deeper than {AttributeDepth}.");
        ValidateIndexed(put.Table, put.Item);
        return size;
    }

    private static void ValidateIndexed(TableDefinition table, Item item)
    {
        foreach (var index in table.Indexes)
        {
            if (item[index.Partition.Name] is { IsNone: false } partition) Validate(table, index.Partition, partition, PartitionKeyBytes);
            if (item[index.Sort.Name] is { IsNone: false } sort) Validate(table, index.Sort, sort, SortKeyBytes);
        }
    }

    private static void Validate(Adjust adjust)
    {
        Require(adjust.Deltas.Count > 0, "An adjustment adds to at least one attribute.");
        Require(adjust.Expect.Kind != ExpectKind.Absent, "An adjustment of an item expected absent is a put.");
        Require(adjust.Deltas.Select(delta => delta.Attribute).Distinct().Count() == adjust.Deltas.Count, "An adjustment names an attribute once.");
        var table = adjust.Key.Table;
        foreach (var delta in adjust.Deltas)
        {
            Require(delta.Attribute.Length > 0, "An attribute has a name.");
            Require(delta.Min <= delta.Max, $"The bounds of {delta.Attribute} are the wrong way round.");
            Require(delta.Attribute != Item.VersionAttribute && delta.Attribute != table.Partition.Name && delta.Attribute != table.Sort?.Name
                && !table.Indexes.Any(index => IsText(index.Partition, delta) || IsText(index.Sort, delta)), $"{delta.Attribute} cannot be adjusted.");
        }
    }

    private static bool IsText(KeyAttribute attribute, Delta delta) => attribute.Name == delta.Attribute && attribute.Kind == ValueKind.Text;

    private static void Validate(TableDefinition table, KeyAttribute attribute, Value value, int limit)
    {
        Require(value.Kind == attribute.Kind, $"Table {table}: {attribute.Name} is {attribute.Kind}, not {value.Kind}.");
        if (value.Kind != ValueKind.Text) return;
        var bytes = ItemSize.Bytes(value.AsText);
        Require(bytes > 0 && bytes <= limit, $"Table {table}: {attribute.Name} has 1 to {limit} bytes, not {bytes}.");

        // SQLite reads a JSON text up to its first NUL, so in an index two keys would become one.
        Require(!value.AsText.Contains('\0'), $"Table {table}: {attribute.Name} contains a NUL.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new StoreLimitException(message);
    }
}
