using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public sealed class CursorTests
{
    private static readonly Item Note = new() { ["owner"] = "o", ["at"] = "😀", ["rank"] = -1, ["kind"] = "k", ["text"] = "left out" };

    [Fact]
    public void A_cursor_carries_the_keys_of_the_table_and_of_the_index_only()
    {
        var query = new Query(Notes, "o") { Index = ByRank };
        var keys = Cursor.Parse(query with { After = query.CursorAt(Note) })!;
        Assert.True(keys.Equals(new() { ["owner"] = "o", ["at"] = "😀", ["rank"] = -1 }), keys.ToString());
    }

    [Fact]
    public void A_cursor_may_stand_in_a_URL() => Assert.Matches("^[A-Za-z0-9_-]+$", new Query(Notes, "o").CursorAt(Note));

    [Fact]
    public void An_item_without_the_keys_of_the_index_was_not_in_the_query() =>
        Assert.Throws<ArgumentException>(() => new Query(Notes, "o") { Index = ByRank }.CursorAt(new() { ["owner"] = "o", ["at"] = "1" }));

    [Fact]
    public void No_cursor_is_the_beginning() => Assert.Null(Cursor.Parse(new(Notes, "o")));
}
