using Ecommerce.Api.Payments;
using Ecommerce.Api.Payments.Stripe;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Payments;

/// <summary>The gateway over real HTTP, against a stand-in of the test's own. No log may ever tell a secret.</summary>
public abstract class StripeTests : IAsyncLifetime
{
    private readonly List<IDisposable> _opened = [];

    private protected static readonly ChargeResult Voided = new ChargeResult.Declined(ChargeResult.Voided);
    private protected static readonly ChargeResult Unknown = new ChargeResult.Unknown();
    private protected static readonly ChargeResult NotMade = new ChargeResult.NotMade();

    private protected static readonly Charge Due = new("ord_1:charge", "ord_1", new(12_99), "USD");

    private protected FakeClock Clock { get; } = new();

    private protected CapturedLog Log { get; } = new();

    private protected StripeStandIn Stripe { get; private set; } = null!;

    private protected StripeGateway Gateway { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Stripe = await StripeStandIn.Start(Clock);
        Gateway = GatewayWith();
    }

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(one => one.Dispose());
        await Stripe.DisposeAsync();
        Assert.DoesNotContain(Log.Lines, line => $"{line.Message} {line.Exception}".Contains(StripeStandIn.SecretKey, StringComparison.Ordinal));
        Assert.DoesNotContain(Log.Lines, line => $"{line.Message} {line.Exception}".Contains(StripeStandIn.WebhookSecret, StringComparison.Ordinal));
        GC.SuppressFinalize(this);
    }

    private protected StripeGateway GatewayWith(string secretKey = StripeStandIn.SecretKey, double timeLimit = 8)
    {
        var logs = LoggerFactory.Create(logging => logging.AddProvider(Log));
        var settings = new StripeSettings(secretKey, StripeStandIn.WebhookSecret, Stripe.Url);
        var api = new StripeApi(settings, Clock, logs.CreateLogger<StripeApi>()) { TimeLimit = TimeSpan.FromSeconds(timeLimit) };
        _opened.AddRange([api, logs]);
        return new(new(api), new(api), new(settings, Clock, logs.CreateLogger<StripeNotices>()));
    }

    private protected Task<ChargeResult> Charge(string token = Shopping.Card) => Gateway.Charge(Due, token, Cancellation);

    private protected Task<ChargeResult> LookUp() => Gateway.LookUp(Due, Cancellation);

    private protected Task<ChargeResult> Void() => Gateway.Void(Due, Cancellation);

    private protected int Asked(StripeCall call) => Stripe.Requests.Count(request => request.Call == call);

    private protected static ChargeResult Paid(string id = "pi_000001") => new ChargeResult.Succeeded(id, Due.Amount, "USD");
}
