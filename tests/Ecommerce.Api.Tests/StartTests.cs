using Ecommerce.Api.Tests.Harness;

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

    private static async Task<(int ExitCode, string Error)> Run(params (string Name, string Value)[] settings)
    {
        var (exitCode, _, error) = await ShopCommand.Run(["--urls", "http://127.0.0.1:0"], settings);
        return (exitCode, error);
    }
}
