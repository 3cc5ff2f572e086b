using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    public static TheoryData<string> Texts =>
    [
        "", " ", "plain", "\"quoted\" \\ / ' ; --", "line\r\nbreak\tand tab", "nul \0 inside", "\u0001\u001f\u007f\u0085\u2028", "äöü ß",
        "e\u0301 is not \u00e9", "日本語", "\uFFFD \uFFFF", "😀👩‍👩‍👧 𝔘", new string('x', 10_000),
    ];

    [Theory, MemberData(nameof(Texts))]
    public async Task A_text_comes_back_as_it_was(string text)
    {
        await MustCommit(Create(Thing("a", ("text", text))));
        Assert.Equal(text, (await Get(ThingKey()))!.Text("text"));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(-1), InlineData(long.MaxValue), InlineData(long.MinValue), InlineData(9_007_199_254_740_993)]
    public async Task A_number_comes_back_as_it_was(long number)
    {
        await MustCommit(Create(Thing("a", ("number", number))));
        Assert.Equal(number, await NumberAt(ThingKey(), "number"));
    }

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_was()
    {
        var item = Thing("a", ("true", true), ("false", false), ("no elements", NoElements), ("no attributes", new Item()), ("mixed", Value.Of([
            "text", 1, true, "", NoElements, new Item(), Value.Of([Value.Of([2, "deep"])]),
            new Item { ["list"] = Value.Of([new Item { ["deeper"] = -3 }]), ["flag"] = false, ["text"] = "" },
        ])));
        await MustCommit(Create(item));
        Same(AtVersion(1, item), await Get(ThingKey()));
    }

    [Theory]
    [InlineData("name"), InlineData("Size"), InlineData("with space"), InlineData("a.b[0]"), InlineData("#n0"), InlineData(":v0"), InlineData("$"),
     InlineData("quo\"te'd"), InlineData("ключ 😀"), InlineData("item"), InlineData("rowid")]
    public async Task Any_attribute_name_will_do(string name)
    {
        await MustCommit(Create(Thing("a", (name, 1))));
        await MustCommit(new Adjust(ThingKey(), new Delta(name, 2)));
        Same(AtVersion(2, Thing("a", (name, 3))), await Get(ThingKey()));
    }

    [Theory]
    [InlineData("\u0001"), InlineData("it's \"quoted\""), InlineData("😀"), InlineData("\uFFFF"), InlineData(" "), InlineData("e\u0301")]
    public async Task Any_text_makes_a_key(string name)
    {
        await MustCommit(Create(Thing(name)), Create(Things, Thing(name + name)));
        Same(AtVersion(1, Thing(name)), await Get(ThingKey(name)));
    }

    [Fact]
    public async Task Keys_differ_by_their_bytes_alone()
    {
        string[] names = ["a", "A", "á", "a\u0301", "a ", "a\u0001", "1", "01"];
        await MustCommit([.. names.Select((name, i) => Create(Thing(name, ("n", i))))]);
        foreach (var (i, name) in names.Index()) Assert.Equal(i, await NumberAt(ThingKey(name), "n"));
    }

    [Theory]
    [InlineData(0, 0), InlineData(-1, 1), InlineData(long.MinValue, long.MaxValue)]
    public async Task Numbers_make_a_key(long order, long line)
    {
        var key = Lines.Key(order, line);
        await Commit(new Delete(key, Expect.Anything));
        Assert.Null(await Get(key));
        await MustCommit(Create(Lines, new() { ["order"] = order, ["line"] = line }));
        Same(new() { ["order"] = order, ["line"] = line, [Item.VersionAttribute] = 1 }, await Get(key));
    }

    [Fact]
    public async Task Nothing_is_there_before_it_is_put()
    {
        Assert.Null(await Store.Get(ThingKey(), consistent: true, Cancellation));
        Assert.Null(await Store.Get(ThingKey(), consistent: false, Cancellation));
    }

    [Fact]
    public async Task The_sort_key_is_part_of_the_key()
    {
        await MustCommit(CreateNote("1"));
        Assert.Null(await Get(NoteKey("2")));
        Assert.Null(await Get(NoteKey("1", "somebody else")));
        Assert.NotNull(await Get(NoteKey("1")));
    }

    [Fact]
    public async Task Tables_are_apart()
    {
        await MustCommit(CreateNote("1", "same"));
        Assert.Null(await Get(ThingKey("same")));
    }

    [Fact]
    public async Task A_consistent_read_sees_a_commit_at_once_also_from_another_store()
    {
        var another = await fixture.OpenAnother();
        await MustCommit(Create(Thing()));
        for (var i = 0; i < 20; i++)
        {
            await MustCommit(new Adjust(ThingKey(), new Delta("n", 1)));
            Assert.Equal(i + 1, await NumberAt(ThingKey(), "n"));
            Assert.Equal(i + 1, (await another.Get(ThingKey(), consistent: true, Cancellation))!.Number("n"));
        }
    }

    [Fact]
    public async Task GetMany_answers_in_the_order_of_the_keys()
    {
        await MustCommit([.. "abcde".Select(name => Create(Thing($"{name}")))]);
        ItemKey[] keys = [.. "dbeca".Select(name => ThingKey($"{name}"))];
        var items = await Store.GetMany(keys, consistent: true, Cancellation);
        Assert.Equal(keys, items.Select(item => Things.KeyOf(item!)));
    }

    [Fact]
    public async Task GetMany_answers_duplicates_each_and_missing_ones_with_null()
    {
        await MustCommit(Create(Thing("a")), Create(Thing("b")));
        var items = await Store.GetMany(
            [ThingKey("a"), ThingKey("none"), ThingKey("b"), ThingKey("a"), ThingKey("none")], consistent: true, Cancellation);
        Assert.Equal(
            [ThingKey("a"), null, ThingKey("b"), ThingKey("a"), null],
            items.Select(item => item is null ? (ItemKey?)null : Things.KeyOf(item)));
    }

    [Fact]
    public async Task GetMany_of_missing_items_only_is_all_null()
    {
        Assert.Equal([null, null], await Store.GetMany([ThingKey("a"), NoteKey("1")], consistent: false, Cancellation));
    }

    [Fact]
    public async Task GetMany_reads_several_tables()
    {
        var line = new Item { ["order"] = NewOrder(), ["line"] = -7 };
        await MustCommit(Create(Thing()), CreateNote("1"), CreateNote("2"), Create(Lines, line));
        var items = await Store.GetMany([NoteKey("2"), Lines.KeyOf(line), ThingKey(), NoteKey("1")], consistent: true, Cancellation);
        Same(AtVersion(1, Note("2")), items[0]);
        Same(AtVersion(1, line), items[1]);
        Same(AtVersion(1, Thing()), items[2]);
        Same(AtVersion(1, Note("1")), items[3]);
    }

    [Fact]
    public async Task GetMany_reads_a_hundred_keys_and_no_more_and_not_none()
    {
        await MustCommit([.. Enumerable.Range(0, 100).Select(i => Create(Thing($"{i}")))]);
        ItemKey[] keys = [.. Enumerable.Range(0, 101).Select(i => ThingKey($"{i}"))];
        Assert.DoesNotContain(null, await Store.GetMany(keys[..100], consistent: true, Cancellation));
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.GetMany(keys, consistent: true, Cancellation));
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.GetMany([], consistent: true, Cancellation));
    }

    /// <summary>DynamoDB answers with 16 MB at most, and leaves the rest unprocessed.</summary>
    [Fact]
    public async Task GetMany_reads_20_megabytes()
    {
        var names = Enumerable.Range(0, 100).Select(i => $"{i}").ToList();
        foreach (var part in names.Chunk(20)) await MustCommit([.. part.Select(name => Create(Thing(name, ("text", new string('x', 200_000)))))]);
        var items = await Store.GetMany([.. names.Select(ThingKey)], consistent: true, Cancellation);
        Assert.Equal(names.Select(ThingKey), items.Select(item => Things.KeyOf(item!)));
        Assert.All(items, item => Assert.Equal(200_000, item!.Text("text").Length));
    }

    [Fact]
    public async Task A_cancelled_read_says_so()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Get(ThingKey(), consistent: true, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetMany([ThingKey()], consistent: true, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Query(new(Things, Scoped("a")), cancelled));
    }
}
