using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests;

/// <summary>The program as an image's health check calls it.</summary>
public sealed class HealthCommandTests
{
    [Theory]
    [InlineData(200, 0)]
    [InlineData(503, 1)]
    public async Task It_says_whether_the_shop_that_it_asks_is_ready(int status, int exitCode)
    {
        await using var shop = await WebhookReceiver.Start();
        shop.Answer = WebhookReceiver.Status(status);
        var run = await ShopCommand.Run(["health"], ("ASPNETCORE_HTTP_PORTS", $"{shop.Port};1"), ("Auth__SigningKey", "is not read"), ("http_proxy", "http://127.0.0.1:1"));
        Assert.Equal((exitCode, "", status == 200 ? "" : $"http://127.0.0.1:{shop.Port}/health/ready answers 503.{Environment.NewLine}"), run);
        Assert.Equal(("GET", "/health/ready"), (Assert.Single(shop.Received).Method, shop.Received[0].Path));
    }

    [Fact]
    public async Task It_asks_at_the_address_that_it_is_given()
    {
        await using var shop = await WebhookReceiver.Start();
        Assert.Equal((0, "", ""), await ShopCommand.Run(["health", $"http://localhost:{shop.Port}/anywhere"]));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "http://127.0.0.1:1/health/ready does not answer: ")]
    [InlineData("shop", "health: 'shop' is no address.")]
    [InlineData("ftp://127.0.0.1", "ftp://127.0.0.1/health/ready does not answer: ")]
    public async Task Where_there_is_no_shop_it_says_so_in_one_line(string address, string said)
    {
        var (exitCode, output, error) = await ShopCommand.Run(["health", address]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(said, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
