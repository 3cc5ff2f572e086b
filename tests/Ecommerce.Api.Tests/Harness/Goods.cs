using System.Globalization;
using System.Text.Json;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Products;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>Products and carts to begin a test with, and what the store holds of them afterwards.</summary>
internal static class Goods
{
    /// <summary>Sells a product, and answers its id.</summary>
    /// <param name="sizes">Such as <c>M:5,S:0</c>.</param>
    public static async Task<string> Sell(
        this EcommerceApp app, string name = "Protein Bowl", decimal price = 12.99m, long? stock = null,
        string? category = null, string? sizes = null, string[]? tags = null, object? attributes = null) =>
        (await app.Admin.Post("/product", new { name, price, stock, category, sizes = sizes is null ? null : Sizes(sizes), tags, attributes }).ShouldBe(201)).Text("productId");

    /// <summary>Sells very many products of about 600 bytes, each seven cents dearer than the one before, with nothing on hand of them, without a request for each.</summary>
    public static async Task Stock(this EcommerceApp app, int count)
    {
        var ids = app.Services.GetRequiredService<Ids>();
        var products = Enumerable.Range(0, count).Select(n => new Product
        {
            ProductId = ids.New("prod"),
            Name = $"Product {n}",
            Price = new(100 + n * 7),
            Category = "goods",
            Description = new string('d', 250),
            SoldOut = 1,
            CreatedAt = app.Clock.GetUtcNow().UtcDateTime,
            UpdatedAt = app.Clock.GetUtcNow().UtcDateTime,
        });
        foreach (var commit in products.SelectMany(product => ProductEntries.Writes(null, product)).Chunk(StoreLimits.WritesPerCommit))
            Assert.True((await app.Store.Commit(commit, cancellation: TestContext.Current.CancellationToken)).IsCommitted);
    }

    public static Dictionary<string, long> Sizes(string sizes) =>
        sizes.Split(',').Select(size => size.Split(':')).ToDictionary(size => size[0], size => long.Parse(size[1], CultureInfo.InvariantCulture));

    public static async Task MoveStock(this EcommerceApp app, string productId, long delta, string? size = null) =>
        await app.Admin.Post($"/product/{productId}/stock", new { delta, reason = "test", size }).ShouldBe(200);

    /// <summary>The body, to the letter and in this order.</summary>
    public static void ShouldRead(this JsonElement body, string json) => Assert.Equal(json, body.GetRawText());

    public static IEnumerable<JsonElement> Items(this JsonElement list) => list.GetProperty("items").EnumerateArray();

    /// <summary>Everything of a list, page by page; checks each page's count and that none but the last lacks a cursor.</summary>
    public static async Task<List<JsonElement>> Pages(this HttpClient client, string path, int limit, Func<int, Task>? between = null)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page < 500; page++)
        {
            var after = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var body = await client.Get($"{path}{(path.Contains('?') ? '&' : '?')}limit={limit}{after}").ShouldBe(200);
            Assert.Equal(["items", "count", "nextCursor"], body.Names());
            var items = body.Items().ToList();
            Assert.Equal(items.Count, body.GetProperty("count").GetInt32());
            all.AddRange(items);
            cursor = body.GetProperty("nextCursor").GetString();
            if (cursor is null) return all;
            Assert.Equal(limit, items.Count);
            if (between is not null) await between(page);
        }

        throw new InvalidOperationException($"{path} never ends.");
    }

    /// <summary>The log of the day on which the clock stands, in the order in which it was written: one entry a commit.</summary>
    public static async Task<List<Item>> Logged(this EcommerceApp app)
    {
        var entries = new List<Item>();
        for (var shard = 0; shard < Tables.Shards; shard++)
            entries.AddRange(await app.Store.All(new(Tables.EventLogs, $"{app.Clock.GetUtcNow():yyyy-MM-dd}.{shard}") { Consistent = true }));
        return [.. entries.OrderBy(entry => entry.Text("entryId"), StringComparer.Ordinal)];
    }

    /// <summary>The events about a product, oldest first.</summary>
    public static async Task<List<Item>> LoggedOf(this EcommerceApp app, string productId) =>
        [.. (await app.Logged()).SelectMany(entry => entry.List("events").Select(e => e.AsMap)).Where(e => e.MapOrNull("metadata")?.TextOrNull("productId") == productId)];

    /// <summary>All that the store holds of products, stock, events and these people's carts, as one text to compare.</summary>
    public static async Task<string> Holdings(this EcommerceApp app, params string[] users)
    {
        var index = Tables.Products.Index("newest");
        var products = await app.Store.All(new(Tables.Products, "all") { Index = index });
        var items = new List<Item>(products);
        foreach (var product in products)
            items.AddRange(await app.Store.All(new(Tables.Inventory, product["productId"]) { Consistent = true }));
        items.AddRange(await app.Logged());
        foreach (var user in users)
            if (await app.Store.Get(Cart.Key(user), consistent: true, TestContext.Current.CancellationToken) is { } cart) items.Add(cart);
        return string.Join('\n', items.Select(Sorted));
    }

    /// <summary>The same application over the same store, with every commit passing by.</summary>
    public static (WebApplicationFactory<Program> App, WatchedStore Store) Watched(this EcommerceApp app)
    {
        var watched = new WatchedStore(app.Store);
        return (app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<IStore>(watched))), watched);
    }

    private static ValueTask<List<Item>> All(this IStore store, Query query) =>
        store.ReadAll(query, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>Attributes compare without their order, so they are written in one.</summary>
    private static string Sorted(Item item) => string.Join(", ", item.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {Sorted(a.Value)}"));

    private static string Sorted(Value value) => value.Kind switch
    {
        ValueKind.Map => $"{{{Sorted(value.AsMap)}}}",
        ValueKind.List => $"[{string.Join(", ", value.AsList.Select(Sorted))}]",
        _ => value.ToString(),
    };
}

/// <summary>Keeps every commit that is made, and lets a test slip something in just before the first one.</summary>
internal sealed class WatchedStore(IStore inner) : IStore
{
    private readonly List<IReadOnlyList<Write>> _commits = [];
    private Func<Task>? _intrusion;
    private int? _commitsLeft;

    public string Engine => inner.Engine;

    public void Dispose() => inner.Dispose();

    public IReadOnlyList<IReadOnlyList<Write>> Commits => _commits;

    /// <summary>So many commits are still made, and then the store is out of reach for writing; null for never.</summary>
    public void FailAfter(int? commits) => _commitsLeft = commits;

    public void BeforeTheNextCommit(Func<Task> intrusion) => _intrusion = intrusion;

    /// <summary>Called with the writes of each commit before it is made; may do something first, or throw instead.</summary>
    public Func<IReadOnlyList<Write>, Task> BeforeEachCommit { get; set; } = _ => Task.CompletedTask;

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation) => inner.Get(key, consistent, cancellation);

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation) =>
        inner.GetMany(keys, consistent, cancellation);

    public Task<Page> Query(Query query, CancellationToken cancellation) => inner.Query(query, cancellation);

    public async Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _intrusion, null) is { } intrusion) await intrusion();
        await BeforeEachCommit(writes);
        lock (_commits)
        {
            if (_commitsLeft-- <= 0) throw new StoreUnavailableException("The test has cut the line.");
            _commits.Add(writes);
        }

        return await inner.Commit(writes, token, cancellation);
    }
}
