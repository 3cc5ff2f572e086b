using System.Collections.Concurrent;
using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Orders.Kills;
using Ecommerce.Tests;

namespace Ecommerce.Api.Tests;

/// <summary><c>scripts/smoke</c>, as it is called after a deployment, and the shop as a process.</summary>
public abstract class SmokeTests : IAsyncLifetime
{
    private const string AdminEmail = "admin@example.com";

    /// <summary>With what JSON and shells take for something else.</summary>
    private const string AdminPassword = """a "long\ $password""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecommerce-smoke-").FullName;
    private readonly ConcurrentQueue<string> _complaints = [];
    private ShopProcess? _shop;

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There is no bash here.");
        _shop = await ShopProcess.Start("127.0.0.1", _folder,
        [
            ("Auth:SigningKey", EcommerceApp.SigningKey), ("Auth:PasswordIterations", "100000"), ("Payment:AllowSimulated", "true"),
            ("Admin:Email", AdminEmail), ("Admin:Password", AdminPassword), ("Demo:Seed", "true"), ("Checkout:RecoveryIntervalSeconds", "1"),
            ("Logging:Console:LogLevel:Microsoft.Hosting.Lifetime", "Information"), .. await StoreSettings(_folder),
        ], _complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.Stop();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task As_an_administrator_it_sells_buys_and_pays_back_and_leaves_nothing_behind()
    {
        var before = await People();
        var (exitCode, output) = await Smoke($"ADMIN_EMAIL={AdminEmail}", $"ADMIN_PASSWORD={AdminPassword}");
        Assert.True(exitCode == 0 && output.EndsWith($"16 steps passed at {_shop!.Address.ToString().TrimEnd('/')}.\n", StringComparison.Ordinal), output);
        Assert.Contains("PASS  the order is refunded\n", output);
        Assert.DoesNotContain("Smoke test", await (await Client().Get("/product?limit=100")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await People());
        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData("pm_card_visa")]
    [InlineData("pm_sim_unavailable_2")]
    public async Task As_a_customer_it_buys_what_there_is_and_cancels(string token)
    {
        var (exitCode, output) = await Smoke($"SMOKE_PAYMENT_TOKEN={token}");
        Assert.True(exitCode == 0 && output.Contains("14 steps passed", StringComparison.Ordinal), output);
        Assert.Contains("PASS  the order is cancelled and paid back\n", output);
    }

    [Theory]
    [InlineData("FAIL  check out: 402 ", "SMOKE_PAYMENT_TOKEN=pm_card_visa_chargeDeclined")]
    [InlineData("FAIL  the order is confirmed: 200, still PAYMENT_", "SMOKE_PAYMENT_TOKEN=pm_sim_timeout_uncharged", "SMOKE_TIMEOUT=5")]
    [InlineData("FAIL  check out: no answer ", "SMOKE_PAYMENT_TOKEN=pm_sim_slow_3s", "SMOKE_TIMEOUT=2")]
    [InlineData("FAIL  log in as administrator: 401 ", $"ADMIN_EMAIL={AdminEmail}", "ADMIN_PASSWORD=wrong")]
    public async Task A_step_that_fails_is_named_and_what_was_done_before_is_undone(string failure, params string[] variables)
    {
        var before = await People();
        var (exitCode, output) = await Smoke(variables);
        Assert.Equal(1, exitCode);
        Assert.Contains(failure, output, StringComparison.Ordinal);
        Assert.DoesNotContain("LEFT", output, StringComparison.Ordinal);
        Assert.DoesNotContain("steps passed", output, StringComparison.Ordinal);
        Assert.Equal(before, await People());
        Assert.Empty(await Unfinished());
    }

    [Fact]
    public async Task What_is_no_shop_fails_at_once()
    {
        await using var other = await WebhookReceiver.Start();
        other.Answer = WebhookReceiver.Status(200);
        var (exitCode, output) = await ChildProcess.Ask(Patience, "bash", Repository.PathOf("scripts/smoke"), new Uri(other.Url).GetLeftPart(UriPartial.Authority));
        Assert.Equal((1, true), (exitCode, output.Contains("FAIL  register: 200 instead of 201", StringComparison.Ordinal)));
        (exitCode, output) = await ChildProcess.Ask(Patience, "bash", Repository.PathOf("scripts/smoke"), "http://127.0.0.1:1");
        Assert.Equal((1, true), (exitCode, output.Contains("FAIL  the shop is ready: no answer (", StringComparison.Ordinal)));
        Assert.Equal(2, (await ChildProcess.Ask(Patience, "bash", Repository.PathOf("scripts/smoke"), "shop.example")).ExitCode);
    }

    private protected abstract Task<(string Name, string Value)[]> StoreSettings(string folder);

    private Task<(int ExitCode, string Output)> Smoke(params string[] variables) =>
        ChildProcess.Ask(Patience, "env", [.. variables, "bash", Repository.PathOf("scripts/smoke"), _shop!.Address.ToString()]);

    private HttpClient Client() => new() { BaseAddress = _shop!.Address };

    /// <summary>How many accounts there are.</summary>
    private async Task<int> People() => (await AsAdmin("/user?limit=100")).GetProperty("count").GetInt32();

    /// <summary>The orders that are paid, or may come to be.</summary>
    private async Task<List<string>> Unfinished() => [.. (await AsAdmin("/order/all?limit=100")).Items()
        .Select(order => order.Text("status")).Where(status => status is "CREATED" or "RESERVED" or "PAYMENT_PENDING" or "CONFIRMED")];

    private async Task<JsonElement> AsAdmin(string path)
    {
        using var client = Client();
        var token = (await client.Post("/user/login", new { email = AdminEmail, password = AdminPassword }).ShouldBe(200)).Text("token");
        return await client.Get(path, ("Authorization", $"Bearer {token}")).ShouldBe(200);
    }
}

public sealed class SmokeTests_on_Sqlite : SmokeTests
{
    private protected override Task<(string Name, string Value)[]> StoreSettings(string folder) =>
        Task.FromResult<(string, string)[]>([("Store:Engine", "Sqlite"), ("Store:SqlitePath", Path.Combine(folder, "shop.db"))]);
}

public sealed class SmokeTests_on_DynamoDb : SmokeTests
{
    private protected override async Task<(string Name, string Value)[]> StoreSettings(string folder) =>
    [
        ("Store:Engine", "DynamoDb"), ("Store:ServiceUrl", (await DynamoDbLocal.RequireAsync()).ToString()), ("Store:TablePrefix", $"{Path.GetFileName(folder)}."),
    ];
}
