using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>Makes the declared tables, paid by request.</summary>
internal static class Tables
{
    /// <summary>Nobody waits for the answer to a request yet, and an endpoint that has just started is slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task CreateMissing(Connection connection, CancellationToken cancellation)
    {
        await Task.WhenAll(connection.Tables.Select(table => Create(connection, Request(connection.NameOf(table), table), cancellation)));
        var started = connection.Clock.GetTimestamp();
        await Task.WhenAll(connection.Tables.Select(table => BecomeActive(connection, connection.NameOf(table), started, cancellation)));
        await Task.WhenAll(connection.Tables.Where(table => table.TimeToLive is not null).Select(table => LetLapse(connection, table, cancellation)));
    }

    private static async Task BecomeActive(Connection connection, string name, long started, CancellationToken cancellation)
    {
        while (!await IsActive(connection, name, cancellation))
        {
            if (connection.Clock.GetElapsedTime(started) > Patience) throw new StoreUnavailableException($"Table {name} does not become active.");
            await Task.Delay(Pause, connection.Clock, cancellation);
        }
    }

    private static async Task LetLapse(Connection connection, TableDefinition table, CancellationToken cancellation)
    {
        var name = connection.NameOf(table);
        if (await Lapses(connection, name, cancellation)) return;
        try
        {
            await connection.Tries(Patience).Run(() => connection.Client.UpdateTimeToLiveAsync(new()
            {
                TableName = name,
                TimeToLiveSpecification = new() { AttributeName = table.TimeToLive, Enabled = true },
            }, cancellation), cancellation);
        }
        catch (AmazonDynamoDBException e) when (e.ErrorCode == "ValidationException")
        {
            // Refused where it is so already: another process did it, or this one, whose first reply was lost.
            if (!await Lapses(connection, name, cancellation)) throw;
        }
    }

    private static async Task<bool> Lapses(Connection connection, string name, CancellationToken cancellation)
    {
        var response = await connection.Tries(Patience).Run(() => connection.Client.DescribeTimeToLiveAsync(name, cancellation), cancellation);
        return response.TimeToLiveDescription.TimeToLiveStatus != TimeToLiveStatus.DISABLED;
    }

    private static async Task Create(Connection connection, CreateTableRequest request, CancellationToken cancellation)
    {
        try
        {
            await connection.Tries(Patience).Run(() => connection.Client.CreateTableAsync(request, cancellation), cancellation);
        }
        catch (ResourceInUseException)
        {
            // It is there, or another process is making it at this moment: either way it will be active.
            return;
        }
    }

    private static async Task<bool> IsActive(Connection connection, string name, CancellationToken cancellation)
    {
        var response = await connection.Tries(Patience).Run(() => connection.Client.DescribeTableAsync(name, cancellation), cancellation);
        return response.Table.TableStatus == TableStatus.ACTIVE;
    }

    private static CreateTableRequest Request(string name, TableDefinition table) => new()
    {
        TableName = name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = KeySchema(table.Partition, table.Sort),
        AttributeDefinitions = [.. KeyAttributes(table).Distinct().Select(attribute => new AttributeDefinition(attribute.Name, TypeOf(attribute)))],
        GlobalSecondaryIndexes = table.Indexes.Length == 0 ? null : [.. table.Indexes.Select(index => new GlobalSecondaryIndex
        {
            IndexName = index.Name,
            KeySchema = KeySchema(index.Partition, index.Sort),
            Projection = new() { ProjectionType = index.Projection == Projection.All ? ProjectionType.ALL : ProjectionType.KEYS_ONLY },
        })],
    };

    private static IEnumerable<KeyAttribute> KeyAttributes(TableDefinition table)
    {
        yield return table.Partition;
        if (table.Sort is { } sort) yield return sort;
        foreach (var index in table.Indexes)
        {
            yield return index.Partition;
            yield return index.Sort;
        }
    }

    private static List<KeySchemaElement> KeySchema(KeyAttribute partition, KeyAttribute? sort)
    {
        var schema = new List<KeySchemaElement> { new(partition.Name, KeyType.HASH) };
        if (sort is not null) schema.Add(new(sort.Name, KeyType.RANGE));
        return schema;
    }

    private static ScalarAttributeType TypeOf(KeyAttribute attribute) =>
        attribute.Kind == ValueKind.Number ? ScalarAttributeType.N : ScalarAttributeType.S;
}
