using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_commit_spans_tables_and_kinds_of_writes()
    {
        await MustCommit(Create(Thing("put")), Create(Thing("adjusted")), Create(Thing("deleted")), Create(Thing("checked")));
        var line = new Item { ["order"] = NewOrder(), ["line"] = 1 };
        await MustCommit(
            new Put(Things, Thing("put", ("n", 1)), Expect.AtVersion(1)),
            new Adjust(ThingKey("adjusted"), new Delta("n", 1)),
            new Delete(ThingKey("deleted"), Expect.Present),
            new Check(ThingKey("checked"), Expect.AtVersion(1)),
            CreateNote("1"),
            Create(Lines, line));
        Same(AtVersion(2, Thing("put", ("n", 1))), await Get(ThingKey("put")));
        Same(AtVersion(2, Thing("adjusted", ("n", 1))), await Get(ThingKey("adjusted")));
        Assert.Null(await Get(ThingKey("deleted")));
        Same(AtVersion(1, Thing("checked")), await Get(ThingKey("checked")));
        Same(AtVersion(1, Note("1")), await Get(NoteKey("1")));
        Same(AtVersion(1, line), await Get(Lines.KeyOf(line)));
    }

    [Fact]
    public async Task One_refused_write_refuses_all_and_every_refused_one_is_named()
    {
        var stock = AtVersion(1, Thing("stock", ("n", 1)));
        var other = AtVersion(1, Thing("other", ("x", "y")));
        await MustCommit(Create(stock), Create(other), CreateNote("gone"), CreateNote("kept"));
        var result = await Commit(
            Create(Thing("new")),
            Create(Thing("other")),
            new Delete(NoteKey("gone"), Expect.AtVersion(1)),
            new Adjust(ThingKey("stock"), new Delta("n", -2, 0)),
            new Check(ThingKey("nowhere"), Expect.Present),
            new Adjust(ThingKey("counter"), [new("n", 1)], Expect.Anything),
            new Put(Notes, Note("kept", "o", ("n", 1)), Expect.AtVersion(3)));

        Assert.False(result.IsCommitted);
        Assert.Equal([1, 3, 4, 6], result.Rejections.Select(rejection => rejection.Index));
        Same(result.At(1)!, 1, RejectionReason.Exists, other);
        Same(result.At(3)!, 3, RejectionReason.OutOfBounds, stock);
        Same(result.At(4)!, 4, RejectionReason.Missing, null);
        Same(result.At(6)!, 6, RejectionReason.VersionMismatch, AtVersion(1, Note("kept")));
        Assert.Null(result.At(0));

        Assert.Null(await Get(ThingKey("new")));
        Assert.Null(await Get(ThingKey("counter")));
        Same(other, await Get(ThingKey("other")));
        Same(stock, await Get(ThingKey("stock")));
        Same(AtVersion(1, Note("gone")), await Get(NoteKey("gone")));
        Same(AtVersion(1, Note("kept")), await Get(NoteKey("kept")));
    }

    [Fact]
    public async Task A_cancelled_commit_writes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Commit([Create(Thing("a"))], null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Commit([Create(Thing("a")), Create(Thing("b"))], Token(), cancelled));
        Assert.Equal([null, null], await Store.GetMany([ThingKey("a"), ThingKey("b")], consistent: true, Cancellation));
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task A_commit_repeated_under_its_token_is_committed_and_changes_nothing(int count)
    {
        await MustCommit(Create(Thing("a", ("n", 5))), Create(Thing("b")));
        Write[] writes = [new Adjust(ThingKey("a"), new Delta("n", -5, 0)), new Put(Things, Thing("b", ("x", 1)), Expect.AtVersion(1))];
        var token = Token();
        for (var i = 0; i < 3; i++) Assert.True((await Store.Commit(writes[..count], token, Cancellation)).IsCommitted);
        Same(AtVersion(2, Thing("a", ("n", 0))), await Get(ThingKey("a")));
        Same(count == 1 ? AtVersion(1, Thing("b")) : AtVersion(2, Thing("b", ("x", 1))), await Get(ThingKey("b")));
    }

    [Theory, InlineData(WriteKind.Put), InlineData(WriteKind.Adjust), InlineData(WriteKind.Delete), InlineData(WriteKind.Check)]
    public async Task A_token_covers_a_single_write_of_every_kind(WriteKind kind)
    {
        await MustCommit(Create(Thing()));
        Write write = kind switch
        {
            WriteKind.Put => new Put(Things, Thing("a", ("x", 1)), Expect.AtVersion(1)),
            WriteKind.Adjust => new Adjust(ThingKey(), [new("n", 1)], Expect.AtVersion(1)),
            WriteKind.Delete => new Delete(ThingKey(), Expect.AtVersion(1)),
            _ => new Check(ThingKey(), Expect.AtVersion(1)),
        };
        var token = Token();
        Assert.True((await Store.Commit([write], token, Cancellation)).IsCommitted);
        await MustCommit(new Put(Things, Thing("a", ("later", true)), Expect.Anything), new Adjust(ThingKey("b"), [new("n", 1)], Expect.Anything));
        Assert.True((await Store.Commit([write], token, Cancellation)).IsCommitted);
        Same(AtVersion(1, Thing("a", ("later", true))), await Get(ThingKey()));
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.Commit([Create(Thing("c"))], token, Cancellation));
        Assert.Null(await Get(ThingKey("c")));
    }

    [Fact]
    public async Task A_token_is_known_in_another_store_over_the_same_tables()
    {
        var another = await fixture.OpenAnother();
        var token = Token();
        Write[] writes = [new Adjust(ThingKey("a"), [new("n", 1)], Expect.Anything), new Adjust(ThingKey("b"), [new("n", 1)], Expect.Anything)];
        Assert.True((await Store.Commit(writes, token, Cancellation)).IsCommitted);
        Assert.True((await another.Commit(writes, token, Cancellation)).IsCommitted);
        Assert.Equal((1, 1), (await NumberAt(ThingKey("a"), "n"), await NumberAt(ThingKey("b"), "n")));
    }

    public static TheoryData<string> OtherWrites =>
        ["value", "kind of value", "kind of write", "expectation", "bound", "key", "one more", "one less", "order"];

    [Theory, MemberData(nameof(OtherWrites))]
    public async Task Other_writes_under_the_same_token_break_a_limit(string difference)
    {
        Write put = new Put(Things, Thing("a", ("n", 1), ("m", 2)), Expect.Anything);
        Write adjust = new Adjust(ThingKey("b"), [new("n", 1, 0, 9)], Expect.Anything);
        Write[] others = difference switch
        {
            "value" => [new Put(Things, Thing("a", ("n", 1), ("m", 3)), Expect.Anything), adjust],
            "kind of value" => [new Put(Things, Thing("a", ("n", "1"), ("m", 2)), Expect.Anything), adjust],
            "kind of write" => [put, new Delete(ThingKey("b"), Expect.Anything)],
            "expectation" => [put, new Adjust(ThingKey("b"), [new("n", 1, 0, 9)], Expect.Present)],
            "bound" => [put, new Adjust(ThingKey("b"), [new("n", 1, 0, 8)], Expect.Anything)],
            "key" => [put, new Adjust(ThingKey("c"), [new("n", 1, 0, 9)], Expect.Anything)],
            "one more" => [put, adjust, Create(Thing("c"))],
            "one less" => [put],
            _ => [adjust, put],
        };
        var token = Token();
        Assert.True((await Store.Commit([put, adjust], token, Cancellation)).IsCommitted);
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.Commit(others, token, Cancellation));
        Assert.Equal(1, await NumberAt(ThingKey("b"), "n"));
        Assert.Null(await Get(ThingKey("c")));
    }

    [Fact]
    public async Task Equal_writes_are_the_same_commit_whatever_the_order_of_their_attributes()
    {
        var token = Token();
        Assert.True((await Store.Commit([Create(Thing("a", ("x", 1), ("y", new Item { ["p"] = 1, ["q"] = 2 })))], token, Cancellation)).IsCommitted);
        Assert.True((await Store.Commit([Create(Thing("a", ("y", new Item { ["q"] = 2, ["p"] = 1 }), ("x", 1)))], token, Cancellation)).IsCommitted);
    }

    [Fact]
    public async Task A_rejected_commit_may_be_tried_again_under_its_token()
    {
        Write[] writes = [new Adjust(ThingKey("a"), new Delta("n", -1, 0)), new Adjust(ThingKey("b"), [new("n", 1)], Expect.Anything)];
        var token = Token();
        Same(Assert.Single((await Store.Commit(writes, token, Cancellation)).Rejections), 0, RejectionReason.Missing, null);
        await MustCommit(Create(Thing("a", ("n", 1))));
        Assert.True((await Store.Commit(writes, token, Cancellation)).IsCommitted);
        Assert.True((await Store.Commit(writes, token, Cancellation)).IsCommitted);
        Assert.Equal((0, 1), (await NumberAt(ThingKey("a"), "n"), await NumberAt(ThingKey("b"), "n")));
    }

    [Fact]
    public async Task A_token_has_1_to_36_characters()
    {
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.Commit([Create(Thing())], "", Cancellation));
        await Assert.ThrowsAsync<StoreLimitException>(() => Store.Commit([Create(Thing())], new string('t', 37), Cancellation));
        Assert.Null(await Get(ThingKey()));
        Assert.True((await Store.Commit([Create(Thing())], Token(), Cancellation)).IsCommitted);
    }

    private static string Token() => Guid.NewGuid().ToString();
}
