using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Orders.Kills;
using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Shutdown;

/// <summary>The shop as a process that is asked to end, by SIGTERM, and what the next one finds to do.</summary>
public abstract class ShutdownTests : IDisposable
{
    private const string AdminEmail = "admin@example.com";
    private const string Password = "a long password";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecommerce-end-").FullName;
    private readonly ConcurrentQueue<string> _complaints = [];

    [Fact]
    public async Task A_checkout_under_way_is_answered_and_nothing_of_it_is_left_to_do()
    {
        var shop = await Start(("Checkout:RecoveryIntervalSeconds", "1"), ("Admin:Email", AdminEmail), ("Admin:Password", Password));
        using var client = new HttpClient { BaseAddress = shop.Address };
        var admin = await Login(client, AdminEmail);
        var product = (await client.Post("/product", new { name = "Bowl", price = 12.99m, stock = 5 }, admin).ShouldBe(201)).Text("productId");
        var buyer = await Register(client, "ada@example.com");
        await client.Post("/cart", new { productId = product, quantity = 2 }, buyer).ShouldBe(200);
        var buying = client.Post("/order/checkout", Shopping.Paying("pm_sim_slow_3s"), buyer);
        await Until(async () => (await client.Get("/order", buyer).ShouldBe(200)).GetProperty("count").GetInt32() == 1);

        var ending = shop.Stop();
        await Until(async () => !await Connects(shop.Address));
        Assert.False(buying.IsCompleted);
        var order = await buying.ShouldBe(201);
        Assert.Equal(("CONFIRMED", 0), (order.Text("status"), await ending.WaitAsync(Patience, TestContext.Current.CancellationToken)));

        var next = await Start(("Checkout:RecoveryIntervalSeconds", "0"), ("Hosting:InternalEndpoints", "true"));
        using var later = new HttpClient { BaseAddress = next.Address };
        Assert.Equal(0, (await later.Post("/internal/maintenance").ShouldBe(200)).GetProperty("orders").GetProperty("due").GetInt32());
        Assert.Equal("CONFIRMED", (await later.Get($"/order/{order.Text("orderId")}", buyer).ShouldBe(200)).Text("status"));
        Assert.Equal(0, await next.Stop());
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task A_mail_that_hangs_is_let_go_of_and_sent_by_the_next_process_at_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var shop = await Start([("Checkout:RecoveryIntervalSeconds", "1"), .. Mail(((IPEndPoint)silent.LocalEndpoint).Port)]);
        using var client = new HttpClient { BaseAddress = shop.Address };
        await Register(client, "ada@example.com");
        using var hanging = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

        // Well before the 15 seconds that a mail may take.
        Assert.Equal(0, await shop.Stop().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        await using var server = new SmtpStandIn();
        var next = await Start([("Checkout:RecoveryIntervalSeconds", "0"), ("Hosting:InternalEndpoints", "true"), .. Mail(server.Port)]);
        using var later = new HttpClient { BaseAddress = next.Address };
        var deliveries = (await later.Post("/internal/maintenance").ShouldBe(200)).GetProperty("deliveries");
        Assert.Equal("""{"sent":1,"waiting":0,"failed":0}""", JsonSerializer.Serialize(deliveries));
        Assert.Single(server.Commands, "RCPT TO:<ada@example.com>");
        Assert.Equal(0, await next.Stop());
        Assert.Empty(_complaints);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<(string Name, string Value)[]> StoreSettings(string folder);

    private static (string Name, string Value)[] Mail(int port) =>
        [("Email:Smtp:Host", "127.0.0.1"), ("Email:Smtp:Port", $"{port}"), ("Email:Smtp:From", "shop@example.com")];

    private static async Task<(string Name, string Value)> Register(HttpClient client, string email)
    {
        await client.Post("/user/register", new { email, password = Password, name = "Ada" }).ShouldBe(201);
        return await Login(client, email);
    }

    private static async Task<(string Name, string Value)> Login(HttpClient client, string email) =>
        ("Authorization", $"Bearer {(await client.Post("/user/login", new { email, password = Password }).ShouldBe(200)).Text("token")}");

    private static async Task<bool> Connects(Uri address)
    {
        using var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await holds()) await Task.Delay(20, patience.Token);
    }

    private async Task<ShopProcess> Start(params (string Name, string Value)[] settings) => await ShopProcess.Start("127.0.0.1", _folder,
        [
            ("Auth:SigningKey", EcommerceApp.SigningKey), ("Auth:PasswordIterations", "100000"), ("Payment:AllowSimulated", "true"),
            ("Logging:Console:LogLevel:Microsoft.Hosting.Lifetime", "Information"), .. await StoreSettings(_folder), .. settings,
        ], _complaints);
}

public sealed class ShutdownTests_on_Sqlite : ShutdownTests
{
    private protected override Task<(string Name, string Value)[]> StoreSettings(string folder) =>
        Task.FromResult<(string, string)[]>([("Store:Engine", "Sqlite"), ("Store:SqlitePath", Path.Combine(folder, "shop.db"))]);
}

public sealed class ShutdownTests_on_DynamoDb : ShutdownTests
{
    private protected override async Task<(string Name, string Value)[]> StoreSettings(string folder) =>
    [
        ("Store:Engine", "DynamoDb"), ("Store:ServiceUrl", (await DynamoDbLocal.RequireAsync()).ToString()), ("Store:TablePrefix", $"{Path.GetFileName(folder)}."),
    ];
}
