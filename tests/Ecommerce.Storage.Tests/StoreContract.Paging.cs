using System.Buffers.Text;
using System.Text;
using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    [Theory]
    [InlineData(0, 3), InlineData(1, 1), InlineData(2, 3), InlineData(3, 3), InlineData(4, 3),
     InlineData(6, 3), InlineData(7, 3), InlineData(5, 1), InlineData(5, 1_000)]
    public async Task Pages_are_full_and_next_is_null_exactly_at_the_end(int count, int limit)
    {
        if (count > 0) await MustCommit([.. Enumerable.Range(0, count).Select(i => CreateNote($"{i}", "o", ("kind", _scope)))]);
        foreach (var descending in new[] { false, true })
        {
            foreach (var query in new[] { NotesOf(), new Query(Notes, _scope) { Index = ByKind } })
            {
                var sizes = new List<int>();
                await All(query with { Limit = limit, Descending = descending }, page => sizes.Add(page.Items.Count));
                Assert.Equal(count == 0 ? [0] : Enumerable.Range(0, count).Chunk(limit).Select(page => page.Length), sizes);
            }
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Paging_sees_each_item_once_in_order(bool descending)
    {
        await MustCommit([.. OrderedTexts.Select(at => CreateNote(at))]);
        var seen = await All(NotesOf() with { Limit = 3, Descending = descending });
        Assert.Equal(Directed(OrderedTexts, descending), seen.Select(item => item.Text("at")));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Items_that_tie_in_an_index_are_each_seen_once(bool descending)
    {
        await MustCommit([.. Enumerable.Range(0, 23).Select(i => Create(Thing($"{i}", ("status", _scope), ("due", i % 2 == 0 ? 7 : 8))))]);
        for (var limit = 1; limit < 5; limit++)
        {
            var seen = await All(new(Things, _scope) { Index = ByDue, Limit = limit, Descending = descending });
            Assert.Equal(Enumerable.Range(0, 23).Select(i => ThingKey($"{i}")).ToHashSet(), [.. seen.Select(Things.KeyOf)]);
            Assert.Equal(23, seen.Count);
            Assert.Equal(Directed([7L, 8L], descending), seen.Select(item => item.Number("due")).Distinct());
            Assert.Equal(descending ? 11 : 12, seen.FindLastIndex(item => item.Number("due") == (descending ? 8 : 7)) + 1);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Items_that_tie_in_an_index_of_keys_are_each_seen_once(bool descending)
    {
        await MustCommit([.. Enumerable.Range(0, 9).Select(i => Create(Notes, Note($"{i}", "o", ("rank", 1))))]);
        var seen = await All(new(Notes, Scoped("o")) { Index = ByRank, Limit = 2, Descending = descending });
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"{i}"), seen.Select(item => item.Text("at")).Order());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_cursor_survives_the_deletion_of_its_item_and_insertions(bool descending)
    {
        await MustCommit([.. "bdfhjl".Select(at => CreateNote($"{at}", "o", ("kind", _scope)))]);
        foreach (var query in new[] { NotesOf(), new Query(Notes, _scope) { Index = ByKind } })
        {
            var paged = query with { Limit = 3, Descending = descending };
            var page = await Store.Query(paged, Cancellation);
            var last = page.Items[^1];
            string[] added = ["a", "e", "g", "m"];
            await MustCommit([new Delete(Notes.KeyOf(last), Expect.Present), .. added.Select(at => CreateNote(at, "o", ("kind", _scope)))]);
            var rest = (await All(paged with { After = page.Next })).Select(item => item.Text("at"));
            Assert.Equal(descending ? ["g", "f", "e", "d", "b", "a"] : ["g", "h", "j", "l", "m"], rest);
            await MustCommit([CreateNote(last.Text("at"), "o", ("kind", _scope)), .. added.Select(at => new Delete(NoteKey(at), Expect.Present))]);
        }
    }

    [Fact]
    public async Task A_cursor_in_the_middle_of_a_page_goes_on_behind_that_item()
    {
        await MustCommit([.. "abcdef".Select(at => CreateNote($"{at}", "o", ("rank", at)))]);
        foreach (var query in new[] { NotesOf() with { Limit = 4 }, NotesOf() with { Index = ByRank, Limit = 4 } })
        {
            var page = await Store.Query(query, Cancellation);
            var rest = await Store.Query(query with { After = query.CursorAt(page.Items[1]) }, Cancellation);
            Assert.Equal("cdef", string.Concat(rest.Items.Select(item => item.Text("at"))));
            Assert.Null(rest.Next);
            Assert.Equal(page.Next, query.CursorAt(page.Items[3]));
        }
    }

    [Fact]
    public async Task The_page_behind_the_last_item_is_empty()
    {
        await MustCommit(CreateNote("1"), CreateNote("2"));
        var items = await All(NotesOf());
        var page = await Store.Query(NotesOf() with { After = NotesOf().CursorAt(items[^1]) }, Cancellation);
        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    /// <summary>Here DynamoDB itself refuses to go on, see PageRead.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_cursor_that_lies_on_a_bound_goes_on(bool descending)
    {
        foreach (var owner in new[] { "o", "p" }) await MustCommit([.. "abcd".Select(at => CreateNote($"{at}", owner, ("kind", _scope)))]);
        foreach (var (from, to) in new[] { ("b", "c"), ("b", "b"), ("b", null), (null, "c") })
        {
            foreach (var query in new[] { NotesOf(), new Query(Notes, _scope) { Index = ByKind } })
            {
                var bounded = query with { From = from, To = to, Descending = descending };
                var all = await All(bounded);
                Assert.NotEmpty(all);
                for (var i = 0; i < all.Count; i++)
                {
                    var page = await Store.Query(bounded with { After = bounded.CursorAt(all[i]) }, Cancellation);
                    Assert.Equal(all[(i + 1)..].Select(Notes.KeyOf), page.Items.Select(Notes.KeyOf));
                    Assert.Null(page.Next);
                }
            }
        }
    }

    [Fact]
    public async Task A_cursor_may_go_on_with_another_limit()
    {
        await MustCommit([.. "abcdef".Select(at => CreateNote($"{at}"))]);
        var page = await Store.Query(NotesOf() with { Limit = 1 }, Cancellation);
        page = await Store.Query(NotesOf() with { Limit = 9, After = page.Next }, Cancellation);
        Assert.Equal("bcdef", string.Concat(page.Items.Select(item => item.Text("at"))));
    }

    [Fact]
    public async Task A_cursor_of_another_query_is_refused()
    {
        await MustCommit([.. "abc".Select(at => CreateNote($"{at}", "o", ("rank", 1), ("kind", _scope)))]);
        var cursor = (await Store.Query(NotesOf() with { Limit = 1 }, Cancellation)).Next;
        var ranked = (await Store.Query(NotesOf() with { Index = ByRank, Limit = 1 }, Cancellation)).Next;
        Assert.NotNull(cursor);
        Assert.NotNull(ranked);
        await MustRefuse(NotesOf("somebody else"), cursor);
        await MustRefuse(NotesOf() with { Index = ByRank }, cursor);
        await MustRefuse(new Query(Notes, _scope) { Index = ByKind }, cursor);
        await MustRefuse(new Query(Things, Scoped("o")), cursor);
        await MustRefuse(new Query(Lines, 1), cursor);
        await MustRefuse(NotesOf(), ranked);
        await MustRefuse(NotesOf("somebody else") with { Index = ByRank }, ranked);
    }

    [Fact]
    public async Task A_cursor_outside_the_bounds_of_the_query_is_refused()
    {
        await MustCommit([.. "abc".Select(at => CreateNote($"{at}"))]);
        var cursor = (await Store.Query(NotesOf() with { Limit = 2 }, Cancellation)).Next!;
        await MustRefuse(NotesOf() with { From = "c" }, cursor);
        await MustRefuse(NotesOf() with { To = "a" }, cursor);
        Assert.Equal("c", Assert.Single((await Store.Query(NotesOf() with { From = "b", To = "c", After = cursor }, Cancellation)).Items).Text("at"));
    }

    [Theory]
    [InlineData(""), InlineData("!"), InlineData("abc"), InlineData("ääää"), InlineData("0123456789abcdef0123456789abcdef")]
    public Task Garbage_is_no_cursor(string garbage) => MustRefuse(NotesOf(), garbage);

    [Theory]
    [InlineData("{}"), InlineData("[]"), InlineData("null"), InlineData("5"), InlineData("{"), InlineData("{\"owner\":\"OWNER\"}"),
     InlineData("{\"owner\":\"OWNER\",\"at\":1}"), InlineData("{\"owner\":\"OWNER\",\"at\":null}"), InlineData("{\"owner\":\"OWNER\",\"at\":1.5}"),
     InlineData("{\"owner\":\"OWNER\",\"at\":\"\"}"), InlineData("{\"owner\":\"OWNER\",\"at\":\"TOO LONG\"}"),
     InlineData("{\"owner\":\"OWNER\",\"at\":\"\\ud800\"}"), InlineData("{\"owner\":\"OWNER\",\"at\":\"1\",\"x\":1}"), InlineData("{\"owner\":\"OWNER\",\"at\":\"\\u0000\"}"),
     InlineData("{\"owner\":\"OWNER\",\"at\":\"1\"")]
    public Task What_the_store_did_not_make_is_no_cursor(string json)
    {
        var forged = json.Replace("OWNER", Scoped("o"), StringComparison.Ordinal).Replace("TOO LONG", new('x', 2_000), StringComparison.Ordinal);
        return MustRefuse(NotesOf(), Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged)));
    }

    private Task<InvalidCursorException> MustRefuse(Query query, string cursor) =>
        Assert.ThrowsAsync<InvalidCursorException>(() => Store.Query(query with { After = cursor }, Cancellation));

    /// <summary>All pages of a query, one after the other.</summary>
    private async Task<List<Item>> All(Query query, Action<Page>? look = null)
    {
        var items = new List<Item>();
        while (true)
        {
            var page = await Store.Query(query, Cancellation);
            look?.Invoke(page);
            items.AddRange(page.Items);
            Assert.True(page.Items.Count <= query.Limit && items.Count <= 10_000);
            if (page.Next is null) return items;
            query = query with { After = page.Next };
        }
    }
}
