using Amazon.Runtime;
using Ecommerce.Storage.DynamoDb;
using Ecommerce.Storage.Sqlite;

namespace Ecommerce.Storage;

/// <summary>Opens the engine that the options name. The store is one for the whole process; dispose of it at the end.</summary>
public static class StoreEngines
{
    /// <exception cref="StoreUnavailableException">The file cannot be opened, there is no region to ask in, or tables were to be created and the engine is out of reach.</exception>
    /// <exception cref="NotSupportedException">SQLite in a Lambda.</exception>
    public static async Task<IStore> Open(StoreOptions options, CancellationToken cancellation = default)
    {
        if (options.Engine == StoreEngine.Sqlite) return new SqliteStore(options);
        var store = OpenDynamoDb(options);
        if (!options.CreateTables) return store;
        try
        {
            await store.CreateMissingTables(cancellation);
            return store;
        }
        catch (StoreUnavailableException e)
        {
            store.Dispose();
            throw new StoreUnavailableException($"Store__ServiceUrl: the tables cannot be created at {options.ServiceUrl}: {e.Message}", e);
        }
    }

    private static DynamoDbStore OpenDynamoDb(StoreOptions options)
    {
        try
        {
            return new(options);
        }
        catch (AmazonClientException e)
        {
            throw new StoreUnavailableException($"Store__Engine: DynamoDB cannot be used without a region and without Store__ServiceUrl: {e.Message}", e);
        }
    }
}
