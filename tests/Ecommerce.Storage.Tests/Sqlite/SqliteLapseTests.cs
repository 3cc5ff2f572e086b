namespace Ecommerce.Storage.Tests.Sqlite;

/// <summary>The embedded engine removes what has lapsed when it opens the file; nobody else does it there.</summary>
public sealed class SqliteLapseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_lapsed_is_gone_when_the_file_is_opened_again()
    {
        await using var fixture = new SqliteFixture();
        var store = await fixture.Store();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await store.Commit([Note("lapsed", now - 1), Note("later", now + 3600)], cancellation: Cancellation);
        Assert.NotNull(await store.Get(TestTables.Notes.Key("o", "lapsed"), consistent: true, Cancellation));

        var another = await fixture.OpenAnother();
        Assert.Null(await another.Get(TestTables.Notes.Key("o", "lapsed"), consistent: true, Cancellation));
        Assert.NotNull(await another.Get(TestTables.Notes.Key("o", "later"), consistent: true, Cancellation));
    }

    private static Put Note(string at, long lapsesAt) => new(TestTables.Notes, new() { ["owner"] = "o", ["at"] = at, ["lapsesAt"] = lapsesAt }, Expect.Absent);
}
