using Ecommerce.Api.Events;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Products.LowStock;

/// <summary>A dispatcher that dies at any of the calls that it makes about a fall, or meets trouble there.</summary>
public abstract class LowStockCrashTests(EcommerceApp app, ITestOutputHelper output)
{
    [Theory]
    [InlineData(nameof(Blow.Death))]
    [InlineData(nameof(Blow.Trouble))]
    [InlineData(nameof(Blow.Outage))]
    public async Task A_fall_is_told_once_and_its_end_is_seen(string blow)
    {
        await app.Dispatch();
        var whole = await Fall();
        var counting = Fate.Kind();
        await Dispatch(counting);
        await app.Dispatch();
        Assert.Equal(1, await Told(whole));
        output.WriteLine($"{counting.Calls.Count} calls: {string.Join(", ", counting.Calls)}");

        for (var number = 1; number <= counting.Calls.Count; number++)
        {
            foreach (var after in new[] { false, true })
            {
                var id = await Fall();
                await Dispatch(Fate.At(number, after, Enum.Parse<Blow>(blow)));
                await Recover();
                Assert.Equal((number, after, 1), (number, after, await Told(id)));

                await app.MoveStock(id, 9);
                await Dispatch(Fate.At(number, after, Enum.Parse<Blow>(blow)));
                await Recover();
                Assert.DoesNotContain((await app.Admin.Pages("/product/stock/low", limit: 100)).Select(low => low.GetProperty("productId").GetString()), low => low == id);
                await app.MoveStock(id, -9);
                await app.Dispatch();
                Assert.Equal((number, after, 2), (number, after, await Told(id)));
            }
        }
    }

    private async Task<string> Fall()
    {
        var id = await app.Sell(stock: 6);
        await app.MoveStock(id, -2);
        return id;
    }

    /// <summary>A dispatcher that has failed waits before it tries again.</summary>
    private async Task Recover()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.Dispatch();
        await app.Dispatch();
    }

    private async Task Dispatch(Fate fate)
    {
        try
        {
            await Mortal.Of(app).Do(fate, services => services.GetRequiredService<EventDispatcher>().Pass(TestContext.Current.CancellationToken));
        }
        catch (Storage.StoreUnavailableException) when (fate.IsStruck)
        {
            output.WriteLine("The pass could not be begun.");
        }
    }

    private async Task<int> Told(string id) => (await app.LoggedOf(id)).Count(logged => logged.Text("eventType") == "LowStock");
}

public sealed class LowStockCrashTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : LowStockCrashTests(app, output), IClassFixture<SqliteApp>;

public sealed class LowStockCrashTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : LowStockCrashTests(app, output), IClassFixture<DynamoDbApp>;
