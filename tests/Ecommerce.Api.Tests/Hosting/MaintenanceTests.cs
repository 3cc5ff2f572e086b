using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.General;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Notifications;
using Ecommerce.Storage;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Hosting;

/// <summary>The pass that a schedule calls for. Each test has a shop of its own.</summary>
public abstract class MaintenanceTests(EcommerceApp engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pass_logs_once_how_many_entries_are_parked_and_how_long_the_oldest_waits()
    {
        await using var app = engine.Fresh(("Hosting:InternalEndpoints", "true"));
        var damaged = EventLog.Append(Ids.DeriveAt("evt", app.Clock.GetUtcNow(), "damaged"), app.Clock.GetUtcNow(), "usr_somebody", new ShopEvent(EventType.StockAdjusted, []));
        damaged.Item["stock"] = "not a list";
        await app.Store.Commit([damaged], cancellation: Cancellation);
        for (var time = 0; time < EntryProgress.MaxTries; time++)
        {
            await app.Dispatch();
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        await app.Sell();
        app.Clock.Advance(TimeSpan.FromSeconds(90.5));
        Assert.Equal(new(1, 90), await app.Services.GetRequiredService<EventBacklog>().Read(Cancellation));

        var pass = await app.Anonymous.Post("/internal/maintenance");
        Assert.Equal("""{"parked":1,"lagSeconds":0}""", (await pass.ShouldBe(200)).GetProperty("backlog").GetRawText());
        var line = Assert.Single(app.Log.Lines, line => line.Category == "Ecommerce.Api.General.Maintenance");
        Assert.Equal((LogLevel.Information, "Maintenance: 1 parked, oldest pending 0 s"), (line.Level, line.Message));
        Assert.Equal([new("Parked", 1), new("LagSeconds", 0)], line.State.Take(2));
    }

    [Fact]
    public async Task Whatever_hangs_a_pass_is_answered_in_time_and_has_done_the_rest()
    {
        await using var app = engine.Fresh();
        await NotificationTests.Bought(app);
        var customer = app.Customer().Client;
        await customer.AddToCart(await app.Product());
        await customer.CheckOut("pm_sim_timeout_uncharged").ShouldBe(202);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var shop = app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            services.AddSingleton<IPaymentGateway>(new HangingGateway(end.Task));
            services.AddSingleton<IMail>(new HangingMail(end.Task));
        }));
        var all = shop.Services;
        var maintenance = new Maintenance(
            all.GetRequiredService<Recovery>(), all.GetRequiredService<EventDispatcher>(), all.GetServices<DeliveryLane>(), all.GetRequiredService<StockAudits>(),
            all.GetRequiredService<EventBacklog>(), all.GetRequiredService<Stragglers>(), app.Clock, all.GetRequiredService<ILogger<Maintenance>>()) { TimeLimit = TimeSpan.FromSeconds(7) };

        var pass = await maintenance.Pass(Cancellation);
        end.SetResult();

        Assert.Equal((null, null, new Backlog(0, 0)), (pass.Orders, pass.Deliveries, pass.Backlog));
        Assert.True(pass.Events is { Dispatched: > 0, Failed: 0 } && pass.Audit is { Complete: true }, $"{pass}");
        Assert.Single(app.Log.Lines, line => line.Message == "A maintenance pass is answered before all of it has ended.");
    }

    private sealed class HangingMail(Task end) : IMail
    {
        public async Task<bool> Send(OutgoingMail mail, CancellationToken cancellation)
        {
            await end;
            return true;
        }
    }

    private sealed class HangingGateway(Task end) : IPaymentGateway
    {
        public string Provider => "Hanging";

        public bool IsToken(string token) => true;

        public Task<ChargeResult> Charge(Charge charge, string token, CancellationToken cancellation) => Hang();

        public Task<ChargeResult> LookUp(Charge charge, CancellationToken cancellation) => Hang();

        public Task<ChargeResult> Void(Charge charge, CancellationToken cancellation) => Hang();

        public Task<RefundResult> Refund(Refund refund, CancellationToken cancellation) => throw new NotSupportedException();

        public PaymentNotice? Read(string? signature, ReadOnlyMemory<byte> body) => null;

        private async Task<ChargeResult> Hang()
        {
            await end;
            return new ChargeResult.Unknown();
        }
    }
}

public sealed class MaintenanceTests_on_Sqlite(SqliteApp app) : MaintenanceTests(app), IClassFixture<SqliteApp>;

public sealed class MaintenanceTests_on_DynamoDb(DynamoDbApp app) : MaintenanceTests(app), IClassFixture<DynamoDbApp>
{
    [Fact]
    public async Task What_is_left_of_the_log_costs_two_and_a_half_units_to_know_at_most()
    {
        await app.Sell();
        var meter = CostMeter.Start();
        await app.Services.GetRequiredService<EventBacklog>().Read(TestContext.Current.CancellationToken);
        Assert.Equal((5, 0), (meter.Calls, meter.WriteUnits));
        Assert.InRange(meter.ReadUnits, 0.5, 2.5);
    }
}
