using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public enum WriteKind
{
    Put,
    Adjust,
    Delete,
    Check,
}

public abstract partial class StoreContract
{
    public static MatrixTheoryData<WriteKind, ExpectKind, int, bool> Expectations => new(
        Enum.GetValues<WriteKind>(), Enum.GetValues<ExpectKind>(), [0, 1, 2], [true, false]);

    /// <summary>Alone and in company, because an engine may send the two in different ways.</summary>
    [Theory, MemberData(nameof(Expectations))]
    public async Task A_write_happens_exactly_when_its_expectation_holds(WriteKind kind, ExpectKind expectation, int version, bool alone)
    {
        Item? before = version == 0 ? null : AtVersion(version, Thing("a", ("n", 5), ("old", "kept")));
        if (before is not null) await MustCommit(Create(before));
        if (version == 2) await MustCommit(new Put(Things, before!, Expect.AtVersion(1)));
        var expect = expectation switch
        {
            ExpectKind.Absent => Expect.Absent,
            ExpectKind.Present => Expect.Present,
            ExpectKind.AtVersion => Expect.AtVersion(1),
            _ => Expect.Anything,
        };
        Write write = kind switch
        {
            WriteKind.Put => new Put(Things, Thing("a", ("new", true)), expect),
            WriteKind.Adjust => new Adjust(ThingKey(), [new("n", 2)], expect),
            WriteKind.Delete => new Delete(ThingKey(), expect),
            _ => new Check(ThingKey(), expect),
        };
        Write[] writes = alone ? [write] : [Create(Thing("company")), write];
        if ((kind, expectation) is (WriteKind.Adjust, ExpectKind.Absent) or (WriteKind.Check, ExpectKind.Anything))
        {
            await MustBreakALimit(writes);
            return;
        }

        RejectionReason? refusal = (expectation, version) switch
        {
            (ExpectKind.Anything, _) or (ExpectKind.Absent, 0) or (ExpectKind.Present, > 0) or (ExpectKind.AtVersion, 1) => null,
            (ExpectKind.Absent, _) => RejectionReason.Exists,
            (_, 0) => RejectionReason.Missing,
            _ => RejectionReason.VersionMismatch,
        };
        var after = refusal is not null ? before : kind switch
        {
            WriteKind.Put => AtVersion(expectation == ExpectKind.AtVersion ? 2 : 1, Thing("a", ("new", true))),
            WriteKind.Adjust => AtVersion(version + 1, With(before ?? Thing(), ("n", before is null ? 2 : 7))),
            WriteKind.Delete => null,
            _ => before,
        };

        var result = await Commit(writes);
        if (refusal is { } reason) Same(Assert.Single(result.Rejections), alone ? 0 : 1, reason, before);
        else Assert.True(result.IsCommitted, result.ToString());
        Same(after, await Get(ThingKey()));
        if (!alone) Assert.Equal(refusal is null, await Get(ThingKey("company")) is not null);
    }

    [Fact]
    public void At_version_0_means_absent() => Assert.Equal(Expect.Absent, Expect.AtVersion(0));

    [Fact]
    public async Task An_item_is_written_by_version_from_its_beginning()
    {
        for (var version = 0; version < 4; version++)
        {
            await MustCommit(new Put(Things, Thing("a", ("n", version)), Expect.AtVersion(version)));
            Same(AtVersion(version + 1, Thing("a", ("n", version))), await Get(ThingKey()));
        }
    }

    [Fact]
    public async Task The_version_a_caller_puts_is_replaced()
    {
        await MustCommit(Create(AtVersion(77, Thing())));
        Same(AtVersion(1, Thing()), await Get(ThingKey()));
        await MustCommit(new Put(Things, With(Thing(), (Item.VersionAttribute, "text")), Expect.AtVersion(1)));
        Same(AtVersion(2, Thing()), await Get(ThingKey()));
    }

    [Fact]
    public async Task A_put_leaves_the_callers_item_alone()
    {
        var item = Thing();
        await MustCommit(Create(item));
        Assert.Equal(0, item.Version);
    }

    [Fact]
    public async Task A_put_replaces_the_whole_item()
    {
        await MustCommit(Create(Thing("a", ("gone", 1), ("kept", 1))));
        await MustCommit(new Put(Things, Thing("a", ("kept", 2)), Expect.AtVersion(1)));
        Same(AtVersion(2, Thing("a", ("kept", 2))), await Get(ThingKey()));
    }

    [Fact]
    public async Task An_item_that_came_back_begins_at_version_1_again()
    {
        await MustCommit(Create(Thing()));
        await MustCommit(new Put(Things, Thing(), Expect.AtVersion(1)));
        await MustCommit(new Delete(ThingKey(), Expect.AtVersion(2)));
        await MustCommit(Create(Thing()));
        Assert.Equal(1, (await Get(ThingKey()))!.Version);
    }

    [Fact]
    public async Task A_delete_takes_its_item_only()
    {
        await MustCommit(CreateNote("1"), CreateNote("2"));
        await MustCommit(new Delete(NoteKey("1"), Expect.Present));
        Assert.Null(await Get(NoteKey("1")));
        Same(AtVersion(1, Note("2")), await Get(NoteKey("2")));
    }

    [Fact]
    public async Task A_check_stands_for_its_commit()
    {
        await MustCommit(Create(Thing("a")), Create(Thing("b")));
        await MustCommit(
            new Check(ThingKey("a"), Expect.AtVersion(1)),
            new Check(ThingKey("none"), Expect.Absent),
            new Adjust(ThingKey("b"), new Delta("n", 1)));
        Assert.Equal((1, 2), ((await Get(ThingKey("a")))!.Version, (await Get(ThingKey("b")))!.Version));
        var result = await Commit(new Check(ThingKey("a"), Expect.AtVersion(2)), new Adjust(ThingKey("b"), new Delta("n", 1)));
        Same(Assert.Single(result.Rejections), 0, RejectionReason.VersionMismatch, AtVersion(1, Thing("a")));
        Assert.Equal(1, await NumberAt(ThingKey("b"), "n"));
    }
}
