using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Orders.Kills;
using Ecommerce.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Ecommerce.Api.Tests;

/// <summary>What <c>docker-compose.yml</c> gives the shop, and what the shop makes of it. Whether it parses, <c>scripts/check-compose</c> sees.</summary>
public sealed partial class ContainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecommerce-compose-").FullName;

    [Fact]
    public void Every_setting_of_the_compose_file_is_one_that_the_shop_reads()
    {
        var settings = Environment().Where(setting => setting.Name != "ASPNETCORE_ENVIRONMENT").ToList();
        var reading = new Reading(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());
        Settings.Read(reading, new Development(_folder));
        Assert.NotEmpty(settings);
        Assert.Empty(settings.Select(setting => setting.Name).Except(reading.Names));
    }

    [Fact]
    public async Task A_shop_starts_with_what_the_compose_file_gives_it_and_shows_a_demo_catalogue()
    {
        var dynamoDb = (await DynamoDbLocal.RequireAsync()).ToString();
        await using var mail = new SmtpStandIn();
        var settings = Environment().Select(setting => setting.Name switch
        {
            "ASPNETCORE_ENVIRONMENT" => ("environment", setting.Value),
            "Store:ServiceUrl" => (setting.Name, dynamoDb),
            "Email:Smtp:Host" => (setting.Name, "127.0.0.1"),
            "Email:Smtp:Port" => (setting.Name, $"{mail.Port}"),
            _ => setting,
        });
        var shop = await ShopProcess.Start("127.0.0.1", _folder, [.. settings, ("Store:TablePrefix", $"{Path.GetFileName(_folder)}.")], new ConcurrentQueue<string>());
        using var client = new HttpClient { BaseAddress = shop.Address };
        Assert.Equal("dynamodb", (await client.Get("/health/ready").ShouldBe(200)).Text("store"), ignoreCase: true);
        Assert.True((await client.Get("/product").ShouldBe(200)).GetProperty("count").GetInt32() > 5);
        var (email, password) = ("ada@example.com", "correct horse battery");
        await client.Post("/user/register", new { email, password, name = "Ada" }).ShouldBe(201);
        await client.Post("/user/login", new { email, password }).ShouldBe(200);
        for (var end = DateTime.UtcNow.AddSeconds(30); !mail.Commands.Contains($"RCPT TO:<{email}>") && DateTime.UtcNow < end;)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Contains($"RCPT TO:<{email}>", mail.Commands);
        Assert.Equal(0, await shop.Stop());
    }

    [Fact]
    public void The_compose_file_and_the_image_hold_no_secret_and_pin_what_they_are_made_from()
    {
        Assert.All(Environment(), setting => Assert.False(Secret().IsMatch(setting.Name) && setting.Value.Length > 0, setting.Name));
        var images = Regex.Matches(Repository.Read("docker-compose.yml"), "(?m)^ +image: (.*/.*)$").Select(image => image.Groups[1].Value)
            .Concat(Regex.Matches(Repository.Read("Dockerfile"), "(?m)^FROM (\\S+)").Select(image => image.Groups[1].Value)).ToList();
        Assert.Equal(4, images.Count);
        Assert.All(images, image => Assert.Matches(":v?[0-9]+[.][0-9]+", image));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The environment of <c>shop</c> where nothing is set in compose's own, by the names of settings.</summary>
    private static IReadOnlyList<(string Name, string Value)> Environment() =>
    [
        .. Variable().Matches(Shop().Match(Repository.Read("docker-compose.yml")).Groups[1].Value)
            .Select(variable => (variable.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), Default().Replace(variable.Groups[2].Value, "$1").Trim('"'))),
    ];

    [GeneratedRegex("(?s)\n  shop:\n.*?\n    environment:\n((?:      [^\n]+\n)+)")]
    private static partial Regex Shop();

    [GeneratedRegex("(?m)^      ([A-Za-z_]+): (.+)$")]
    private static partial Regex Variable();

    [GeneratedRegex("[$][{][A-Z_]+:-([^}]*)[}]")]
    private static partial Regex Default();

    [GeneratedRegex("(?i)password|secret|key")]
    private static partial Regex Secret();

    /// <summary>Settings, which notes what is asked of it.</summary>
    private sealed class Reading(IConfiguration inner) : IConfiguration
    {
        public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

        public string? this[string key]
        {
            get
            {
                Names.Add(key);
                return inner[key];
            }
            set => inner[key] = value;
        }

        public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

        public IChangeToken GetReloadToken() => inner.GetReloadToken();

        public IConfigurationSection GetSection(string key) => inner.GetSection(key);
    }

    private sealed class Development(string folder) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "Ecommerce.Api";

        public string ContentRootPath { get; set; } = folder;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
