using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ecommerce.Storage.Sqlite;

/// <summary>One connection and the statements it has prepared. Used by one thread at a time.</summary>
internal sealed class PreparedConnection : IDisposable
{
    private const int BusySeconds = 5;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    static PreparedConnection() => Batteries_V2.Init();

    public PreparedConnection(string path)
    {
        _connection = new($"Data Source={path};Pooling=False;Default Timeout={BusySeconds}");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");

        // FULL: a commit that was answered survives a power cut, not only the end of the process.
        Execute("PRAGMA synchronous = FULL");

        // What is deleted or replaced is written over with zeros: an account that was removed is not left in the file's free space.
        Execute("PRAGMA secure_delete = ON");
        Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");
    }

    public void Execute(string sql, params ReadOnlySpan<(string Name, Value Value)> parameters) => Command(sql, parameters).ExecuteNonQuery();

    public Item? ReadOne(string sql, params ReadOnlySpan<(string Name, Value Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        return reader.Read() ? ItemIn(reader) : null;
    }

    public List<Item> ReadAll(string sql, params ReadOnlySpan<(string Name, Value Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        var items = new List<Item>();
        while (reader.Read()) items.Add(ItemIn(reader));
        return items;
    }

    public List<string> ReadTexts(string sql, params ReadOnlySpan<(string Name, Value Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    public void Write(string sql, ItemKey key, string? json)
    {
        var command = Command(sql, KeyParameters(key));
        if (json is not null) Bind(command, "$item", json);
        command.ExecuteNonQuery();
    }

    public static string Text(Item item) => System.Text.Encoding.UTF8.GetString(ItemJson.Write(item));

    public static ReadOnlySpan<(string Name, Value Value)> KeyParameters(ItemKey key) =>
        key.Sort.IsNone ? new[] { ("$pk", key.Partition) } : new[] { ("$pk", key.Partition), ("$sk", key.Sort) };

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, Value Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        foreach (var (name, value) in parameters) Bind(command, name, value.Kind == ValueKind.Number ? value.AsNumber : value.AsText);
        return command;
    }

    private static void Bind(SqliteCommand command, string name, object value)
    {
        var at = command.Parameters.IndexOf(name);
        if (at < 0) command.Parameters.AddWithValue(name, value);
        else command.Parameters[at].Value = value;
    }

    /// <summary>The column's UTF-8 bytes are parsed where SQLite holds them, without a copy or a string in between.</summary>
    private static Item ItemIn(SqliteDataReader reader) => ItemJson.Read(raw.sqlite3_column_blob(reader.Handle, 0));
}
