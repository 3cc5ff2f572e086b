using System.Net;
using System.Net.Sockets;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Tests;

namespace Ecommerce.Api.Tests;

/// <summary>The process itself, started with a setting that cannot be used.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Store__Engine", "Oracle")]
    [InlineData("Store__ServiceUrl", "not a url")]
    [InlineData("Store__TablePrefix", "a/b")]
    [InlineData("Store__ReportCost", "perhaps")]
    [InlineData("Store__SqlitePath", "/dev/null/shop.db")]
    [InlineData("Auth__SigningKey", "too short")]
    [InlineData("Auth__SigningKey", "")]
    [InlineData("Auth__SigningKey", "0123456789abcdef0123456789abcdef")]
    [InlineData("Auth__AccessTokenMinutes", "0")]
    [InlineData("Auth__PasswordIterations", "1000")]
    [InlineData("Admin__Email", "nobody")]
    [InlineData("Admin__Password", "password")]
    [InlineData("Payment__Provider", "Barter")]
    [InlineData("Payment__AllowSimulated", "false", "Payment__Provider")]
    [InlineData("Payment__Provider", "Stripe", "Payment__Stripe__SecretKey")]
    [InlineData("Checkout__HoldMinutes", "1.5")]
    [InlineData("Shop__Currency", "dollars")]
    [InlineData("Cors__Origins", "shop.example")]
    [InlineData("Cors__Origins", "*")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("Cors__Origins", "https://shop.example/")]
    [InlineData("AWS_LAMBDA_FUNCTION_NAME", "shop", "Store__Engine")]
    public async Task A_setting_that_cannot_be_used_stops_the_process_with_one_line_that_names_it(string name, string value, string? named = null)
    {
        var (exitCode, error) = await Run((name, value));
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{named ?? name}: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Images_on_the_disk_of_a_Lambda_stop_the_process()
    {
        var (exitCode, error) = await Run(("AWS_LAMBDA_FUNCTION_NAME", "shop"), ("Store__Engine", "DynamoDb"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Images__Store: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_stops_the_process_with_one_line_that_names_it()
    {
        var (exitCode, error) = await Run(("Store__Engine", "DynamoDb"), ("Store__ServiceUrl", "http://127.0.0.1:1"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Store__ServiceUrl: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_store_without_a_region_stops_the_process_with_one_line()
    {
        var (exitCode, error) = await Run([("Store__Engine", "DynamoDb"), ("Images__Store", "S3"), ("Images__Bucket", "images"), .. NoAws]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Store__Engine: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_store_that_does_not_let_the_shop_in_stops_a_command_with_one_line()
    {
        var prefix = $"{Guid.NewGuid():N}.";
        var url = (await DynamoDbLocal.RequireAsync()).ToString();
        var (exitCode, _, error) = await ShopCommand.Run(["rebuild-reports"], ("Store__Engine", "DynamoDb"), ("Store__ServiceUrl", url), ("Store__TablePrefix", prefix), ("Store__CreateTables", "false"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("DynamoDB does not let the shop in: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_process_with_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, _, error) = await ShopCommand.Run(["--urls", $"http://{taken.LocalEndpoint}"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    /// <summary>Nothing of what the machine may know of AWS.</summary>
    private static (string, string)[] NoAws =>
        [("AWS_REGION", ""), ("AWS_DEFAULT_REGION", ""), ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"), ("AWS_EC2_METADATA_DISABLED", "true")];

    private static async Task<(int ExitCode, string Error)> Run(params (string Name, string Value)[] settings)
    {
        var (exitCode, _, error) = await ShopCommand.Run(["--urls", "http://127.0.0.1:0"], settings);
        return (exitCode, error);
    }
}
