using Ecommerce.Api.Http;
using Ecommerce.Api.Products;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Simulation;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Api.Users;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests;

/// <summary>
/// What a request costs in a small shop and in one a hundred times its size: the same, and within its budget. Only DynamoDB counts in
/// units; SQLite counts calls.
/// </summary>
public abstract class CostAtSizeTests(EcommerceApp app, ITestOutputHelper output)
{
    private const int Small = 100;
    private const int Large = 10_000;
    private const int CartLines = 5;
    private const int AtOnce = 4;

    /// <summary>An item of a page more or less that is read beyond the page, or is longer by the digits of its number.</summary>
    private const double Rounding = 0.5;

    /// <summary>The tag of each is a word of its name, so that a product has an entry less to write.</summary>
    private static readonly (string Name, string Tag)[] Goods = [("Protein bowl", "bowl"), ("Chicken wrap", "wrap"), ("Match ball", "match"), ("Water bottle", "water")];

    /// <summary>Each request with the most that it may read, write and call: see data.md. A route whose cost could grow with the shop has a row.</summary>
    private static readonly Row[] Rows =
    [
        .. new[]
        {
            "/product", "/product?sort=price", "/product?sort=-price", "/product?sort=name",
            "/product?category=goods", "/product?category=goods&sort=name", "/product?category=goods&sort=price&minPrice=1&maxPrice=40",
            "/product?tag=bowl", "/product?tag=bowl&sort=price", "/product?sort=price&minPrice=1&maxPrice=40", "/product?tag=match&sort=-price&maxPrice=40", "/product?inStock=true",
            "/product?q=bowl", "/product?q=prot", "/product?q=protein%20bowl", "/product?q=ma%20ba",
        }.Select(path => new Row(path, 5, 0, 2, shop => shop.Anonymous.Get(path), IsList: true)),
        new("GET /product/{productId}", 1, 0, 2, shop => shop.Anonymous.Get($"/product/{shop.Products[0]}")),
        new("GET /cart of 5", 1 + CartLines, 0, 2, shop => shop.Customer.Get("/cart")),
        new("POST /cart", 2, 1, 3, shop => shop.Customer.Post("/cart", new { productId = shop.Products[0], quantity = 1 })),
        new("POST /user/login", 2, 1, 2, shop => shop.Anonymous.Login(shop.Email)),
        new("POST /user/refresh", 2, 1, 2, async shop =>
            await shop.Anonymous.Post("/user/refresh", new { refreshToken = (await shop.Anonymous.Login(shop.Email).ShouldBe(200)).Text("refreshToken") })),
        new("GET /user/profile", 1, 0, 1, shop => shop.Customer.Get("/user/profile")),
        new("GET /user", 5, 0, 1, shop => shop.Admin.Get("/user?limit=20"), IsList: true),
        new("GET /user/{userId}", 1, 0, 1, shop => shop.Admin.Get($"/user/{Ids.Derive("usr", "7")}")),
    ];

    [Fact]
    public async Task Every_request_costs_the_same_in_a_small_shop_and_in_a_large_one()
    {
        using var fresh = app.Fresh();
        await Grow(fresh, 0, Small);
        var shop = await Enter(fresh);
        var small = await Costs(shop);
        await Grow(fresh, Small, Large);
        var large = await Costs(shop);

        output.WriteLine($"{"",-62} {$"{Small:N0} products and users",-28} {$"{Large:N0} products and users",-28}");
        foreach (var (row, few, many) in Rows.Zip(small, large)) output.WriteLine($"{row.Name,-62} {few,-28} {many,-28}");
        foreach (var (row, few, many) in Rows.Zip(small, large))
        {
            foreach (var cost in new[] { few, many })
                Assert.True(cost.ReadUnits <= row.ReadUnits && cost.WriteUnits <= row.WriteUnits && cost.Calls <= row.Calls, $"{row.Name} costs {cost}");
            Assert.True(Math.Abs(many.ReadUnits - few.ReadUnits) <= Rounding, $"{row.Name} reads {few} and then {many}");
            Assert.Equal((row.Name, few.WriteUnits, few.Calls), (row.Name, many.WriteUnits, many.Calls));
        }
    }

    /// <summary>Somebody with a full cart of what the shop really has.</summary>
    private static async Task<Shop> Enter(EcommerceApp fresh)
    {
        var email = People.NewEmail();
        var customer = fresh.ClientFor(await fresh.NewUser(email));
        var products = new List<string>();
        for (var n = 0; n < CartLines; n++)
        {
            products.Add(await fresh.Sell("Shopping bag", stock: 5));
            await customer.AddToCart(products[n]);
        }

        return new(fresh.Anonymous, customer, fresh.Admin, email, products);
    }

    private static async Task<List<Cost>> Costs(Shop shop)
    {
        var costs = new List<Cost>();
        foreach (var row in Rows)
        {
            var response = await row.Send(shop);
            var body = await response.ShouldBe(200);
            if (row.IsList) Assert.Equal((row.Name, 20, true), (row.Name, body.Items().Count(), body.GetProperty("nextCursor").GetString() is not null));
            var (read, written, calls) = response.Cost();
            costs.Add(new(read, written, calls));
        }

        return costs;
    }

    /// <summary>Products of about 600 bytes, with their entries, and users, as many as are lacking; directly, a commit full at a time.</summary>
    private static async Task Grow(EcommerceApp fresh, int from, int to)
    {
        var writes = Enumerable.Range(from, to - from).SelectMany(n => Product(fresh, n).Concat(User(fresh, n)));
        await Parallel.ForEachAsync(
            writes.Chunk(StoreLimits.WritesPerCommit),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (commit, cancellation) => Assert.True((await fresh.Store.Commit(commit, cancellation: cancellation)).IsCommitted));
    }

    private static IReadOnlyList<Write> Product(EcommerceApp fresh, int n) => ProductEntries.Writes(null, new()
    {
        ProductId = Ids.Derive("prod", $"{n}"),
        Name = Goods[n % Goods.Length].Name,
        Price = new(100 + n * 7 % 5_000),
        Category = n % 3 == 0 ? "food" : "goods",
        Description = string.Concat(Enumerable.Repeat("a ", 160)),
        Tags = [Goods[n % Goods.Length].Tag],
        CreatedAt = fresh.Clock.GetUtcNow().UtcDateTime,
        UpdatedAt = fresh.Clock.GetUtcNow().UtcDateTime,
    });

    private static IEnumerable<Write> User(EcommerceApp fresh, int n)
    {
        var (userId, email) = (Ids.Derive("usr", $"{n}"), $"user{n}@example.com");
        var profile = new Profile(userId, email, $"User {n}", Caller.CustomerRole, fresh.Clock.GetUtcNow().UtcDateTime) { SecurityStamp = Secret.New() };
        yield return Credentials.Of(profile, new string('h', 90)).Put();
        yield return profile.Put();
    }

    private sealed record Row(string Name, double ReadUnits, double WriteUnits, int Calls, Func<Shop, Task<HttpResponseMessage>> Send, bool IsList = false);

    private sealed record Shop(HttpClient Anonymous, HttpClient Customer, HttpClient Admin, string Email, IReadOnlyList<string> Products);

    private readonly record struct Cost(double ReadUnits, double WriteUnits, int Calls)
    {
        public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ReadUnits} rcu, {WriteUnits} wcu, {Calls} calls");
    }
}

[Collection(nameof(WholeMachine))]
public sealed class CostAtSizeTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : CostAtSizeTests(app, output), IClassFixture<SqliteApp>;

[Collection(nameof(WholeMachine))]
public sealed class CostAtSizeTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : CostAtSizeTests(app, output), IClassFixture<DynamoDbApp>;
