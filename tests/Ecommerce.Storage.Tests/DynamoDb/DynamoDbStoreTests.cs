using Amazon.DynamoDBv2;
using Ecommerce.Storage.DynamoDb;
using Ecommerce.Tests;
using static Ecommerce.Storage.Tests.DynamoDb.Shelves;

namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>What only this engine has to get right, beyond the contract: its limits per request, its tables.</summary>
public sealed class DynamoDbStoreTests
{
    private const int LargeText = 380 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_may_be_created_again_and_by_several_processes_at_once()
    {
        var options = Options(await DynamoDbLocal.RequireAsync());
        using var store = new DynamoDbStore(options);
        using var other = new DynamoDbStore(options);

        await Task.WhenAll(store.CreateMissingTables(Cancellation), other.CreateMissingTables(Cancellation));
        await store.CreateMissingTables(Cancellation);

        Assert.Null(await store.Get(Books.Key("b"), consistent: true, Cancellation));
    }

    [Fact]
    public async Task The_service_is_told_when_items_lapse_where_they_do()
    {
        var options = Options(await DynamoDbLocal.RequireAsync()) with { Tables = [Books with { TimeToLive = "lapsesAt" }, Loans] };
        using var store = new DynamoDbStore(options);
        await store.CreateMissingTables(Cancellation);
        await store.CreateMissingTables(Cancellation);

        using var connection = new Connection(options, Connection.Config(options), TimeProvider.System);
        var client = connection.Client;
        var books = (await client.DescribeTimeToLiveAsync(options.TablePrefix + Books, Cancellation)).TimeToLiveDescription;
        Assert.Equal((TimeToLiveStatus.ENABLED, "lapsesAt"), (books.TimeToLiveStatus, books.AttributeName));
        Assert.Equal(TimeToLiveStatus.DISABLED, (await client.DescribeTimeToLiveAsync(options.TablePrefix + Loans, Cancellation)).TimeToLiveDescription.TimeToLiveStatus);
    }

    [Fact]
    public async Task Creating_tables_where_nothing_listens_is_unavailable()
    {
        var options = Options(new Uri("http://127.0.0.1:9"));
        using var store = new DynamoDbStore(options, Connection.Config(options), new InstantClock());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CreateMissingTables(Cancellation));
    }

    [Fact]
    public async Task Items_beyond_what_one_answer_holds_are_all_read()
    {
        using var store = await Open();
        var text = new string('x', LargeText);
        for (var i = 0; i < 50; i += 10)
            Assert.True((await store.Commit([.. Enumerable.Range(i, 10).Select(at => Large(at, text))], cancellation: Cancellation)).IsCommitted);
        var meter = CostMeter.Start();

        var batch = await store.GetMany([.. Enumerable.Range(0, 50).Select(at => Loans.Key("r", at))], consistent: true, Cancellation);
        Assert.Equal(Enumerable.Range(0, 50), batch.Select(item => (int)item!.Number("at")));
        Assert.Equal(2, meter.Calls);

        var page = await store.Query(new(Loans, "r") { Limit = 50, Descending = true }, Cancellation);
        Assert.Equal(Enumerable.Range(0, 50).Reverse(), page.Items.Select(item => (int)item.Number("at")));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Largest_item_that_the_limits_allow_is_one_that_DynamoDB_takes()
    {
        using var store = await Open();
        var book = Book("b");
        book["text"] = new string('x', StoreLimits.ItemBytes - ItemSize.Of(Precondition.Apply(Add(book))) - "text".Length);

        Assert.True((await store.Commit([Add(book)], cancellation: Cancellation)).IsCommitted);

        book["text"] = book.Text("text") + "x";
        await Assert.ThrowsAsync<StoreLimitException>(() => store.Commit([Add(book)], cancellation: Cancellation));
    }

    [Fact]
    public async Task Attribute_names_that_DynamoDB_reserves_or_could_not_parse_are_names_like_others()
    {
        using var store = await Open();
        await store.Commit([Add(new() { ["id"] = "b", ["size"] = 1, ["a.b-c #:"] = 2 })], cancellation: Cancellation);

        var result = await store.Commit([new Adjust(Books.Key("b"), [new("size", 10), new("a.b-c #:", 10)], Expect.AtVersion(1))], cancellation: Cancellation);

        Assert.True(result.IsCommitted);
        Assert.Equal(new Item { ["id"] = "b", ["size"] = 11, ["a.b-c #:"] = 12, ["version"] = 2 }, await store.Get(Books.Key("b"), true, Cancellation));
    }

    [Fact]
    public async Task Cursor_outside_the_bounds_is_of_another_query()
    {
        using var store = await Open();
        for (var at = 1; at < 4; at++) await store.Commit([new Put(Loans, Loan("r", at, "b"), Expect.Absent)], cancellation: Cancellation);
        var page = await store.Query(new(Loans, "r") { Limit = 1 }, Cancellation);

        await Assert.ThrowsAsync<InvalidCursorException>(() => store.Query(new(Loans, "r") { From = 2, After = page.Next }, Cancellation));
    }

    private static Put Large(int at, string text)
    {
        var loan = Loan("r", at, "b");
        loan["text"] = text;
        return new(Loans, loan, Expect.Absent);
    }

    private static async Task<DynamoDbStore> Open()
    {
        var store = new DynamoDbStore(Options(await DynamoDbLocal.RequireAsync()));
        await store.CreateMissingTables(Cancellation);
        return store;
    }
}
