using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    [Theory]
    [InlineData(5, -5, 0, long.MaxValue, true)]
    [InlineData(5, -6, 0, long.MaxValue, false)]
    [InlineData(5, 5, long.MinValue, 10, true)]
    [InlineData(5, 6, long.MinValue, 10, false)]
    [InlineData(5, 1, 6, 6, true)]
    [InlineData(5, 2, 6, 6, false)]
    [InlineData(5, 0, 6, 6, false)]
    [InlineData(5, 0, 5, 5, true)]
    [InlineData(-5, -5, -10, 0, true)]
    [InlineData(-5, -6, -10, 0, false)]
    [InlineData(-5, 6, -10, 0, false)]
    [InlineData(-5, 3, 0, long.MaxValue, false)]
    [InlineData(long.MaxValue, 0, long.MinValue, long.MaxValue, true)]
    [InlineData(long.MaxValue, 1, long.MinValue, long.MaxValue, false)]
    [InlineData(long.MaxValue, long.MaxValue, 0, long.MaxValue, false)]
    [InlineData(long.MaxValue, long.MinValue, -1, -1, true)]
    [InlineData(long.MinValue, -1, long.MinValue, long.MaxValue, false)]
    [InlineData(long.MinValue, long.MinValue, long.MinValue, 0, false)]
    [InlineData(long.MinValue, long.MaxValue, -1, -1, true)]
    [InlineData(long.MaxValue - 1, 1, long.MaxValue, long.MaxValue, true)]
    public async Task A_sum_stays_within_its_bounds(long start, long add, long min, long max, bool fits)
    {
        var before = AtVersion(1, Thing("a", ("n", start)));
        await MustCommit(Create(before));
        var adjust = new Adjust(ThingKey(), new Delta("n", add, min, max));
        if (fits) await MustCommit(adjust);
        else await MustReject(adjust, RejectionReason.OutOfBounds, before);
        Same(fits ? AtVersion(2, Thing("a", ("n", unchecked(start + add)))) : before, await Get(ThingKey()));
    }

    [Theory]
    [InlineData(3, 0, 3, true), InlineData(-1, 0, 3, false), InlineData(4, 0, 3, false), InlineData(0, 1, 3, false), InlineData(0, 0, 0, true)]
    public async Task An_absent_number_counts_as_0(long add, long min, long max, bool fits)
    {
        await MustCommit(Create(Thing()));
        var adjust = new Adjust(ThingKey(), new Delta("n", add, min, max));
        if (fits) await MustCommit(adjust);
        else await MustReject(adjust, RejectionReason.OutOfBounds, AtVersion(1, Thing()));
        Same(fits ? AtVersion(2, Thing("a", ("n", add))) : AtVersion(1, Thing()), await Get(ThingKey()));
    }

    [Fact]
    public async Task Several_sums_stand_or_fall_together()
    {
        var before = AtVersion(1, Thing("a", ("available", 5), ("held", 2), ("name", "kept")));
        await MustCommit(Create(before));
        await MustReject(new Adjust(ThingKey(), [new("available", -3, 0), new("held", 3, 0, 4)], Expect.Present), RejectionReason.OutOfBounds, before);
        Same(before, await Get(ThingKey()));
        await MustCommit(new Adjust(ThingKey(), [new("available", -2, 0), new("held", 2, 0, 4), new("sold", 1)], Expect.AtVersion(1)));
        Same(AtVersion(2, Thing("a", ("available", 3), ("held", 4), ("sold", 1), ("name", "kept"))), await Get(ThingKey()));
    }

    [Fact]
    public async Task Under_anything_an_absent_item_is_made_of_its_key_and_the_sums()
    {
        var order = NewOrder();
        await MustCommit(
            new Adjust(NoteKey("1"), [new("n", 3), new("m", -1)], Expect.Anything),
            new Adjust(Lines.Key(order, 2), [new("n", 0)], Expect.Anything));
        Same(AtVersion(1, Note("1", "o", ("n", 3), ("m", -1))), await Get(NoteKey("1")));
        Same(new() { ["order"] = order, ["line"] = 2, ["n"] = 0, [Item.VersionAttribute] = 1 }, await Get(Lines.Key(order, 2)));
    }

    [Fact]
    public async Task Under_anything_the_bounds_hold_for_an_absent_item_too()
    {
        await MustReject(new Adjust(ThingKey(), [new("n", -1, 0)], Expect.Anything), RejectionReason.OutOfBounds, null);
        Assert.Null(await Get(ThingKey()));
    }

    [Fact]
    public async Task A_wrong_version_is_named_before_a_sum_out_of_bounds()
    {
        await MustCommit(Create(Thing()));
        var bad = new Delta("n", -1, 0);
        await MustReject(new Adjust(ThingKey(), [bad], Expect.AtVersion(2)), RejectionReason.VersionMismatch, AtVersion(1, Thing()));
        await MustReject(new Adjust(ThingKey("none"), [bad], Expect.Present), RejectionReason.Missing, null);
    }

    [Fact]
    public async Task Each_adjustment_counts_the_version_up()
    {
        await MustCommit(Create(Thing()));
        for (var version = 1; version < 4; version++) await MustCommit(new Adjust(ThingKey(), [new("n", 0)], Expect.AtVersion(version)));
        Assert.Equal(4, (await Get(ThingKey()))!.Version);
    }

    [Fact]
    public async Task An_adjustment_makes_sense_or_breaks_a_limit()
    {
        await MustCommit(Create(Thing()), CreateNote("1"));
        await MustBreakALimit(new Adjust(ThingKey(), [], Expect.Present));
        await MustBreakALimit(new Adjust(ThingKey(), new Delta("", 1)));
        await MustBreakALimit(new Adjust(ThingKey(), new Delta("n", 1, 5, 4)));
        await MustBreakALimit(new Adjust(ThingKey(), [new("n", 1), new("n", 1)], Expect.Present));
        await MustBreakALimit(new Adjust(ThingKey(), new Delta(Item.VersionAttribute, 1)));
        await MustBreakALimit(new Adjust(ThingKey(), new Delta("id", 1)));
        await MustBreakALimit(new Adjust(NoteKey("1"), new Delta("at", 1)));
        await MustBreakALimit(new Adjust(ThingKey(), new Delta("status", 1)));
    }

    [Fact]
    public async Task Adjusting_a_text_breaks_a_limit_and_leaves_other_commits_alone()
    {
        await MustCommit(Create(Thing("text", ("n", "no number"))), Create(Thing("number")));
        var others = Enumerable.Range(0, 20).Select(_ => Task.Run(() => Commit(new Adjust(ThingKey("number"), new Delta("n", 1))))).ToList();
        var mistakes = Enumerable.Range(0, 5).Select(_ => Task.Run(() => Commit(new Adjust(ThingKey("text"), new Delta("n", 1))))).ToList();
        foreach (var mistake in mistakes) await Assert.ThrowsAsync<StoreLimitException>(() => mistake);
        Assert.All(await Task.WhenAll(others), result => Assert.True(result.IsCommitted));
        Assert.Equal(20, await NumberAt(ThingKey("number"), "n"));
        Same(AtVersion(1, Thing("text", ("n", "no number"))), await Get(ThingKey("text")));
    }
}
