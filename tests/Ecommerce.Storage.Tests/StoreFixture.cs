using Ecommerce.Tests;

namespace Ecommerce.Storage.Tests;

/// <summary>An engine with empty tables, opened when the first test of a class asks for it and removed behind the last.</summary>
public abstract class StoreFixture : IAsyncDisposable
{
    private readonly List<IStore> _opened = [];
    private IStore? _store;

    public async Task<IStore> Store()
    {
        if (_store is not null) return _store;
        _store = await OpenAnother();
        return _store;
    }

    /// <summary>A second store over the same tables, as another process would have.</summary>
    public async Task<IStore> OpenAnother()
    {
        var store = await StoreEngines.Open(await Options(), TestContext.Current.CancellationToken);
        _opened.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened.OfType<IDisposable>()) store.Dispose();
        await Remove();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreOptions> Options();

    protected virtual ValueTask Remove() => ValueTask.CompletedTask;
}

public sealed class SqliteFixture : StoreFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store-");

    protected override Task<StoreOptions> Options() => Task.FromResult(new StoreOptions
    {
        Engine = StoreEngine.Sqlite,
        SqlitePath = Path.Combine(_folder.FullName, "store.db"),
        Tables = TestTables.All,
    });

    protected override ValueTask Remove()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class DynamoDbFixture : StoreFixture
{
    private readonly string _prefix = $"test-{Guid.NewGuid():N}-";

    protected override async Task<StoreOptions> Options() => new()
    {
        Engine = StoreEngine.DynamoDb,
        ServiceUrl = await DynamoDbLocal.RequireAsync(),
        TablePrefix = _prefix,
        CreateTables = true,
        Tables = TestTables.All,
    };
}
