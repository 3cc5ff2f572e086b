using System.Text;

namespace Ecommerce.Storage.Tests.Sqlite;

/// <summary>What the embedded engine makes of a file that is there, and leaves in one.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.FullName, "store.db");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Those of the definition are <c>stream</c> and, perhaps, <c>entry</c>.</summary>
    [Theory]
    [InlineData("day", "entry", true)]
    [InlineData("stream", "number", true)]
    [InlineData("stream", null, true)]
    [InlineData("stream", "entry", false)]
    [InlineData("day", null, false)]
    public async Task A_file_whose_table_has_other_keys_is_not_opened(string partition, string? sort, bool hasSort)
    {
        using (await Open(Logs(partition, sort)))
        {
        }

        var defined = Logs("stream", hasSort ? "entry" : null);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => Open(defined));
        Assert.Equal(
            $"Store__SqlitePath: the database file '{Path}' was made by another version of the shop: its table Logs has other keys. Move it away, or delete it.",
            refused.Message);
        using var store = await Open(Logs(partition, sort));
        Assert.True((await store.Commit([new Put(TestTables.Things, new() { ["id"] = "1" }, Expect.Absent)], cancellation: Cancellation)).IsCommitted);
    }

    [Fact]
    public async Task What_was_deleted_or_replaced_is_not_in_the_file()
    {
        const string Personal = "Ada Lovelace, St James's Square 12";
        using (var store = await Open())
        {
            for (var n = 0; n < 100; n++) await Commit(store, new Put(TestTables.Things, Thing(n, $"{Personal} {n}"), Expect.Absent));
        }

        Assert.Contains(Personal, Bytes());
        using (var store = await Open())
        {
            for (var n = 0; n < 100; n++)
                await Commit(store, n % 2 == 0 ? new Delete(TestTables.Things.Key($"{n}"), Expect.Anything) : new Put(TestTables.Things, Thing(n, ""), Expect.Anything));
        }

        Assert.DoesNotContain(Personal, Bytes());
    }

    private static Item Thing(int n, string text) => new() { ["id"] = $"{n}", ["text"] = text };

    private static TableDefinition Logs(string partition, string? sort) =>
        new("Logs", KeyAttribute.Text(partition), sort is null ? null : KeyAttribute.Text(sort), new IndexDefinition("by-kind", KeyAttribute.Text("kind"), KeyAttribute.Text("at")));

    private static async Task Commit(IStore store, Write write) => Assert.True((await store.Commit([write], cancellation: Cancellation)).IsCommitted);

    private Task<IStore> Open(params TableDefinition[] tables) => StoreEngines.Open(
        new() { Engine = StoreEngine.Sqlite, SqlitePath = Path, Tables = [TestTables.Things, .. tables] }, Cancellation);

    /// <summary>Of every file there is, as text.</summary>
    private string Bytes() => string.Concat(_folder.GetFiles().Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file.FullName))));
}
