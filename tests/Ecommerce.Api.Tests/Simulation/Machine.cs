using Ecommerce.Api.Carts;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>One machine on which the shop runs, as in production but for its store, its provider and its clock.</summary>
internal sealed class Machine
{
    private const long Lease = 30_000;
    private static readonly Settings Settings = ReadSettings();

    private readonly World _world;

    public Machine(World world, int number)
    {
        _world = world;
        Number = number;
        Clock = new(world.Scheduler) { Skew = world.Chance(70) ? 0 : world.Between(-2_000, 2_000) };
        Store = new FaultyStore(world, this);
        Ids = new(Clock);
        var gateway = new ProviderLink(world, this);
        var inbox = new PaymentInbox(Store);
        var stock = new StockCommits(Store);
        Products = new(Store, stock, Ids, Clock);
        Carts = new(Store, Clock);
        Orders = new(Store, Products, Ids, Clock, Settings);
        var commits = new OrderCommits(stock);
        var driver = new OrderDriver(Store, commits, new(gateway, inbox, Clock), gateway, new(), Clock, new BugLog<OrderDriver>(world.Scheduler));
        Checkout = new(Store, commits, Products, driver, Ids, Clock, Settings);
        Actions = new(commits, Orders, driver, Clock);
        Refunds = new(Store, commits, driver, Clock);
        Recovery = new(Store, commits, driver, Clock, new BugLog<Recovery>(world.Scheduler));
        Notices = new(Store, driver, Recovery, new BugLog<PaymentNotices>(world.Scheduler));
    }

    public int Number { get; }

    public SimulatedClock Clock { get; }

    public IStore Store { get; }

    public Ids Ids { get; }

    public ProductRepository Products { get; }

    public CartRepository Carts { get; }

    public OrderRepository Orders { get; }

    public CheckoutPipeline Checkout { get; }

    public OrderActions Actions { get; }

    public RefundRequests Refunds { get; }

    public Recovery Recovery { get; }

    public PaymentNotices Notices { get; }

    /// <summary>A call that leaves the machine. Whoever makes it may crash or fall asleep on either side of it.</summary>
    public Task<T> Call<T>(Func<T> act) => _world.Scheduler.Outside(() =>
    {
        var (scheduler, faults) = (_world.Scheduler, _world.Faults);
        if (faults.Strike(Fault.TimeLeap)) scheduler.Leap(_world.Between(60_000, 10 * 60_000));
        if (faults.Strike(Fault.ClockJump)) Clock.Skew = _world.Between(-10 * 60_000, 10 * 60_000);
        if (faults.Strike(Fault.MachineCrash)) _world.Crash(this);
        if (faults.Strike(Fault.CrashBefore)) scheduler.Kill(scheduler.Current!);
        if (scheduler.Current!.IsDead) return default!;
        var answer = act();
        if (faults.Strike(Fault.CrashAfter)) scheduler.Kill(scheduler.Current);
        if (faults.Strike(Fault.Pause)) scheduler.Current.AsleepUntil = scheduler.Now + Nap();
        return answer;
    }, _world.Chance(50) ? 0 : _world.Between(1, 40));

    /// <summary>Waits until a time is over or a token is cancelled.</summary>
    public async Task Patience(TimeSpan longest, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(longest, Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            _world.Scheduler.Say("gives up waiting");
        }
    }

    private long Nap() => _world.Chance(50) ? _world.Between(100, Lease) : _world.Between(Lease, 20 * 60_000);

    private static Settings ReadSettings() => Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Auth:SigningKey"] = Harness.EcommerceApp.SigningKey,
        ["Payment:AllowSimulated"] = "true",
        ["Checkout:HoldMinutes"] = "5",
    }).Build(), new Nowhere());

    private sealed class Nowhere : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "simulation";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
