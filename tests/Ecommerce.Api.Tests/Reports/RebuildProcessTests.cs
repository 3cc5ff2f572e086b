using Ecommerce.Api.Reports;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Reports;

/// <summary>The command as it is typed: a process of its own.</summary>
public sealed class RebuildProcessTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task It_works_beside_a_running_shop_and_does_not_serve()
    {
        var product = await app.Product(price: 10m);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 3);
        await customer.CheckOut().ShouldBe(201);
        var before = await app.Admin.Get("/order/report").ShouldBe(200);
        var key = SalesItems.DayKey(DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime));
        await app.Store.Commit([new Delete(key, Expect.Present)], cancellation: TestContext.Current.CancellationToken);

        var path = app.Services.GetRequiredService<Settings>().Store.SqlitePath;
        var (exitCode, output, error) = await ShopCommand.Run([RebuildCommand.Name], ("Store__SqlitePath", path));
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            ["2036-01-31: 0 orders, 0 units, 0.00 revenue, 0.00 refunds became 1 orders, 3 units, 30.00 revenue, 0.00 refunds.", "Days counted: 1. Items set right: 1."],
            output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(before.GetRawText(), (await app.Admin.Get("/order/report").ShouldBe(200)).GetRawText());
    }

    [Theory]
    [InlineData("rebuild-report", "rebuild-report: ")]
    [InlineData("rebuild-reports --from yesterday", "--from: ")]
    [InlineData("rebuild-reports --form 2026-01-01", "--form: ")]
    public async Task What_cannot_be_done_ends_with_one_line_that_names_it(string command, string named)
    {
        var (exitCode, _, error) = await ShopCommand.Run(command.Split(' '));
        Assert.Equal(1, exitCode);
        Assert.StartsWith(named, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
