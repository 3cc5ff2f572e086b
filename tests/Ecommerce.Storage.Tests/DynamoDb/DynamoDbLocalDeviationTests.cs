using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Ecommerce.Storage.DynamoDb;
using Ecommerce.Tests;
using static Ecommerce.Storage.Tests.DynamoDb.Shelves;

namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>
/// Where DynamoDB Local differs from the service. When one of these fails, a newer version has put it right: then take the
/// correction out of <see cref="LocalUnits"/>.
/// </summary>
public sealed class DynamoDbLocalDeviationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Local_reports_a_transactional_put_as_four_units_on_the_table_and_four_on_the_index()
    {
        var options = await Prepared();
        using var connection = new Connection(options, Connection.Config(options), TimeProvider.System);

        var response = await connection.Client.TransactWriteItemsAsync(new()
        {
            TransactItems = [new() { Put = new() { TableName = connection.NameOf(Loans), Item = AttributeValues.Of(Loan("r", 1, "b")) } }],
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        }, Cancellation);

        var consumed = Assert.Single(response.ConsumedCapacity);
        Assert.Equal(4, consumed.Table.WriteCapacityUnits);
        Assert.Equal(4, Assert.Single(consumed.GlobalSecondaryIndexes).Value.WriteCapacityUnits);
    }

    [Fact]
    public async Task Meter_reports_a_transactional_put_as_the_service_charges_it()
    {
        using var store = new DynamoDbStore(await Prepared());
        var meter = CostMeter.Start();

        await store.Commit([new Put(Loans, Loan("r", 1, "b"), Expect.Anything)], Token(), Cancellation);

        Assert.Equal((0, 2 + 1, 1), (meter.ReadUnits, meter.WriteUnits, meter.Calls));
    }

    [Fact]
    public async Task Local_rounds_the_items_of_a_transaction_together()
    {
        var options = await Prepared();
        using var connection = new Connection(options, Connection.Config(options), TimeProvider.System);

        var response = await connection.Client.TransactWriteItemsAsync(new()
        {
            TransactItems = [.. Enumerable.Range(1, 5).Select(place => new TransactWriteItem
            {
                Put = new() { TableName = connection.NameOf(Loans), Item = AttributeValues.Of(Loan("r", place, "b")) },
            })],
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        }, Cancellation);

        Assert.Equal(4, Assert.Single(response.ConsumedCapacity).Table.WriteCapacityUnits);
    }

    [Fact]
    public async Task Meter_rounds_each_item_of_a_transaction()
    {
        using var store = new DynamoDbStore(await Prepared());
        var meter = CostMeter.Start();

        await store.Commit([.. Enumerable.Range(1, 5).Select(place => new Put(Loans, Loan("r", place, "b"), Expect.Anything))], cancellation: Cancellation);

        Assert.Equal((0, 5 * (2 + 1), 1), (meter.ReadUnits, meter.WriteUnits, meter.Calls));
    }

    [Fact]
    public async Task Local_does_not_count_an_absent_item_of_a_batch_and_the_meter_does()
    {
        var options = await Prepared();
        using var connection = new Connection(options, Connection.Config(options), TimeProvider.System);
        var response = await connection.Client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [connection.NameOf(Loans)] = new() { Keys = [AttributeValues.Of(Loans.Key("r", 9))], ConsistentRead = true } },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        }, Cancellation);
        Assert.Equal(0, response.ConsumedCapacity?.Sum(capacity => capacity.CapacityUnits ?? 0) ?? 0);

        using var store = new DynamoDbStore(options);
        var meter = CostMeter.Start();
        await store.GetMany([Loans.Key("r", 8), Loans.Key("r", 9)], consistent: true, Cancellation);
        Assert.Equal((2, 1), (meter.ReadUnits, meter.Calls));
        await store.GetMany([Loans.Key("r", 8), Loans.Key("r", 9)], consistent: false, Cancellation);
        Assert.Equal((3, 2), (meter.ReadUnits, meter.Calls));
    }

    [Fact]
    public async Task Meter_passes_on_plain_writes_and_reads_as_reported()
    {
        using var store = new DynamoDbStore(await Prepared());
        var meter = CostMeter.Start();

        await store.Commit([new Put(Loans, Loan("r", 1, "b"), Expect.Anything)], cancellation: Cancellation);
        Assert.Equal((0, 1 + 1, 1), (meter.ReadUnits, meter.WriteUnits, meter.Calls));

        await store.Get(Loans.Key("r", 1), consistent: true, Cancellation);
        Assert.Equal((1, 2, 2), (meter.ReadUnits, meter.WriteUnits, meter.Calls));

        await store.Query(new(Loans, "b") { Index = Loans.Index("by-book") }, Cancellation);
        Assert.Equal((1.5, 2, 3), (meter.ReadUnits, meter.WriteUnits, meter.Calls));

        await store.GetMany([Loans.Key("r", 1), Loans.Key("r", 1)], consistent: false, Cancellation);
        Assert.Equal((2, 2, 4), (meter.ReadUnits, meter.WriteUnits, meter.Calls));
    }

    private static async Task<StoreOptions> Prepared()
    {
        var options = Options(await DynamoDbLocal.RequireAsync());
        using var store = new DynamoDbStore(options);
        await store.CreateMissingTables(Cancellation);
        return options;
    }
}
