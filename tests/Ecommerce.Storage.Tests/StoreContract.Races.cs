using static Ecommerce.Storage.Tests.TestTables;

namespace Ecommerce.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Of_32_takers_of_10_units_exactly_10_get_one()
    {
        await MustCommit(Create(Thing("stock", ("available", 10))));
        var results = await InParallel(32, _ => Commit(new Adjust(ThingKey("stock"), new Delta("available", -1, 0))));
        Assert.Equal(10, results.Count(result => result.IsCommitted));
        Assert.All(results.Where(result => !result.IsCommitted), result =>
            Same(Assert.Single(result.Rejections), 0, RejectionReason.OutOfBounds, AtVersion(11, Thing("stock", ("available", 0)))));
        Same(AtVersion(11, Thing("stock", ("available", 0))), await Get(ThingKey("stock")));
    }

    [Fact]
    public async Task Of_parallel_puts_exactly_one_wins_each_version()
    {
        for (var version = 0; version < 5; version++)
        {
            var results = await InParallel(8, i => Commit(new Put(Things, Thing("a", ("by", i)), Expect.AtVersion(version))));
            var winner = Assert.Single(results.Index(), result => result.Item.IsCommitted).Index;
            Same(AtVersion(version + 1, Thing("a", ("by", winner))), await Get(ThingKey()));
            var reason = version == 0 ? RejectionReason.Exists : RejectionReason.VersionMismatch;
            var current = AtVersion(version + 1, Thing("a", ("by", winner)));
            Assert.All(results.Where(result => !result.IsCommitted), result => Same(Assert.Single(result.Rejections), 0, reason, current));
        }
    }

    [Fact]
    public async Task Commits_over_the_same_keys_in_any_order_conserve_a_sum()
    {
        const int accounts = 4;
        await MustCommit([.. Enumerable.Range(0, accounts).Select(i => Create(Thing($"{i}", ("n", 5))))]);
        var random = new Random(1);
        var transfers = Enumerable.Range(0, 48).Select(_ =>
            (From: random.Next(accounts), By: random.Next(1, accounts), Amount: random.Next(1, 5))).ToList();
        var results = await InParallel(transfers.Count, i => Commit(
            new Adjust(ThingKey($"{transfers[i].From}"), new Delta("n", -transfers[i].Amount, 0)),
            new Adjust(ThingKey($"{(transfers[i].From + transfers[i].By) % accounts}"), new Delta("n", transfers[i].Amount))), width: 8);

        var items = await Store.GetMany([.. Enumerable.Range(0, accounts).Select(i => ThingKey($"{i}"))], consistent: true, Cancellation);
        Assert.Equal(5 * accounts, items.Sum(item => item!.Number("n")));
        Assert.All(items, item => Assert.True(item!.Number("n") >= 0));
        Assert.Equal(2 * results.Count(result => result.IsCommitted), items.Sum(item => item!.Version - 1));
        Assert.All(results.SelectMany(result => result.Rejections), rejection =>
            Assert.Equal((0, RejectionReason.OutOfBounds), (rejection.Index, rejection.Reason)));
    }

    [Fact]
    public async Task A_token_used_in_parallel_commits_once()
    {
        var token = Token();
        Write[] writes = [new Adjust(ThingKey("a"), [new("n", 1)], Expect.Anything), new Adjust(ThingKey("b"), [new("n", 1)], Expect.Anything)];
        var results = await InParallel(6, _ => Store.Commit(writes, token, Cancellation));
        Assert.All(results, result => Assert.True(result.IsCommitted));
        Assert.Equal((1, 1), (await NumberAt(ThingKey("a"), "n"), await NumberAt(ThingKey("b"), "n")));
    }

    [Fact]
    public async Task Two_stores_over_the_same_tables_share_the_stock()
    {
        IStore[] stores = [Store, await fixture.OpenAnother()];
        await MustCommit(Create(Thing("stock", ("available", 100))));

        // One after the other in each store, so that neither can put its own into one transaction.
        var takers = stores.Select(store => Task.Run(async () =>
        {
            var taken = 0;
            for (var i = 0; i < 75; i++)
            {
                var result = await store.Commit([new Adjust(ThingKey("stock"), new Delta("available", -1, 0))], null, Cancellation);
                if (result.IsCommitted) taken++;
                else Assert.Equal(RejectionReason.OutOfBounds, Assert.Single(result.Rejections).Reason);
            }

            return taken;
        }, Cancellation));
        Assert.Equal(100, (await Task.WhenAll(takers)).Sum());
        Assert.Equal(0, await NumberAt(ThingKey("stock"), "available"));
    }

    [Fact]
    public async Task Readers_beside_a_writer_see_whole_items()
    {
        await MustCommit(Create(Thing("a", ("n", 0), ("same", 0))));
        var writer = Task.Run(async () =>
        {
            for (var i = 1; i <= 30; i++) await MustCommit(new Put(Things, Thing("a", ("n", i), ("same", i)), Expect.AtVersion(i)));
        }, Cancellation);
        while (!writer.IsCompleted)
        {
            var item = (await Get(ThingKey()))!;
            Assert.Equal((item.Version - 1, item.Version - 1), (item.Number("n"), item.Number("same")));
        }

        await writer;
    }

    /// <summary>
    /// As many at a time as the width says: an engine gives up on a conflict after some retries, and is not asked here how many.
    /// </summary>
    private static async Task<CommitResult[]> InParallel(int count, Func<int, Task<CommitResult>> commit, int width = 32)
    {
        using var gate = new SemaphoreSlim(width);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await gate.WaitAsync(Cancellation);
            try
            {
                return await commit(i);
            }
            finally
            {
                gate.Release();
            }
        })));
    }
}
