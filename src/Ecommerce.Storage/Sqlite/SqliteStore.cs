using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Ecommerce.Storage.Sqlite;

/// <summary>
/// The embedded engine: one file in WAL mode, any number of readers beside one writer. Every read is consistent. Several processes
/// may share the file; a Lambda, whose disk is nobody's, may not use it.
/// </summary>
internal sealed class SqliteStore : IStore
{
    private readonly string _path;
    private readonly Dictionary<string, SqliteTable> _tables;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<PreparedConnection> _idle = [];

    /// <exception cref="NotSupportedException">The process is a Lambda.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be opened, or is one of other tables.</exception>
    public SqliteStore(StoreOptions options)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME")))
            throw new NotSupportedException("Store__Engine: the embedded store keeps its file on one machine and cannot run in a Lambda; use DynamoDb.");
        _path = Path.GetFullPath(options.SqlitePath);
        _tables = options.Tables.ToDictionary(table => table.Name, table => new SqliteTable(table));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _writer = new(_path, _tables);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"Store__SqlitePath: the database file '{_path}' cannot be opened: {e.Message}", e);
        }
    }

    public string Engine => nameof(StoreEngine.Sqlite);

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation)
    {
        StoreLimits.Validate(key);
        return Read(connection => One(connection, key), cancellation);
    }

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation)
    {
        StoreLimits.Validate(keys);
        return Read(connection =>
        {
            var items = new Item?[keys.Count];
            connection.Execute("BEGIN");
            for (var i = 0; i < items.Length; i++) items[i] = One(connection, keys[i]);
            connection.Execute("COMMIT");
            return (IReadOnlyList<Item?>)items;
        }, cancellation);
    }

    public Task<Page> Query(Query query, CancellationToken cancellation)
    {
        StoreLimits.Validate(query);
        var table = _tables[query.Table.Name];
        var order = table.Order(query.Index);
        var parameters = new List<(string, Value)> { ("$pk", query.Partition), ("$limit", query.Limit + 1) };
        if (!query.From.IsNone) parameters.Add(("$from", query.From));
        if (!query.To.IsNone) parameters.Add(("$to", query.To));
        if (Cursor.Parse(query) is { } after)
            for (var i = 1; i < order.Count; i++) parameters.Add(($"$after{i - 1}", after[order[i].Name]));

        return Read(connection =>
        {
            var items = connection.ReadAll(table.Query(query), parameters.ToArray());
            var more = items.Count > query.Limit;
            if (more) items.RemoveAt(query.Limit);
            if (query.Index?.Projection == Projection.Keys) items = items.ConvertAll(item => KeysOf(item, order));
            return new Page(items, more ? query.CursorAt(items[^1]) : null);
        }, cancellation);
    }

    public Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        StoreLimits.Validate(writes, token);
        cancellation.ThrowIfCancellationRequested();
        CostMeter.Add(0, 0);
        return _writer.Commit(writes, token);
    }

    public void Dispose()
    {
        _writer.Dispose();
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }

    private Item? One(PreparedConnection connection, ItemKey key) => connection.ReadOne(_tables[key.Table.Name].Select, PreparedConnection.KeyParameters(key));

    private static Item KeysOf(Item item, IReadOnlyList<KeyAttribute> attributes)
    {
        var keys = new Item(attributes.Count);
        foreach (var attribute in attributes) keys[attribute.Name] = item[attribute.Name];
        return keys;
    }

    /// <summary>Reads on the caller's thread: a look into the page cache is shorter than a change of threads.</summary>
    private Task<T> Read<T>(Func<PreparedConnection, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        CostMeter.Add(0, 0);
        PreparedConnection? connection = null;
        try
        {
            if (!_idle.TryTake(out connection)) connection = new(_path);
            var answer = Task.FromResult(read(connection));
            _idle.Add(connection);
            return answer;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw new StoreUnavailableException("The database file could not be read.", e);
        }
    }
}
