using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Ecommerce.Storage.Sqlite;

/// <summary>
/// Makes commits, one after the other, on a thread of its own. Those that wait while the disk syncs share the next transaction
/// and its sync (group commit); each still stands or falls alone, for its conditions are checked before its first row is written.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int CommitsPerTransaction = 64;
    private const string CreateTokens = "CREATE TABLE IF NOT EXISTS commit_token (token TEXT PRIMARY KEY, writes TEXT NOT NULL, at INTEGER NOT NULL)";
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LapseInterval = TimeSpan.FromHours(1);

    private readonly string _path;
    private readonly PreparedConnection _connection;
    private readonly IReadOnlyDictionary<string, SqliteTable> _tables;
    private readonly BlockingCollection<Waiting> _waiting = [];
    private readonly Thread _thread;
    private long _lapsedAt;

    public SqliteWriter(string path, IReadOnlyDictionary<string, SqliteTable> tables)
    {
        _path = path;
        _connection = new(path);
        _tables = tables;
        try
        {
            Prepare();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _thread = new(Run) { IsBackground = true, Name = "sqlite-writer" };
        _thread.Start();
    }

    public Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token)
    {
        var waiting = new Waiting(writes, token);
        _waiting.Add(waiting);
        return waiting.Done.Task;
    }

    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _connection.Dispose();
        _waiting.Dispose();
    }

    /// <summary>Makes what is missing and removes what has lapsed. In one transaction: a new file waits for the disk once, not for every table and index.</summary>
    private void Prepare()
    {
        _connection.Execute("BEGIN IMMEDIATE");
        _connection.Execute(CreateTokens);
        foreach (var table in _tables.Values)
        {
            _connection.Execute(table.CreateTable);
            var info = $"FROM pragma_table_xinfo('{table.Name.Trim('"')}')";
            if (!table.HasKeys(_connection.ReadTexts($"SELECT name {info} WHERE hidden = 0"))) throw OtherKeys(table);
            var columns = _connection.ReadTexts($"SELECT name {info}").ToHashSet();
            foreach (var addition in table.Additions(columns)) _connection.Execute(addition);
        }

        DeleteLapsed();
        _connection.Execute("COMMIT");
    }

    private StoreUnavailableException OtherKeys(SqliteTable table) => new(
        $"Store__SqlitePath: the database file '{_path}' was made by another version of the shop: its table {table.Name.Trim('"')} has other keys. "
        + "Move it away, or delete it.");

    private void DeleteLapsed()
    {
        foreach (var delete in _tables.Values.Select(table => table.DeleteLapsed).OfType<string>()) _connection.Execute(delete, ("$now", Now / 1000));
        _lapsedAt = Now;
    }

    private void Run()
    {
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            var group = new List<Waiting> { first };
            while (group.Count < CommitsPerTransaction && _waiting.TryTake(out var next)) group.Add(next);
            var isHour = Now - _lapsedAt > LapseInterval.TotalMilliseconds;
            try
            {
                _connection.Execute("BEGIN IMMEDIATE");
                foreach (var commit in group) Make(commit);
                if (isHour) DeleteLapsed();
                _connection.Execute("COMMIT");

                // What was deleted still stands in the write-ahead log.
                if (isHour) _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            catch (Exception e)
            {
                Fail(group, e);
                continue;
            }

            foreach (var commit in group) commit.Answer();
        }
    }

    /// <summary>
    /// Makes one commit of the group. One that breaks a rule does so while it is looked at, before its first row is written, and
    /// fails alone; a failure of the database is the whole group's.
    /// </summary>
    private void Make(Waiting commit)
    {
        try
        {
            commit.Result = Apply(commit);
        }
        catch (Exception e) when (e is not SqliteException)
        {
            commit.Trouble = e;
        }
    }

    private CommitResult Apply(Waiting commit)
    {
        if (commit.Token is not null && WasCommitted(commit)) return CommitResult.Committed;

        var rejections = new List<Rejection>();
        var rows = new List<Row>(commit.Writes.Count);
        for (var i = 0; i < commit.Writes.Count; i++)
        {
            var write = commit.Writes[i];
            var table = _tables[write.Key.Table.Name];
            var current = _connection.ReadOne(table.Select, PreparedConnection.KeyParameters(write.Key));
            if (Precondition.Refusal(write, current) is { } reason) rejections.Add(new(i, reason, current));
            else if (write is Put put) rows.Add(new(table.Upsert, write.Key, PreparedConnection.Text(Precondition.Apply(put))));
            else if (write is Adjust adjust) rows.Add(new(table.Upsert, write.Key, PreparedConnection.Text(Precondition.Apply(adjust, current))));
            else if (write is Delete && current is not null) rows.Add(new(table.Delete, write.Key, null));
        }

        if (rejections.Count > 0) return CommitResult.Rejected(rejections);

        foreach (var row in rows) _connection.Write(row.Sql, row.Key, row.Json);
        if (commit.Token is not null) Remember(commit);
        return CommitResult.Committed;
    }

    private bool WasCommitted(Waiting commit)
    {
        _connection.Execute("DELETE FROM commit_token WHERE at < $at", ("$at", Now - (long)TokenLife.TotalMilliseconds));
        var known = _connection.ReadTexts("SELECT writes FROM commit_token WHERE token = $token", ("$token", commit.Token!));
        if (known.Count == 0) return false;
        return known[0] == CommitFingerprint.Of(commit.Writes) ? true : throw new StoreLimitException("The token belongs to another commit.");
    }

    private void Remember(Waiting commit) => _connection.Execute("INSERT INTO commit_token VALUES ($token, $writes, $at)",
        ("$token", commit.Token!), ("$writes", CommitFingerprint.Of(commit.Writes)), ("$at", Now));

    private void Fail(List<Waiting> commits, Exception cause)
    {
        var failure = cause is SqliteException ? new StoreUnavailableException("The database file could not be written.", cause) : cause;
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // SQLite has rolled back by itself, as it does when the disk is full: no transaction is open.
        }

        foreach (var commit in commits) commit.Done.TrySetException(failure);
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private readonly record struct Row(string Sql, ItemKey Key, string? Json);

    private sealed class Waiting(IReadOnlyList<Write> writes, string? token)
    {
        public IReadOnlyList<Write> Writes => writes;

        public string? Token => token;

        public CommitResult? Result { get; set; }

        public Exception? Trouble { get; set; }

        public TaskCompletionSource<CommitResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Answer()
        {
            if (Trouble is null) Done.SetResult(Result!);
            else Done.SetException(Trouble);
        }
    }
}
