using Ecommerce.Api.Products;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Products.Audit;

/// <summary>Everything by which stock and ledger can part, done behind the shop's back. Each test has a shop of its own.</summary>
public abstract class StockDriftTests(EcommerceApp engine)
{
    [Theory]
    [InlineData(3)]
    [InlineData(-2)]
    public async Task Stock_that_nobody_moved_drifts_until_it_is_put_right(long delta)
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(stock: 10);
        await app.Sell(stock: 4);
        var order = await app.Buy(id, 4);
        await app.Tamper(new(id, null), delta);
        await app.ShouldDrift(id, 6, 6 + delta, order);
        await app.Tamper(new(id, null), -delta);
        await app.ShouldBalance(skus: 2);
    }

    [Fact]
    public async Task Only_the_size_that_drifts_is_named()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(sizes: "L:3,M:5,S:0");
        var held = await app.TryBuy(id, 1, "pm_sim_timeout_uncharged", "M");
        await app.Buy(id, 1, "L");
        await app.Tamper(new(id, "M"), 1);
        await app.ShouldDrift($"{id}:M", 4, 5, held);
    }

    [Fact]
    public async Task A_sale_that_the_ledger_has_lost_is_found_and_its_order_comes_first()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(stock: 10);
        var lost = await app.Buy(id, 3);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var other = await app.Buy(id, 2);
        var line = (await app.LedgerOf(id)).Single(line => line.TextOrNull("orderId") == lost);
        await app.Write(new Delete(Tables.EventLogs.KeyOf(line), Expect.Present));
        await app.ShouldDrift(id, 8, 5, lost, other);
        await app.Write(new Put(Tables.EventLogs, line, Expect.Absent));
        await app.ShouldBalance(skus: 1);
    }

    [Fact]
    public async Task A_sale_of_an_order_that_was_never_paid_is_found_and_the_order_comes_first()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(stock: 10);
        var placed = await app.Customer().Client.Place((id, 2, null));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var other = await app.Buy(id, 1);
        var line = (await app.LedgerOf(id)).Single(line => line.TextOrNull("orderId") == other).Copy();
        line["entryId"] = $"{line.Text("entryId")}-again";
        line["orderId"] = placed;
        await app.Write(new Put(Tables.EventLogs, line, Expect.Absent));
        await app.ShouldDrift(id, 8, 9, placed, other);
        await app.Write(new Delete(Tables.EventLogs.KeyOf(line), Expect.Present));
        await app.ShouldBalance(skus: 1);
    }

    [Fact]
    public async Task Stock_that_is_gone_altogether_drifts()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(sizes: "M:5,S:2");
        await app.Write(new Delete(new Sku(id, "M").Key, Expect.Present));
        await app.ShouldDrift($"{id}:M", 5, 0);
    }

    [Fact]
    public async Task Orders_are_those_since_it_was_last_right()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(stock: 10);
        await app.Buy(id, 1);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ShouldBalance(skus: 1);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = await app.Buy(id, 2);
        await app.Tamper(new(id, null), 1);
        await app.ShouldDrift(id, 7, 8, since);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await app.Buy(id, 1);
        await app.ShouldDrift(id, 6, 7, later, since);
    }

    [Fact]
    public async Task A_count_of_sold_out_sizes_that_is_wrong_is_set_right_and_so_are_the_lists()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell("Shirt", sizes: "M:5,S:2", tags: ["crashed"]);
        var right = await app.Sell("Shirt", sizes: "M:5,S:0", tags: ["right"]);
        await app.Write(new Adjust(Tables.Products.Key(id), new Delta(ProductItems.SoldOut, 2)));
        await app.Write(new Adjust(Tables.Products.Key($"{id}#tag#crashed"), new Delta(ProductItems.SoldOut, 2)));
        Assert.False(await app.InStock(id));

        var audit = await app.Audit();

        Assert.Equal((4, 0, 1), (audit.Count("skusChecked"), audit.Count("skusDrifting"), audit.Count("countsRepaired")));
        Assert.True(await app.InStock(id));
        Assert.True(Assert.Single((await app.Anonymous.Get("/product?tag=crashed").ShouldBe(200)).Items()).GetProperty("inStock").GetBoolean());
        await app.ShouldBalance(skus: 4);
        await app.MoveStock(id, -5, "M");
        Assert.True(await app.InStock(id));
        await app.MoveStock(id, -2, "S");
        Assert.False(await app.InStock(id));
        Assert.True(await app.InStock(right));
    }

    [Fact]
    public async Task What_the_ledger_is_behind_by_is_no_drift()
    {
        await using var app = engine.Fresh();
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeEachCommit = writes => writes.Any(write => write.Key.Partition.AsText.StartsWith("stock.", StringComparison.Ordinal))
            ? throw new StoreUnavailableException("No ledgers today.")
            : Task.CompletedTask;
        var id = await app.Sell(stock: 10);
        await app.Buy(id, 2);
        var audit = await watching.ClientFor("usr_admin", admin: true).Post("/product/stock/audit").ShouldBe(200);
        Assert.Equal((1, 0, 0), (audit.Count("skusChecked"), audit.Count("skusUnsettled"), audit.Count("skusDrifting")));
    }
}

public sealed class StockDriftTests_on_Sqlite(SqliteApp app) : StockDriftTests(app), IClassFixture<SqliteApp>;

public sealed class StockDriftTests_on_DynamoDb(DynamoDbApp app) : StockDriftTests(app), IClassFixture<DynamoDbApp>;
