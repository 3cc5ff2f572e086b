using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    /// <summary>In the order of their UTF-8 bytes; UTF-16 would put the emoji, a surrogate pair, before U+FFFD.</summary>
    private static readonly string[] OrderedTexts =
    [
        "\u0001", " ", "10", "9", "A", "Z", "a", "a\u0001", "aa", "z", "\u007f", "ä", "é", "日", "\uE000", "\uFFFD", "\uFFFF", "😀", "\U0010FFFF",
    ];

    private static readonly long[] OrderedNumbers = [long.MinValue, -100, -20, -3, -1, 0, 1, 5, 10, 99, 100, 1_000_000, long.MaxValue];

    private Query NotesOf(string owner = "o") => new(Notes, Scoped(owner));

    [Theory, InlineData(false), InlineData(true)]
    public async Task Text_is_ordered_by_its_UTF8_bytes(bool descending)
    {
        await MustCommit([.. OrderedTexts.Reverse().Select(at => CreateNote(at))]);
        var items = (await Store.Query(NotesOf() with { Limit = 100, Descending = descending }, Cancellation)).Items;
        Assert.Equal(Directed(OrderedTexts, descending), items.Select(item => item.Text("at")));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Text_of_an_index_is_ordered_by_its_UTF8_bytes(bool descending)
    {
        await MustCommit([.. OrderedTexts.Reverse().Select((at, i) => Create(Thing($"{i}", ("owner", _scope), ("at", at))))]);
        var items = (await Store.Query(new(Things, _scope) { Index = ByOwner, Limit = 100, Descending = descending }, Cancellation)).Items;
        Assert.Equal(Directed(OrderedTexts, descending), items.Select(item => item.Text("at")));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Numbers_are_ordered_by_size(bool descending)
    {
        var order = NewOrder();
        await MustCommit([.. OrderedNumbers.Reverse().Select(line => Create(Lines, new() { ["order"] = order, ["line"] = line }))]);
        var items = (await Store.Query(new(Lines, order) { Limit = 100, Descending = descending }, Cancellation)).Items;
        Assert.Equal(Directed(OrderedNumbers, descending), items.Select(item => item.Number("line")));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Numbers_of_an_index_are_ordered_by_size(bool descending)
    {
        await MustCommit([.. OrderedNumbers.Reverse().Select((due, i) => Create(Thing($"{i}", ("status", _scope), ("due", due))))]);
        var items = (await Store.Query(new(Things, _scope) { Index = ByDue, Limit = 100, Descending = descending }, Cancellation)).Items;
        Assert.Equal(Directed(OrderedNumbers, descending), items.Select(item => item.Number("due")));
    }

    [Theory]
    [InlineData("3", "5", "345"), InlineData("3", null, "3456789"), InlineData(null, "3", "123"), InlineData("3", "3", "3"), InlineData("0", "1~", "1"),
     InlineData("5", "3", ""), InlineData("91", null, ""), InlineData(null, "0", ""), InlineData(null, null, "123456789")]
    public async Task Bounds_are_inclusive(string? from, string? to, string expected)
    {
        await MustCommit([.. "123456789".Select(at => CreateNote($"{at}"))]);
        await MustCommit([.. "123456789".Select(at => CreateNote($"{at}", "somebody else"))]);
        var query = NotesOf() with { From = from, To = to };
        Assert.Equal(expected, string.Concat((await All(query)).Select(item => item.Text("at"))));
        Assert.Equal(expected, string.Concat((await All(query with { Limit = 2, Consistent = true })).Select(item => item.Text("at"))));
        Assert.Equal(expected, string.Concat((await All(query with { Limit = 2, Descending = true })).Select(item => item.Text("at")).Reverse()));
    }

    [Theory]
    [InlineData(-1L, 5L, "-1,0,1,5"), InlineData(100L, null, "100,1000000,9223372036854775807"), InlineData(null, -20L, "-9223372036854775808,-100,-20")]
    public async Task Bounds_of_numbers_are_inclusive(long? from, long? to, string expected)
    {
        await MustCommit([.. OrderedNumbers.Select((due, i) => Create(Thing($"{i}", ("status", _scope), ("due", due))))]);
        var seen = await All(new(Things, _scope) { Index = ByDue, From = from, To = to, Limit = 2 });
        Assert.Equal(expected, string.Join(',', seen.Select(item => item.Number("due"))));
    }

    [Fact]
    public async Task A_query_reads_whole_items_of_one_partition()
    {
        var note = Note("1", "o", ("text", "😀"), ("list", Value.Of([1, new Item { ["x"] = true }])));
        await MustCommit(Create(Notes, note), CreateNote("1", "o2"));
        Same(AtVersion(1, note), Assert.Single((await Store.Query(NotesOf() with { Consistent = true }, Cancellation)).Items));
        Assert.Empty((await Store.Query(NotesOf("nobody"), Cancellation)).Items);
    }

    [Fact]
    public async Task A_partition_without_a_sort_key_is_its_one_item()
    {
        Assert.Empty((await Store.Query(new(Things, Scoped("a")), Cancellation)).Items);
        await MustCommit(Create(Thing()));
        var query = new Query(Things, Scoped("a")) { Limit = 1 };
        var page = await Store.Query(query, Cancellation);
        Same(AtVersion(1, Thing()), Assert.Single(page.Items));
        Assert.Null(page.Next);
        Assert.Empty((await Store.Query(query with { After = query.CursorAt(page.Items[0]) }, Cancellation)).Items);
    }

    [Fact]
    public async Task A_consistent_query_sees_a_commit_at_once()
    {
        for (var i = 1; i <= 10; i++)
        {
            await MustCommit(CreateNote($"{i}"));
            Assert.Equal(i, (await Store.Query(NotesOf() with { Consistent = true }, Cancellation)).Items.Count);
        }
    }

    /// <summary>DynamoDB reads 1 MB at a time.</summary>
    [Fact]
    public async Task A_page_is_full_whatever_its_bytes()
    {
        await MustCommitAll(Enumerable.Range(0, 300).Select(i => CreateNote($"{i:000}", "o", ("text", new string('x', 6_000)))));
        var page = await Store.Query(NotesOf() with { Limit = 299 }, Cancellation);
        Assert.Equal(299, page.Items.Count);
        page = await Store.Query(NotesOf() with { Limit = 299, After = page.Next }, Cancellation);
        Assert.Equal("299", Assert.Single(page.Items).Text("at"));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task A_page_has_up_to_a_thousand_items()
    {
        await MustCommitAll(Enumerable.Range(0, 1_001).Select(i => CreateNote($"{i:0000}")));
        var page = await Store.Query(NotesOf() with { Limit = 1_000 }, Cancellation);
        Assert.Equal(1_000, page.Items.Count);
        Assert.Single((await Store.Query(NotesOf() with { Limit = 1_000, After = page.Next }, Cancellation)).Items);
    }

    private static IEnumerable<T> Directed<T>(IEnumerable<T> ascending, bool descending) => descending ? ascending.Reverse() : ascending;
}
