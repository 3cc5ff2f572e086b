namespace Ecommerce.Storage;

/// <summary>An attribute that is part of a key: text (compared by its UTF-8 bytes) or a number.</summary>
public sealed record KeyAttribute(string Name, ValueKind Kind)
{
    public static KeyAttribute Text(string name) => new(name, ValueKind.Text);

    public static KeyAttribute Number(string name) => new(name, ValueKind.Number);
}

/// <summary>What an index entry carries: the whole item, or its keys only (cheaper to write).</summary>
public enum Projection
{
    All,
    Keys,
}

/// <summary>
/// A second order over a table. Sparse: an item is in the index only while it has both of the index's attributes.
/// An index is read as it was a moment ago; decide from the item itself.
/// </summary>
public sealed record IndexDefinition(string Name, KeyAttribute Partition, KeyAttribute Sort, Projection Projection = Projection.All);

/// <summary>
/// A table, declared once: engines create it, the deployment template is compared with it. An item is found by its partition key
/// and, where the table has one, its sort key.
/// </summary>
public sealed record TableDefinition(string Name, KeyAttribute Partition, KeyAttribute? Sort = null, params IndexDefinition[] Indexes)
{
    /// <summary>
    /// The number attribute that says when an item may be removed, in seconds since 1970; null where items stay. Engines remove what
    /// has lapsed at some later moment (DynamoDB within days, SQLite within an hour of writing), so readers look at the time themselves.
    /// </summary>
    public string? TimeToLive { get; init; }

    /// <exception cref="ArgumentException">A sort key is given to a table without one, or missing where there is one.</exception>
    public ItemKey Key(Value partition, Value sort = default)
    {
        if (sort.IsNone != Sort is null) throw new ArgumentException($"Table {Name}: the sort key is {(Sort is null ? "not" : "")} part of its key.");
        return new(this, partition, sort);
    }

    public ItemKey KeyOf(Item item) => new(this, item[Partition.Name], Sort is null ? Value.None : item[Sort.Name]);

    public IndexDefinition Index(string name) => Array.Find(Indexes, index => index.Name == name)
        ?? throw new ArgumentException($"Table {Name} has no index {name}.");

    public override string ToString() => Name;
}

/// <summary>The primary key of one item of one table.</summary>
public readonly record struct ItemKey(TableDefinition Table, Value Partition, Value Sort = default)
{
    public bool Equals(ItemKey other) => Table.Name == other.Table.Name && Partition == other.Partition && Sort == other.Sort;

    public override int GetHashCode() => HashCode.Combine(Table.Name, Partition, Sort);

    public override string ToString() => Sort.IsNone ? $"{Table.Name}/{Partition}" : $"{Table.Name}/{Partition}/{Sort}";
}
