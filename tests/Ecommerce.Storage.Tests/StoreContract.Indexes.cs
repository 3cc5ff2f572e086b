using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

/// <summary>An index may lag in the service; both engines under test are up to date at once, and that is what makes these facts testable.</summary>
public abstract partial class StoreContract
{
    private Query Due => new(Things, _scope) { Index = ByDue };

    [Fact]
    public async Task An_item_is_in_an_index_only_while_it_has_both_of_its_attributes()
    {
        await MustCommit(
            Create(Thing("none")),
            Create(Thing("status", ("status", _scope))),
            Create(Thing("due", ("due", 1))),
            Create(Thing("both", ("status", _scope), ("due", 1))));
        Assert.Equal([ThingKey("both")], await KeysOf(Due));

        await MustCommit(
            new Put(Things, Thing("status", ("status", _scope), ("due", 0)), Expect.AtVersion(1)),
            new Put(Things, Thing("both", ("due", 1)), Expect.AtVersion(1)));
        Assert.Equal([ThingKey("status")], await KeysOf(Due));

        await MustCommit(new Put(Things, Thing("status", ("status", _scope)), Expect.AtVersion(2)));
        Assert.Empty(await KeysOf(Due));
    }

    [Fact]
    public async Task An_index_follows_changes_and_deletions()
    {
        await MustCommit(Create(Thing("a", ("status", _scope), ("due", 1))), Create(Thing("b", ("status", _scope), ("due", 2))));
        await MustCommit(new Put(Things, Thing("a", ("status", Scoped("other")), ("due", 1)), Expect.AtVersion(1)));
        Assert.Equal([ThingKey("b")], await KeysOf(Due));
        Assert.Equal([ThingKey("a")], await KeysOf(Due with { Partition = Scoped("other") }));
        await MustCommit(new Delete(ThingKey("b"), Expect.Present));
        Assert.Empty(await KeysOf(Due));
    }

    [Fact]
    public async Task An_index_of_everything_carries_whole_items()
    {
        var thing = Thing("a", ("status", _scope), ("due", 1), ("text", "whole"), ("map", new Item { ["x"] = 1 }));
        await MustCommit(Create(thing));
        Same(AtVersion(1, thing), Assert.Single(await All(Due)));
    }

    [Fact]
    public async Task An_index_of_keys_carries_the_keys_of_the_table_and_of_the_index()
    {
        await MustCommit(
            Create(Thing("a", ("owner", _scope), ("at", "now"), ("text", "left out"))),
            CreateNote("1", "o", ("rank", 3), ("text", "left out")));
        Same(Thing("a", ("owner", _scope), ("at", "now")), Assert.Single(await All(new(Things, _scope) { Index = ByOwner })));
        Same(Note("1", "o", ("rank", 3)), Assert.Single(await All(NotesOf() with { Index = ByRank })));
    }

    [Fact]
    public async Task Adjusting_the_sort_attribute_of_an_index_moves_the_entry()
    {
        await MustCommit([.. "abc".Select((name, i) => Create(Thing($"{name}", ("status", _scope), ("due", 10 * i))))]);
        await MustCommit(new Adjust(ThingKey("a"), new Delta("due", 15)));
        Assert.Equal([ThingKey("b"), ThingKey("a"), ThingKey("c")], await KeysOf(Due));
        Assert.Equal([ThingKey("a")], await KeysOf(Due with { From = 11, To = 19 }));
    }

    [Fact]
    public async Task Adjusting_an_absent_sort_attribute_puts_the_item_into_the_index()
    {
        await MustCommit(Create(Thing("a", ("status", _scope))));
        await MustCommit(new Adjust(ThingKey("a"), new Delta("due", 5)));
        Same(AtVersion(2, Thing("a", ("status", _scope), ("due", 5))), Assert.Single(await All(Due)));
    }

    [Fact]
    public async Task A_rejected_commit_leaves_the_indexes_alone()
    {
        await MustCommit(Create(Thing("a", ("status", _scope), ("due", 1))));
        var result = await Commit(
            new Put(Things, Thing("a"), Expect.AtVersion(1)),
            Create(Thing("b", ("status", _scope), ("due", 2))),
            new Check(ThingKey("none"), Expect.Present));
        Assert.False(result.IsCommitted);
        Assert.Equal([ThingKey("a")], await KeysOf(Due));
    }

    [Theory, InlineData("\u0001"), InlineData("it's \"quoted\" \\"), InlineData("12"), InlineData("true"), InlineData("[1]"), InlineData("null")]
    public async Task Any_text_makes_a_key_of_an_index(string text)
    {
        await MustCommit(Create(Thing("a", ("owner", Scoped(text)), ("at", text))));
        var query = new Query(Things, Scoped(text)) { Index = ByOwner, From = text, To = text };
        Same(Thing("a", ("owner", Scoped(text)), ("at", text)), Assert.Single(await All(query)));
    }

    private async Task<List<ItemKey>> KeysOf(Query query) => (await All(query)).ConvertAll(query.Table.KeyOf);
}
