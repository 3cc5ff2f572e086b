using Ecommerce.Storage.DynamoDb;
using Ecommerce.Tests;
using static Ecommerce.Storage.Tests.DynamoDb.Shelves;
using static Ecommerce.Storage.Tests.DynamoDb.StubbedWire;

namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>The write has happened in the real DynamoDB Local and its reply is dropped: it may not happen twice, nor be denied.</summary>
public sealed class DynamoDbLostReplyTests : IAsyncLifetime
{
    private StoreOptions _options = null!;
    private DynamoDbStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = Options(await DynamoDbLocal.RequireAsync());
        _store = new(_options);
        await _store.CreateMissingTables(Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Put_of_a_new_item_is_committed_once()
    {
        var result = await CommitLosingTheReply([Add(Book("b", 3))]);

        Assert.True(result.IsCommitted);
        Assert.Equal(new Item { ["id"] = "b", ["copies"] = 3, ["version"] = 1 }, await Read("b"));
    }

    [Fact]
    public async Task Put_at_a_version_is_committed_once()
    {
        await Commit(Add(Book("b", 3)));

        var result = await CommitLosingTheReply([new Put(Books, Book("b", 4), Expect.AtVersion(1))]);

        Assert.True(result.IsCommitted);
        Assert.Equal(new Item { ["id"] = "b", ["copies"] = 4, ["version"] = 2 }, await Read("b"));
    }

    [Fact]
    public async Task Delete_of_an_item_is_committed()
    {
        await Commit(Add(Book("b")));

        var result = await CommitLosingTheReply([new Delete(Books.Key("b"), Expect.AtVersion(1))]);

        Assert.True(result.IsCommitted);
        Assert.Null(await Read("b"));
    }

    [Fact]
    public async Task Single_adjustment_is_applied_once()
    {
        await Commit(Add(Book("b", 10)));

        var result = await CommitLosingTheReply([Take("b", 4)]);

        Assert.True(result.IsCommitted);
        Assert.Equal(new Item { ["id"] = "b", ["copies"] = 6, ["version"] = 2 }, await Read("b"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Transaction_is_applied_once(bool hasToken)
    {
        await Commit(Add(Book("b", 10)));

        var result = await CommitLosingTheReply([Take("b", 4), Add(Book("c"))], hasToken ? Token() : null);

        Assert.True(result.IsCommitted);
        Assert.Equal(6, (await Read("b"))!.Number("copies"));
        Assert.Equal(1, (await Read("c"))!.Version);
    }

    [Fact]
    public async Task Put_that_another_writer_forestalled_is_rejected_though_a_try_went_unanswered()
    {
        await Commit(Add(Book("b", 3)));

        var result = await CommitLosingTheReply([Add(Book("b", 4))]);

        var found = new Item { ["id"] = "b", ["copies"] = 3, ["version"] = 1 };
        Assert.Equal(new Rejection(0, RejectionReason.Exists, found), Assert.Single(result.Rejections));
    }

    [Fact]
    public async Task Put_that_may_have_been_overwritten_since_has_an_unknown_outcome()
    {
        var overwrites = () => Commit(new Put(Books, Book("b", 5), Expect.AtVersion(1)));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitLosingTheReply([Add(Book("b", 4))], meanwhile: overwrites));

        Assert.Equal(new Item { ["id"] = "b", ["copies"] = 5, ["version"] = 2 }, await Read("b"));
    }

    private async Task<CommitResult> CommitLosingTheReply(IReadOnlyList<Write> writes, string? token = null, Func<Task>? meanwhile = null)
    {
        using var wire = new StubbedWire(LosesReply(meanwhile));
        using var store = wire.Store(_options);
        try
        {
            return await store.Commit(writes, token, Cancellation);
        }
        finally
        {
            Assert.Equal(2, wire.Requests.Count);
        }
    }

    private async Task Commit(Write write) => Assert.True((await _store.Commit([write], cancellation: Cancellation)).IsCommitted);

    private Task<Item?> Read(string id) => _store.Get(Books.Key(id), consistent: true, Cancellation);
}
