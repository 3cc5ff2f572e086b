namespace Ecommerce.Storage;

public enum StoreEngine
{
    Sqlite,
    DynamoDb,
}

/// <summary>Which engine keeps the tables, and where.</summary>
public sealed record StoreOptions
{
    public StoreEngine Engine { get; init; } = StoreEngine.Sqlite;

    /// <summary>The database file; its folder is made when it is missing.</summary>
    public string SqlitePath { get; init; } = "data/ecommerce.db";

    /// <summary>Stands before every table's name in DynamoDB, so that several shops share an account.</summary>
    public string TablePrefix { get; init; } = "";

    /// <summary>The endpoint of a DynamoDB Local; null for the service itself, found by region and credentials of the environment.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>Create missing tables at start. For a local endpoint: a deployment's tables come from its template.</summary>
    public bool CreateTables { get; init; }

    /// <summary>Every table the application uses.</summary>
    public required IReadOnlyList<TableDefinition> Tables { get; init; }
}
