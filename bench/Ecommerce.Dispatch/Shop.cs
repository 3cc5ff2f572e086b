using Ecommerce.Api;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Products;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Dispatch;

/// <summary>The shop's own parts over an empty store, without a server.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const int Events = 1_000;
    private const int Products = 20;

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly IStore _store;
    private readonly List<string> _products = [];

    private Shop(WebApplication app, DirectoryInfo folder) => (_app, _folder, _store) = (app, folder, app.Services.GetRequiredService<IStore>());

    /// <param name="dynamoDb">The endpoint of DynamoDB Local; null for SQLite in a temporary folder.</param>
    public static async Task<Shop> Open(Uri? dynamoDb)
    {
        var folder = Directory.CreateTempSubdirectory("ecommerce-dispatch-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:SigningKey"] = Guid.NewGuid().ToString(),
            ["Payment:AllowSimulated"] = "true",
            ["Checkout:RecoveryIntervalSeconds"] = "0",
            ["Store:Engine"] = dynamoDb is null ? "Sqlite" : "DynamoDb",
            ["Store:SqlitePath"] = Path.Combine(folder.FullName, "shop.db"),
            ["Store:ServiceUrl"] = dynamoDb?.ToString(),
            ["Store:TablePrefix"] = $"{Guid.NewGuid():N}.",
            ["Logging:LogLevel:Default"] = "Error",
        });
        var settings = Settings.Read(builder.Configuration, builder.Environment);
        builder.Services.AddShop(settings, builder.Environment, Task.Run(() => StoreEngines.Open(settings.Store)));
        var shop = new Shop(builder.Build(), folder);
        var products = shop._app.Services.GetRequiredService<ProductRepository>();
        for (var n = 0; n < Products; n++)
            shop._products.Add((await products.Create(new($"Bowl {n}", new(1299), null, "food", null, null, 1_000_000, null), "usr_admin", CancellationToken.None)).ProductId);
        await shop.Dispatch();
        return shop;
    }

    /// <summary>Logs sales of one line each, as checkout does.</summary>
    public async Task Sell()
    {
        var now = DateTime.UtcNow;
        for (var n = 0; n < Events; n += StoreLimits.WritesPerCommit)
            await _store.Commit([.. Enumerable.Range(n, StoreLimits.WritesPerCommit).Select(one => Sale(one, now))]);
    }

    /// <summary>Tells all that was logged.</summary>
    public async Task Dispatch()
    {
        var dispatcher = _app.Services.GetRequiredService<EventDispatcher>();
        while ((await dispatcher.Pass(CancellationToken.None)).Dispatched > 0) ;
    }

    /// <summary>Logs as many sales, and answers for each the commit that tells it.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Write>>> Commits()
    {
        await Sell();
        var subscribers = _app.Services.GetServices<ISubscriber>().ToList();
        var commits = new List<IReadOnlyList<Write>>();
        for (var shard = 0; shard < Tables.Shards; shard++)
        {
            var keys = await _store.Query(EntryProgress.InQueue(EntryProgress.DispatchQueue(shard)) with { Limit = StoreLimits.ItemsPerPage }, CancellationToken.None);
            foreach (var some in keys.Items.Select(Tables.EventLogs.KeyOf).Chunk(StoreLimits.KeysPerGetMany))
                foreach (var item in (await _store.GetMany(some, consistent: true, CancellationToken.None)).OfType<Item>())
                {
                    var entry = LogEntry.Of(item);
                    foreach (var subscriber in subscribers) await subscriber.Prepare([entry]);
                    var writes = subscribers.SelectMany(subscriber => subscriber.WritesOf(entry)).ToList();
                    commits.Add([EntryProgress.Of(item).WithAll(DeliveryItems.IdsIn(writes), DateTime.UtcNow).ToPut(item), .. writes]);
                }
        }

        return commits;
    }

    public async Task Commit(IReadOnlyList<IReadOnlyList<Write>> commits)
    {
        foreach (var writes in commits)
            if (!(await _store.Commit(writes)).IsCommitted)
                throw new InvalidOperationException("A bare commit was refused.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Put Sale(int number, DateTime now)
    {
        var productId = _products[number % Products];
        var order = Order.New(Ids.Derive("ord", $"{number}", Guid.NewGuid().ToString()), Ids.Derive("usr", $"{number}"), OrderStatus.Created,
            [new(productId, null, "Bowl", "Bowl", 1, new(1299))], "USD", now).To(OrderStatus.Reserved, now).To(OrderStatus.Confirmed, now);
        return OrderEvents.Log(order, EventType.PaymentSuccess, EventType.OrderConfirmed).Noting(Reservation.Take(order), order.OrderId).Selling(order.Lines);
    }
}
