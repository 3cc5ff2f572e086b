using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Products.Audit;

/// <summary>Audits of shops in which nothing is wrong. Each test has one of its own.</summary>
public abstract class StockAuditTests(EcommerceApp engine, ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_drifts_in_a_healthy_shop_and_the_answer_can_be_read_again()
    {
        await using var app = engine.Fresh();
        await app.Admin.Get("/product/stock/audit").ShouldBeProblem(404, "not_found");
        var (bowl, shirt, gone) = (await app.Sell(stock: 9), await app.Sell(sizes: "L:3,M:0,S:5"), await app.Sell(stock: 2));
        await app.Buy(bowl, 2);
        await app.Buy(shirt, 3, "L");
        await app.TryBuy(bowl, 1, Shopping.DeclinedCard);
        await app.TryBuy(bowl, 1, "pm_sim_timeout_uncharged");
        await app.Admin.Post($"/order/{await app.Buy(shirt, 2, "S")}/cancel", new { reason = "too big" }).ShouldBe(200);
        await app.MoveStock(shirt, 4, "M");
        await (await app.Admin.Delete($"/product/{gone}")).ShouldBeEmpty(204);
        var at = $"{app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}";

        var audit = await app.Audit();

        audit.ShouldRead($$"""{"at":"{{at}}","complete":true,"skusChecked":4,"skusUnsettled":0,"skusDrifting":0,"countsRepaired":0,"drift":[]}""");
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await app.Admin.Get("/product/stock/audit").ShouldBe(200)).ShouldRead(audit.GetRawText());
    }

    [Fact]
    public async Task An_empty_shop_is_right()
    {
        await using var app = engine.Fresh();
        await app.ShouldBalance(skus: 0);
    }

    [Fact]
    public async Task Beside_buyers_who_buy_cancel_and_fail_nothing_ever_drifts()
    {
        await using var app = engine.Fresh();
        var products = new List<string>();
        for (var n = 0; n < 3; n++) products.Add(await app.Sell(stock: 40));
        var shirt = await app.Sell(sizes: "L:30,M:3");
        using var closing = new CancellationTokenSource();
        var shoppers = Enumerable.Range(0, 6).Select(number => Task.Run(() => Shop(number))).ToList();

        for (var n = 0; n < 4; n++)
        {
            var audit = await app.Audit();
            output.WriteLine($"{audit.Count("skusUnsettled")} of 5 SKUs are unsettled.");
            Assert.Equal("[]", audit.GetProperty("drift").GetRawText());
            Assert.Equal((5, 0), (audit.Count("skusChecked") + audit.Count("skusUnsettled"), audit.Count("countsRepaired")));
        }

        await closing.CancelAsync();
        var bought = (await Task.WhenAll(shoppers)).Sum();
        output.WriteLine($"{bought} orders were made meanwhile.");
        Assert.True(bought > 4, $"Only {bought} orders were made beside four audits.");
        await app.ShouldBalance(skus: 5);

        async Task<int> Shop(int number)
        {
            var (random, bought) = (new Random(number), 0);
            while (!closing.IsCancellationRequested)
            {
                var token = random.Next(4) == 0 ? Shopping.DeclinedCard : random.Next(6) == 0 ? "pm_sim_timeout_uncharged" : Shopping.Card;
                var (product, size) = random.Next(4) == 0 ? (shirt, random.Next(2) == 0 ? "L" : "M") : (products[random.Next(3)], null);
                if (random.Next(5) == 0) await app.Admin.Post($"/product/{product}/stock", new { delta = random.Next(2) == 0 ? 2 : -1, reason = "count", size });
                else if (await app.TryBuy(product, 1, token, size) is { Length: > 0 } order && ++bought % 3 == 0) await app.Admin.Post($"/order/{order}/cancel", new { reason = "no" });
            }

            return bought;
        }
    }

    [Fact]
    public async Task Two_who_audit_at_once_do_not_mix()
    {
        await using var app = engine.Fresh();
        await app.Stock(130);
        var audits = await Task.WhenAll(app.Audit(), app.Audit(), app.Audit());
        Assert.All(audits, audit => Assert.Equal((130, 0, true), (audit.Count("skusChecked"), audit.Count("skusDrifting"), audit.GetProperty("complete").GetBoolean())));
        Assert.Equal(130, (await app.Admin.Get("/product/stock/audit").ShouldBe(200)).Count("skusChecked"));
    }

    [Fact]
    public async Task An_audit_that_somebody_else_has_finished_meanwhile_is_not_overwritten()
    {
        await using var app = engine.Fresh();
        await app.Stock(60);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeTheNextCommit(() => app.Audit());
        var audit = await watching.ClientFor("usr_admin", admin: true).Post("/product/stock/audit").ShouldBe(200);
        Assert.Equal(60, audit.Count("skusChecked"));
        Assert.Single(store.Commits, IsOfAudit);
    }

    [Fact]
    public async Task An_audit_that_began_before_is_not_taken_for_the_one_that_was_asked_for()
    {
        await using var app = engine.Fresh();
        await app.Sell(stock: 1);
        await app.Dispatch();
        var (first, firstStore) = app.Watched();
        var (second, secondStore) = app.Watched();
        await using var _ = first;
        await using var __ = second;
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        firstStore.BeforeEachCommit = async writes =>
        {
            if (!IsOfAudit(writes)) return;
            begun.TrySetResult();
            await goOn.Task;
        };

        var earlier = first.ClientFor("usr_admin", admin: true).Post("/product/stock/audit");
        await begun.Task;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Sell(stock: 1);
        await app.Dispatch();
        secondStore.BeforeTheNextCommit(async () =>
        {
            goOn.SetResult();
            await earlier;
        });
        var audit = await second.ClientFor("usr_admin", admin: true).Post("/product/stock/audit").ShouldBe(200);

        Assert.Equal(1, (await earlier.ShouldBe(200)).Count("skusChecked"));
        Assert.Equal((2, app.Clock.GetUtcNow()), (audit.Count("skusChecked"), audit.GetProperty("at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_shop_that_is_too_large_for_one_request_is_audited_by_several_and_by_maintenance()
    {
        await using var app = engine.Fresh();
        await app.Stock(120);
        await using var hurried = app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new RushingClock(app.Clock))));
        var first = await hurried.ClientFor("usr_admin", admin: true).Post("/product/stock/audit");
        var begun = await first.ShouldBe(202);
        Assert.Equal("/product/stock/audit", first.Headers.Location?.ToString());
        Assert.Equal((50, false), (begun.Count("skusChecked"), begun.GetProperty("complete").GetBoolean()));
        (await app.Admin.Get("/product/stock/audit").ShouldBe(200)).ShouldRead(begun.GetRawText());

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal((100, false), await Maintained(hurried));
        Assert.Equal((120, true), await Maintained(hurried));
        Assert.Null(await hurried.Maintain());
        Assert.Equal(begun.GetProperty("at").GetDateTime(), (await app.Admin.Get("/product/stock/audit").ShouldBe(200)).GetProperty("at").GetDateTime());
    }

    [Fact]
    public async Task Maintenance_begins_an_audit_a_day()
    {
        await using var app = engine.Fresh(("Hosting:InternalEndpoints", "true"));
        await app.Sell(stock: 1);
        var maintained = await app.Anonymous.Post("/internal/maintenance").ShouldBe(200);
        Assert.Equal(1, maintained.GetProperty("audit").Count("skusChecked"));
        await app.Sell(stock: 1);
        app.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal("null", (await app.Anonymous.Post("/internal/maintenance").ShouldBe(200)).GetProperty("audit").GetRawText());
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, true), await Maintained(app));
        Assert.Null(await app.Maintain());
    }

    [Fact]
    public async Task A_process_audits_by_itself()
    {
        await using var app = engine.Fresh(("Checkout:RecoveryIntervalSeconds", "1"));
        for (var n = 0; n < 300 && (int)(await app.Admin.Get("/product/stock/audit")).StatusCode == 404; n++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True((await app.Admin.Get("/product/stock/audit").ShouldBe(200)).GetProperty("complete").GetBoolean());
    }

    private static bool IsOfAudit(IReadOnlyList<Write> writes) => writes.Any(write => write.Key == StockAudit.Key);

    private static async Task<(long Checked, bool Complete)> Maintained(WebApplicationFactory<Program> app)
    {
        var audit = await app.Maintain();
        Assert.NotNull(audit);
        return (audit.SkusChecked, audit.IsComplete);
    }

    /// <summary>The same time, with a stopwatch that runs away: each page is begun in the last moment.</summary>
    private sealed class RushingClock(TimeProvider clock) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, TimeSpan.FromMinutes(1).Ticks);
    }
}

public sealed class StockAuditTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : StockAuditTests(app, output), IClassFixture<SqliteApp>;

public sealed class StockAuditTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : StockAuditTests(app, output), IClassFixture<DynamoDbApp>;
