using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>
/// Stripe on a port of its own, as far as the shop uses it, with the same rules for idempotency keys. It refuses and remembers every
/// request that is not exactly as it should be, and misbehaves on command. An app that is paid through it:
/// <c>app.Fresh(stripe.Settings)</c>.
/// </summary>
internal sealed class StripeStandIn : IAsyncDisposable
{
    public const string SecretKey = "sk_test_stand_in";
    public const string WebhookSecret = "whsec_stand_in";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StripeCall, ConcurrentQueue<Mishap>> _mishaps = [];
    private readonly ConcurrentQueue<StripeRequest> _requests = [];
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly StripeKeys _keys = new();
    private readonly SemaphoreSlim _held = new(0);
    private readonly SemaphoreSlim _released = new(0);
    private readonly SemaphoreSlim _ended = new(0);
    private readonly WebApplication _server;

    private StripeStandIn(TimeProvider clock)
    {
        Books = new(clock.GetUtcNow);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(Serve);
    }

    public Uri Url => new(_server.Urls.Single());

    /// <summary>For an app that is to use it.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("Payment:Provider", "Stripe"),
        ("Payment:Stripe:SecretKey", SecretKey),
        ("Payment:Stripe:WebhookSecret", WebhookSecret),
        ("Payment:Stripe:BaseUrl", Url.AbsoluteUri),
    ];

    public StripeBooks Books { get; }

    /// <summary>What was asked, in the order of asking.</summary>
    public IReadOnlyCollection<StripeRequest> Requests => _requests;

    /// <summary>What was wrong with requests; none may ever be.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Money taken for an order, in minor units.</summary>
    public long Captured(string orderId) => Paid(orderId).Sum(intent => intent.Amount);

    /// <summary>Money paid back of an order, in minor units.</summary>
    public long PaidBack(string orderId) => Paid(orderId).Sum(intent => intent.Refunded);

    public static async Task<StripeStandIn> Start(TimeProvider? clock = null)
    {
        var stripe = new StripeStandIn(clock ?? new FakeClock());
        await stripe._server.StartAsync();
        return stripe;
    }

    /// <summary>What becomes of the next requests of this kind, one after the other.</summary>
    public void Next(StripeCall call, params Mishap[] mishaps)
    {
        var queue = _mishaps.GetOrAdd(call, _ => []);
        foreach (var mishap in mishaps) queue.Enqueue(mishap);
    }

    /// <summary>Completes when a request is held by <see cref="Mishap.LateArrival"/> or <see cref="Mishap.Stalled"/>.</summary>
    public async Task Holding() => Assert.True(await _held.WaitAsync(Patience));

    /// <summary>Lets one held request go on; completes when it is done.</summary>
    public async Task Release()
    {
        _released.Release();
        Assert.True(await _ended.WaitAsync(Patience));
    }

    /// <summary>As happens after 24 hours: repeated requests are new ones.</summary>
    public void ForgetKeys() => _keys.Forget();

    /// <summary>Events of an order, oldest first.</summary>
    public IReadOnlyList<StripeHook> Hooks(string orderId) => [.. Books.Hooks.Where(hook => hook.Body.Contains($"\"{orderId}\"", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private IEnumerable<StripeIntent> Paid(string orderId) =>
        Books.Intents.Where(intent => intent.Status == "succeeded" && intent.Metadata["orderId"] == orderId);

    private async Task Serve(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {SecretKey}")
        {
            await Write(context, StripeReply.Error(401, "invalid_request_error", null, "Invalid API Key provided."));
            return;
        }

        try
        {
            var request = await StripeRequest.Read(context.Request);
            _requests.Enqueue(request);
            await Serve(context, request);
        }
        catch (FormatException wrong)
        {
            _complaints.Enqueue(wrong.Message);
            await Write(context, StripeReply.Invalid("parameter_unknown", wrong.Message));
        }
    }

    private async Task Serve(HttpContext context, StripeRequest request)
    {
        Mishap? mishap = _mishaps.TryGetValue(request.Call, out var queue) && queue.TryDequeue(out var next) ? next : null;
        switch (mishap)
        {
            case Mishap.LostRequest:
                context.Abort();
                return;
            case Mishap.HangBefore:
                await Hang(context);
                return;
            case Mishap.ErrorBefore:
                await Write(context, Failure);
                return;
            case Mishap.RateLimited:
                await Write(context, StripeReply.Error(429, "invalid_request_error", "rate_limit", "Too many requests."));
                return;
            case Mishap.LateArrival:
                await Hold();
                break;
        }

        var reply = await Once(request, mishap);
        if (mishap is Mishap.LateArrival or Mishap.Stalled) _ended.Release();
        if (mishap == Mishap.LostReply) context.Abort();
        else if (mishap == Mishap.HangAfter) await Hang(context);
        else await Write(context, mishap == Mishap.Garbage ? new(200, "<html>Bad gateway") : reply);
    }

    private static StripeReply Failure => StripeReply.Error(500, "api_error", null, "Something went wrong.");

    private async Task<StripeReply> Once(StripeRequest request, Mishap? mishap)
    {
        if (request.Key is { } key && _keys.Take(key, request.Fingerprint) is { } standing) return standing;
        if (mishap == Mishap.Stalled) await Hold();
        var done = Books.Do(request);
        var reply = mishap == Mishap.ErrorAfter ? Failure : done;
        if (request.Key is not null) _keys.Settle(request.Key, reply);
        return reply;
    }

    private async Task Hold()
    {
        _held.Release();
        Assert.True(await _released.WaitAsync(Patience));
    }

    private static Task Hang(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static async Task Write(HttpContext context, StripeReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(reply.Body, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
