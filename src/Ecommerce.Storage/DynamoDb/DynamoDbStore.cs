using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

internal sealed class DynamoDbStore : IStore
{
    private readonly Connection _connection;

    public DynamoDbStore(StoreOptions options) : this(options, Connection.Config(options), TimeProvider.System) { }

    internal DynamoDbStore(StoreOptions options, AmazonDynamoDBConfig config, TimeProvider clock) =>
        _connection = new(options, config, clock);

    public string Engine => "DynamoDb";

    /// <exception cref="StoreUnavailableException">DynamoDB is out of reach.</exception>
    public Task CreateMissingTables(CancellationToken cancellation) => Tables.CreateMissing(_connection, cancellation);

    public async Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation)
    {
        StoreLimits.Validate(key);
        var request = new GetItemRequest
        {
            TableName = _connection.NameOf(key.Table),
            Key = AttributeValues.Of(key),
            ConsistentRead = consistent,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        };
        var response = await _connection.Tries().Run(() => _connection.Client.GetItemAsync(request, cancellation), cancellation);
        ConsumedUnits.OfRead(response.ConsumedCapacity);
        return AttributeValues.ItemOrNull(response.Item);
    }

    public async Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation)
    {
        StoreLimits.Validate(keys);
        var found = await BatchRead.Send(_connection, keys, consistent, cancellation);
        return [.. keys.Select(key => found.GetValueOrDefault(key))];
    }

    public async Task<Page> Query(Query query, CancellationToken cancellation)
    {
        StoreLimits.Validate(query);
        var start = Cursor.Parse(query);

        // DynamoDB calls such bounds an error.
        if (!query.From.IsNone && !query.To.IsNone && KeyOrder.Compare(query.From, query.To) > 0) return new([], null);
        return await PageRead.Send(_connection, query, start, cancellation);
    }

    public async Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        StoreLimits.Validate(writes, token);
        cancellation.ThrowIfCancellationRequested();
        return PlainCommit.Takes(writes, token)
            ? await PlainCommit.Send(_connection, writes[0])
            : await TransactionalCommit.Send(_connection, writes, token);
    }

    public void Dispose() => _connection.Dispose();
}
