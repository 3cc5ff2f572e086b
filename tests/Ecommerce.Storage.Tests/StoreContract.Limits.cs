using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_commit_has_1_to_100_writes()
    {
        Write[] writes = [.. Enumerable.Range(0, 101).Select(i => Create(Thing($"{i}")))];
        await MustBreakALimit();
        await MustBreakALimit(writes);
        Assert.Null(await Get(ThingKey("0")));
        await MustCommit(writes[..100]);
        Assert.NotNull(await Get(ThingKey("99")));
    }

    [Fact]
    public async Task A_commit_writes_a_key_once()
    {
        await MustBreakALimit(Create(Thing("a")), Create(Thing("b")), new Adjust(ThingKey("a"), new Delta("n", 1)));
        await MustBreakALimit(new Check(NoteKey("1"), Expect.Absent), CreateNote("1"));
        Assert.Equal([null, null, null], await Store.GetMany([ThingKey("a"), ThingKey("b"), NoteKey("1")], consistent: true, Cancellation));
        await MustCommit(CreateNote("1", "same"), CreateNote("2", "same"), Create(Thing("same")));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_item_with_its_version_has_at_most_400_KB(bool alone)
    {
        var largest = OfSize(StoreLimits.ItemBytes);
        Write[] company = alone ? [] : [Create(Thing("company"))];
        var unversioned = With(largest, (Item.VersionAttribute, Value.None));
        await MustBreakALimit([Create(With(unversioned, ("filler", largest.Text("filler") + "x"))), .. company]);
        Assert.Null(await Get(ThingKey()));
        await MustCommit([Create(unversioned), .. company]);
        Same(largest, await Get(ThingKey()));
    }

    [Fact]
    public async Task Size_counts_bytes_not_characters()
    {
        await MustBreakALimit(Create(Thing("a", ("text", new string('ä', 205_000)))));
        await MustCommit(Create(Thing("a", ("text", new string('ä', 204_000)))));
    }

    [Fact]
    public async Task A_commit_puts_at_most_4_MB()
    {
        Write[] writes = [.. Enumerable.Range(0, 11).Select(i => Create(Thing($"{i}", ("text", new string('x', 400_000)))))];
        await MustBreakALimit(writes);
        Assert.Null(await Get(ThingKey("0")));
        await MustCommit(writes[..10]);
    }

    [Fact]
    public async Task An_item_is_nested_at_most_32_levels_deep()
    {
        var deepest = Thing("a", ("value", Nested(StoreLimits.AttributeDepth)));
        await MustBreakALimit(Create(Thing("b", ("value", Nested(StoreLimits.AttributeDepth + 1)))));
        await MustCommit(Create(deepest));
        Same(AtVersion(1, deepest), await Get(ThingKey()));
    }

    [Fact]
    public async Task A_key_is_of_its_attributes_kind()
    {
        await MustBreakAKey(new(Things, 1));
        await MustBreakAKey(new(Things, true));
        await MustBreakAKey(new(Things, NoElements));
        await MustBreakAKey(new(Things, Value.None));
        await MustBreakAKey(new(Lines, "1", 1));
        await MustBreakAKey(new(Lines, 1, "1"));
    }

    [Fact]
    public async Task A_key_has_a_sort_key_exactly_where_its_table_has_one()
    {
        await MustBreakAKey(new(Things, "a", "b"));
        await MustBreakAKey(new(Notes, "a"));
        Assert.Throws<ArgumentException>(() => Things.Key("a", "b"));
        Assert.Throws<ArgumentException>(() => Notes.Key("a"));
    }

    [Fact]
    public async Task A_key_is_neither_empty_nor_too_long()
    {
        await MustBreakAKey(new(Things, ""));
        await MustBreakAKey(new(Notes, "a", ""));
        await MustBreakAKey(new(Things, new string('x', StoreLimits.PartitionKeyBytes + 1)));
        await MustBreakAKey(new(Things, new string('ä', StoreLimits.PartitionKeyBytes / 2 + 1)));
        await MustBreakAKey(new(Notes, "a", new string('x', StoreLimits.SortKeyBytes + 1)));
        var longest = Notes.Key(Scoped(new('x', StoreLimits.PartitionKeyBytes - Scoped("").Length)), new string('ä', StoreLimits.SortKeyBytes / 2));
        await MustCommit(new Adjust(longest, [new("n", 1)], Expect.Anything));
        Assert.Equal(1, await NumberAt(longest, "n"));
    }

    [Fact]
    public async Task A_put_item_has_its_whole_key()
    {
        await MustBreakALimit(Create(new Item { ["name"] = "no id" }));
        await MustBreakALimit(Create(Notes, new Item { ["owner"] = "o" }));
        await MustBreakALimit(Create(new Item { ["id"] = 5 }));
    }

    [Fact]
    public async Task An_attribute_of_an_index_is_of_its_kind_and_length_where_it_is_there()
    {
        await MustBreakALimit(Create(Thing("a", ("status", 1))));
        await MustBreakALimit(Create(Thing("a", ("due", "tomorrow"))));
        await MustBreakALimit(Create(Thing("a", ("status", ""), ("due", 1))));
        await MustBreakALimit(Create(Thing("a", ("owner", new string('x', StoreLimits.PartitionKeyBytes + 1)))));
        await MustBreakALimit(Create(Thing("a", ("at", new string('x', StoreLimits.SortKeyBytes + 1)))));
        await MustCommit(Create(Thing("a", ("at", new string('x', StoreLimits.SortKeyBytes)))));
    }

    [Fact]
    public async Task A_query_keeps_the_limits()
    {
        var query = new Query(Notes, Scoped("o"));
        await MustBreakALimit(query with { Limit = 0 });
        await MustBreakALimit(query with { Limit = -1 });
        await MustBreakALimit(query with { Limit = StoreLimits.ItemsPerPage + 1 });
        await MustBreakALimit(query with { Partition = 1 });
        await MustBreakALimit(query with { Partition = "" });
        await MustBreakALimit(query with { Partition = Value.None });
        await MustBreakALimit(query with { From = 1 });
        await MustBreakALimit(query with { To = "" });
        await MustBreakALimit(query with { Index = ByDue });
        await MustBreakALimit(query with { Index = ByRank, Consistent = true });
        await MustBreakALimit(query with { Index = ByRank, From = "text" });
        await MustBreakALimit(new Query(Things, Scoped("a")) { From = "a" });
        Assert.Empty((await Store.Query(query with { Limit = StoreLimits.ItemsPerPage }, Cancellation)).Items);
    }

    [Fact]
    public async Task A_key_has_no_NUL()
    {
        await MustBreakAKey(new(Things, "a\0"));
        await MustBreakAKey(new(Notes, "a", "\0"));
        await MustBreakALimit(Create(Thing("a", ("owner", "o"), ("at", "a\0"))));
        await MustBreakALimit(NotesOf() with { To = "\0" });
    }

    private async Task MustBreakAKey(ItemKey key)
    {
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.Get(key, consistent: true, Cancellation));
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.GetMany([ThingKey(), key], consistent: true, Cancellation));
        await MustBreakALimit(new Delete(key, Expect.Anything));
        await MustBreakALimit(Create(Thing()), new Adjust(key, [new("n", 1)], Expect.Anything));
        Assert.Null(await Get(ThingKey()));
    }

    private Task<StoreLimitException> MustBreakALimit(Query query) => Assert.ThrowsAsync<StoreLimitException>(() => Store.Query(query, Cancellation));

    /// <summary>A thing at version 1 that has so many bytes, its version among them.</summary>
    private Item OfSize(int bytes)
    {
        var item = AtVersion(1, Thing("a", ("filler", "")));
        return With(item, ("filler", new string('x', bytes - ItemSize.Of(item))));
    }

    private static Value Nested(int levels)
    {
        Value value = "leaf";
        for (var i = 1; i < levels; i++) value = i % 2 == 0 ? Value.Of([value]) : new Item { ["in"] = value };
        return value;
    }
}
