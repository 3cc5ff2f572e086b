using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>The client, and what every call over it needs to know.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(4);

    private readonly StoreOptions _options;
    private readonly FreshHttpClientFactory _connections;

    public Connection(StoreOptions options, AmazonDynamoDBConfig config, TimeProvider clock)
    {
        (_options, Clock, _connections) = (options, clock, new(clock));
        config.HttpClientFactory ??= _connections;
        Client = options.ServiceUrl is null ? new AmazonDynamoDBClient(config) : new AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), config);
    }

    public IAmazonDynamoDB Client { get; }

    public IReadOnlyList<TableDefinition> Tables => _options.Tables;

    public TimeProvider Clock { get; }

    public bool IsLocal => _options.ServiceUrl is not null;

    public static AmazonDynamoDBConfig Config(StoreOptions options)
    {
        // The store retries by itself: it has to know of every lost reply, and the two would multiply.
        var config = new AmazonDynamoDBConfig { MaxErrorRetry = 0, Timeout = CallTimeout };
        if (options.ServiceUrl is not { } url) return config;
        config.ServiceURL = url.ToString();
        config.AuthenticationRegion = "us-east-1";
        return config;
    }

    public string NameOf(TableDefinition table) => _options.TablePrefix + table.Name;

    public Tries Tries(TimeSpan? patience = null) => new(Clock, patience);

    public void Dispose()
    {
        Client.Dispose();
        _connections.Dispose();
    }
}
