namespace Ecommerce.Storage.Sqlite;

/// <summary>
/// The SQL of one table. A row is the key and the item as JSON; attributes of indexes are columns computed from that JSON, so an
/// index can be declared later and an older database file learns it when it is next opened.
/// </summary>
internal sealed class SqliteTable
{
    private readonly TableDefinition _table;
    private readonly string _keyColumns;
    private readonly string _keyMatch;

    public SqliteTable(TableDefinition table)
    {
        _table = table;
        _keyColumns = string.Join(", ", KeyAttributes.Select(Column));
        _keyMatch = table.Sort is null ? $"{Column(table.Partition)} = $pk" : $"{Column(table.Partition)} = $pk AND {Column(table.Sort)} = $sk";
        Select = $"SELECT item FROM {Name} WHERE {_keyMatch}";
        Delete = $"DELETE FROM {Name} WHERE {_keyMatch}";
        var parameters = table.Sort is null ? "$pk" : "$pk, $sk";
        Upsert = $"INSERT INTO {Name} ({_keyColumns}, item) VALUES ({parameters}, $item) ON CONFLICT DO UPDATE SET item = excluded.item";
    }

    public string Select { get; }

    public string Delete { get; }

    public string Upsert { get; }

    public string Name => Quote(_table.Name);

    /// <summary>Removes what has lapsed at $now, in seconds; null where nothing does.</summary>
    public string? DeleteLapsed => _table.TimeToLive is { } attribute ? $"DELETE FROM {Name} WHERE {Lapse(attribute)} <= $now" : null;

    public string CreateTable =>
        $"CREATE TABLE IF NOT EXISTS {Name} ({string.Join(", ", KeyAttributes.Select(a => $"{Column(a)} {Type(a)} NOT NULL"))}, "
        + $"item TEXT NOT NULL, UNIQUE ({_keyColumns}))";

    private IEnumerable<KeyAttribute> KeyAttributes => _table.Sort is null ? [_table.Partition] : [_table.Partition, _table.Sort];

    /// <summary>Whether a table of these columns, without those that are computed, has the keys of this definition.</summary>
    public bool HasKeys(IEnumerable<string> columns) => columns.Order().SequenceEqual(KeyAttributes.Select(key => key.Name).Append("item").Order());

    /// <summary>Statements that add what this definition has and the database file has not.</summary>
    public IEnumerable<string> Additions(ISet<string> columns)
    {
        foreach (var attribute in _table.Indexes.SelectMany(index => new[] { index.Partition, index.Sort }))
        {
            if (columns.Add(attribute.Name))
                yield return $"ALTER TABLE {Name} ADD COLUMN {Column(attribute)} {Type(attribute)} AS (json_extract(item, '$.{Quote(attribute.Name)}')) VIRTUAL";
        }

        foreach (var index in _table.Indexes)
            yield return $"CREATE INDEX IF NOT EXISTS {IndexName(index)} ON {Name} ({string.Join(", ", Order(index).Select(Column))}){Sparse(index)}";

        if (_table.TimeToLive is { } lapse)
            yield return $"CREATE INDEX IF NOT EXISTS {Quote($"{_table.Name}.lapse")} ON {Name} ({Lapse(lapse)}) WHERE {Lapse(lapse)} IS NOT NULL";
    }

    /// <summary>The statement for a query; its parameters are $pk, $from, $to, $limit and, behind a cursor, $after0, $after1, ...</summary>
    public string Query(Query query)
    {
        var order = Order(query.Index).Skip(1).Select(Column).ToList();
        var conditions = new List<string> { $"{Column(query.PartitionKey)} = $pk" };
        if (query.Index is not null) conditions.Add($"{order[0]} IS NOT NULL");
        if (!query.From.IsNone) conditions.Add($"{order[0]} >= $from");
        if (!query.To.IsNone) conditions.Add($"{order[0]} <= $to");
        if (query.After is not null) conditions.Add(Behind(order, query.Descending));

        var index = query.Index is null ? "" : $" INDEXED BY {IndexName(query.Index)}";
        var orderBy = order.Count == 0 ? "" : $" ORDER BY {string.Join(", ", order.Select(column => query.Descending ? $"{column} DESC" : column))}";
        return $"SELECT item FROM {Name}{index} WHERE {string.Join(" AND ", conditions)}{orderBy} LIMIT $limit";
    }

    /// <summary>The attributes that order an index (or the table): its own keys, then the table's, so that no two entries tie.</summary>
    public IReadOnlyList<KeyAttribute> Order(IndexDefinition? index) =>
        index is null ? [.. KeyAttributes] : [index.Partition, index.Sort, .. KeyAttributes.Where(a => a != index.Partition && a != index.Sort)];

    /// <summary>A partition without a sort key holds one item, and behind it there is nothing.</summary>
    private static string Behind(List<string> order, bool descending) => order.Count == 0
        ? "FALSE"
        : $"({string.Join(", ", order)}) {(descending ? '<' : '>')} ({string.Join(", ", order.Select((_, i) => $"$after{i}"))})";

    /// <summary>Of a key column, which is never null, the condition would only hide the index from the planner.</summary>
    private string Sparse(IndexDefinition index)
    {
        var sparse = new[] { index.Partition, index.Sort }.Except(KeyAttributes).Select(attribute => $"{Column(attribute)} IS NOT NULL").ToList();
        return sparse.Count == 0 ? "" : $" WHERE {string.Join(" AND ", sparse)}";
    }

    private string IndexName(IndexDefinition index) => Quote($"{_table.Name}_{index.Name}");

    private static string Lapse(string attribute) => $"json_extract(item, '$.{Quote(attribute)}')";

    private static string Column(KeyAttribute attribute) => Quote(attribute.Name);

    private static string Type(KeyAttribute attribute) => attribute.Kind == ValueKind.Text ? "TEXT" : "INTEGER";

    private static string Quote(string name) => $"\"{name}\"";
}
