namespace Ecommerce.Storage;

/// <summary>
/// Reads items of one partition in the order of their sort key, a page at a time. Over an index with
/// <see cref="Projection.Keys"/> the items carry only the keys of the table and of the index.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Partition">The partition key's value.</param>
public sealed record Query(TableDefinition Table, Value Partition)
{
    /// <summary>The index to read; null for the table itself.</summary>
    public IndexDefinition? Index { get; init; }

    /// <summary>Lowest sort key, inclusive.</summary>
    public Value From { get; init; }

    /// <summary>Highest sort key, inclusive.</summary>
    public Value To { get; init; }

    public bool Descending { get; init; }

    /// <summary>How many items at most; 1 to 1,000.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>A cursor that an earlier page, or <see cref="CursorAt"/>, gave for the same query; null for the beginning.</summary>
    public string? After { get; init; }

    /// <summary>Reads what is committed at this moment, at twice the price. Not possible over an index.</summary>
    public bool Consistent { get; init; }

    internal KeyAttribute PartitionKey => Index?.Partition ?? Table.Partition;

    internal KeyAttribute? SortKey => Index is null ? Table.Sort : Index.Sort;

    /// <summary>The cursor that goes on behind an item which this query returned.</summary>
    public string CursorAt(Item item) => Cursor.After(this, item);
}

/// <param name="Items">In the query's order.</param>
/// <param name="Next">Where the next page begins; null exactly when nothing is left.</param>
public sealed record Page(IReadOnlyList<Item> Items, string? Next);
