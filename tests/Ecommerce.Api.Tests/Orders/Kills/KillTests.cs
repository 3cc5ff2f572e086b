using System.Diagnostics;
using System.Globalization;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>
/// The shop as a process, killed with SIGKILL at random moments while people buy, cancel, refund and ship, and started again over the
/// same store. Whatever it died over, what it shows afterwards must be right; nothing is looked at but its API.
/// </summary>
/// <remarks>Set <c>ECOMMERCE_KILL_SEED</c> to draw the same requests and the same lives again; how they meet is up to the machine.</remarks>
public abstract class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 30;
    private const int Shoppers = 10;
    private const int Leavers = 6;
    private const int Clerks = 2;
    private const string AdminEmail = "admin@example.com";
    private const string AdminPassword = "a long password";

    private static readonly (string Name, string Value)[] Settings =
    [
        ("Auth:SigningKey", EcommerceApp.SigningKey),
        ("Auth:AccessTokenMinutes", "600"),
        ("Auth:PasswordIterations", "100000"),
        ("Admin:Email", AdminEmail),
        ("Admin:Password", AdminPassword),
        ("Payment:AllowSimulated", "true"),
        ("Checkout:RecoveryIntervalSeconds", "1"),
        ("Logging:Console:LogLevel:Microsoft.Hosting.Lifetime", "Information"),
        ("Logging:Console:LogLevel:Microsoft.AspNetCore.Authentication.JwtBearer", "Information"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ecommerce-kill-").FullName;

    [Fact]
    public async Task Whatever_the_process_is_killed_over_stock_money_and_answers_are_right_afterwards()
    {
        var started = Stopwatch.GetTimestamp();
        var seed = Environment.GetEnvironmentVariable("ECOMMERCE_KILL_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"ECOMMERCE_KILL_SEED={seed}");
        var (random, findings, diary) = (new Random(seed), new Findings(), new Diary());

        await using var shop = new MortalShop(_folder, [.. Settings, .. await StoreSettings(_folder)]);
        using var wire = new Wire(shop, findings);
        await shop.Start();
        var admin = (await wire.Insist(200, HttpMethod.Post, "/user/login", null, new { email = AdminEmail, password = AdminPassword })).Text("token");
        var putIn = await Sell(wire, admin);
        var shoppers = Enumerable.Range(0, Shoppers + Leavers).Select(_ => new Shopper(wire, diary, findings, new(random.Next()), [.. putIn.Keys])).ToList();
        foreach (var shopper in shoppers) await shopper.Register();
        var clerks = Enumerable.Range(0, Clerks)
            .Select(_ => new Clerk(wire, diary, findings, new(random.Next()), admin, [.. putIn.Keys.Select(sku => sku.ProductId).Distinct()])).ToList();

        var isOver = false;
        var load = Task.WhenAll([
            .. shoppers.Skip(Leavers).Select(shopper => shopper.Shop(IsOver)), .. shoppers.Take(Leavers).Select(shopper => shopper.ShopUntilCutOff(IsOver)),
            .. clerks.Select(clerk => clerk.Work(IsOver))]);
        for (var kill = 0; kill < Kills && !load.IsCompleted; kill++)
        {
            await Task.WhenAny(Task.Delay(Life(random), TestContext.Current.CancellationToken), load);
            Volatile.Write(ref isOver, kill == Kills - 1);
            await shop.Kill();
            await shop.Start();
        }

        await load;
        var loaded = Stopwatch.GetElapsedTime(started);
        var after = await Aftermath.Of(wire, shoppers, admin, findings);
        Report(shop, wire, diary, after, $"load {loaded.TotalSeconds:F0} s, rest after another {after.Waited.TotalSeconds:F0} s");

        findings.Check(Unheard(diary, after).Any(order => order.WasConfirmed), () => "Not one charge that a kill cut off was found again.");
        OrderInvariants.Check(after, findings);
        AnswerInvariants.Check(after, diary, findings);
        await StockInvariants.Check(wire, after, admin, putIn, findings);
        await StockInvariants.CheckCarts(after, shoppers, findings);
        foreach (var shopper in shoppers) await wire.Insist(200, HttpMethod.Delete, "/cart", shopper.AccessToken);
        await ReplayInvariants.Check(wire, after, diary, admin, findings);
        foreach (var complaint in shop.Complaints) findings.Add($"The process wrote {complaint}");
        output.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s in all");

        Assert.Equal(Kills, shop.Kills);
        findings.ShouldBeNone();

        bool IsOver() => Volatile.Read(ref isOver);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Where a process finds the store that all of them share.</summary>
    private protected abstract Task<(string Name, string Value)[]> StoreSettings(string folder);

    /// <summary>Goods of which some run out and some do not; how many of each SKU there are.</summary>
    private static async Task<Dictionary<(string ProductId, string? Size), int>> Sell(Wire wire, string admin)
    {
        var putIn = new Dictionary<(string, string?), int>();
        foreach (var (name, price, stock) in new[] { ("Bowl", 12.99m, 8), ("Bar", 1.01m, 5000), ("Book", 7.5m, 5000), ("Mug", 9.95m, 5000) })
            putIn[((await wire.Insist(201, HttpMethod.Post, "/product", admin, new { name, price, stock })).Text("productId"), null)] = stock;
        foreach (var sizes in new[] { new Dictionary<string, int> { ["S"] = 3, ["M"] = 5000, ["L"] = 5000 }, new() { ["42"] = 200, ["43"] = 5000 } })
        {
            var id = (await wire.Insist(201, HttpMethod.Post, "/product", admin, new { name = "Shirt", price = 20m, sizes })).Text("productId");
            foreach (var (size, stock) in sizes) putIn[(id, size)] = stock;
        }

        return putIn;
    }

    /// <summary>How long a process lives after it is ready. Mostly too short for much; now and then a slow payment comes to its end.</summary>
    private static TimeSpan Life(Random random) => TimeSpan.FromMilliseconds(random.Next(15) == 0 ? random.Next(3000, 4500) : random.Next(20, 1000));

    private void Report(MortalShop shop, Wire wire, Diary diary, Aftermath after, string times)
    {
        output.WriteLine($"{shop.Kills} kills, {wire.Requests} requests of which {wire.CutOff} were cut off; {times}");
        output.WriteLine($"{diary.Purchases.Count} purchases: {Counts(diary.Purchases.SelectMany(purchase => purchase.Replies), Told)}");
        output.WriteLine($"{diary.Repayments.Count} refunds: {Counts(diary.Repayments.SelectMany(refund => refund.Replies), Told)}");
        output.WriteLine($"{after.Orders.Count} orders: {Counts(after.Orders.Values, order => order.Payment is null ? order.Status : $"{order.Status}/{order.Payment}")}");
        output.WriteLine($"orders that nobody was told the end of: {Counts(Unheard(diary, after), order => order.WasConfirmed ? "paid" : order.Status)}");
        output.WriteLine($"ways: {Counts(after.Orders.Values, order => string.Join(">", order.History))}");

        static string Told(Reply reply) => $"{reply.Status} {reply.Code}".Trim();
    }

    /// <summary>
    /// Orders that were cut off, and that whoever asked again found in a dead process's hands for as long as they had patience. Whether
    /// one of them was charged before the kill cannot be seen from outside; of so many, with a card that is charged at once and says so
    /// after three seconds, some were.
    /// </summary>
    private static IEnumerable<SeenOrder> Unheard(Diary diary, Aftermath after) =>
        diary.Purchases.Where(purchase => purchase.Replies.All(reply => reply.Status is not (201 or 402))).SelectMany(after.Of);

    private static string Counts<T>(IEnumerable<T> all, Func<T, string> what) =>
        string.Join(", ", all.GroupBy(what).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"));
}

public sealed class KillTests_on_Sqlite(ITestOutputHelper output) : KillTests(output)
{
    private protected override Task<(string Name, string Value)[]> StoreSettings(string folder) =>
        Task.FromResult<(string, string)[]>([("Store:Engine", "Sqlite"), ("Store:SqlitePath", Path.Combine(folder, "shop.db"))]);
}

public sealed class KillTests_on_DynamoDb(ITestOutputHelper output) : KillTests(output)
{
    private protected override async Task<(string Name, string Value)[]> StoreSettings(string folder) =>
    [
        ("Store:Engine", "DynamoDb"),
        ("Store:ServiceUrl", (await DynamoDbLocal.RequireAsync()).ToString()),
        ("Store:TablePrefix", $"{Path.GetFileName(folder)}."),
    ];
}
