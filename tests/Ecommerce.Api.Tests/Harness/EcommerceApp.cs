using Ecommerce.Api.Http;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Users;
using Ecommerce.Storage;
using Ecommerce.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>
/// The whole application as in production, over a store of its own and a clock that stands still until it is moved. Write a test
/// class once, abstract, over this, and derive it for <see cref="SqliteApp"/> and <see cref="DynamoDbApp"/> as its class fixture.
/// A second instance over the same store: <c>app.WithWebHostBuilder(host => host.UseSetting("...", "..."))</c>.
/// </summary>
public abstract class EcommerceApp : WebApplicationFactory<Program>
{
    public const string SigningKey = "kQ7vX2a-ZrT4wB8-nL5cJ1h-F6yD3gS-for-tests-only";

    private readonly string _images = Path.Combine(Path.GetTempPath(), $"ecommerce-images-{Guid.NewGuid():N}");

    private readonly Lazy<string> _adminId;

    protected EcommerceApp()
    {
        _adminId = new(() => Task.Run(AddAdmin).GetAwaiter().GetResult());
        Mail = new(async () =>
        {
            await this.Dispatch();
            await this.Deliver();
        });
    }

    public FakeClock Clock { get; } = new();

    /// <summary>What was logged, down to the level Debug.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>What people were mailed.</summary>
    internal CapturedMail Mail { get; }

    public HttpClient Anonymous => this.Client();

    /// <summary>Of an administrator who is in no list of people.</summary>
    public HttpClient Admin => this.ClientFor(_adminId.Value, admin: true);

    public IStore Store => Services.GetRequiredService<IStore>();

    /// <summary>Settings of this app's own, by name (<c>Auth:AccessTokenMinutes</c>).</summary>
    protected IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    private static IEnumerable<(string Name, string Value)> CommonSettings =>
    [
        ("Auth:SigningKey", SigningKey),
        ("Auth:PasswordIterations", "100000"),
        ("Payment:AllowSimulated", "true"),
        ("Store:ReportCost", "true"),
        ("Checkout:RecoveryIntervalSeconds", "0"),
        ("Logging:LogLevel:Default", "Debug"),
        ("Logging:Console:LogLevel:Default", "Error"),
    ];

    /// <summary>Another app on the same engine, with these settings and an empty store. The test disposes of it.</summary>
    public abstract EcommerceApp Fresh(params (string Name, string Value)[] settings);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(_images)) Directory.Delete(_images, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected abstract IEnumerable<(string Name, string Value)> StoreSettings();

    private async Task<string> AddAdmin()
    {
        var profile = new Profile("usr_admin", "admin@example.com", "Admin", Caller.AdminRole, Clock.GetUtcNow().UtcDateTime) { SecurityStamp = "1" };
        var put = profile.Put() with { Expect = Expect.Anything };
        put.Item["listing"] = Value.None;
        Assert.True((await Store.Commit([put])).IsCommitted);
        return profile.UserId;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Images:Path", _images);
        foreach (var (name, value) in CommonSettings.Concat(StoreSettings()).Concat(Settings)) builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<ILoggerProvider>(Log);
            services.AddSingleton<IStartupFilter, RemoteAddress>();
            services.AddSingleton<IMail>(Mail);
        });
    }
}

/// <summary>Over a database file of its own.</summary>
public sealed class SqliteApp : EcommerceApp
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecommerce-").FullName;

    public override EcommerceApp Fresh(params (string Name, string Value)[] settings) => new SqliteApp { Settings = settings };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override IEnumerable<(string Name, string Value)> StoreSettings() =>
        [("Store:Engine", "Sqlite"), ("Store:SqlitePath", Path.Combine(_folder, "test.db"))];
}

/// <summary>Over tables of its own in DynamoDB Local; where there is none the test is skipped.</summary>
public sealed class DynamoDbApp : EcommerceApp, IAsyncLifetime
{
    /// <summary>Stands before the names of its tables.</summary>
    public string TablePrefix { get; } = $"{Guid.NewGuid():N}.";

    public override EcommerceApp Fresh(params (string Name, string Value)[] settings) => new DynamoDbApp { Settings = settings };

    public async ValueTask InitializeAsync() => await DynamoDbLocal.Shared;

    /// <summary>Required here, within the test that starts the app: a skip in a fixture's own start counts as a failure.</summary>
    protected override IEnumerable<(string Name, string Value)> StoreSettings() =>
    [
        ("Store:Engine", "DynamoDb"),
        ("Store:ServiceUrl", DynamoDbLocal.RequireAsync().GetAwaiter().GetResult().ToString()),
        ("Store:TablePrefix", TablePrefix),
    ];
}

internal static class Clients
{
    /// <summary>A client of nobody's. The factory keeps its clients in a plain list, which tests that begin at once would break.</summary>
    public static HttpClient Client(this WebApplicationFactory<Program> app)
    {
        lock (app) return app.CreateDefaultClient();
    }

    /// <summary>A client with an access token of this user, who need not exist.</summary>
    public static HttpClient ClientFor(this WebApplicationFactory<Program> app, string userId, bool admin = false) =>
        app.ClientWith(app.Services.GetRequiredService<AccessTokens>().Issue(userId, admin ? Caller.AdminRole : Caller.CustomerRole));

    /// <summary>A client of nobody's at this network address.</summary>
    public static HttpClient From(this WebApplicationFactory<Program> app, string address)
    {
        var client = app.Client();
        client.DefaultRequestHeaders.Add(RemoteAddress.Header, address);
        return client;
    }

    public static HttpClient ClientWith(this WebApplicationFactory<Program> app, string token)
    {
        var client = app.Client();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        return client;
    }
}
