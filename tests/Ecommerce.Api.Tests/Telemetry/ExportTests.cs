using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Ecommerce.Api.Telemetry;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Orders.Kills;
using Ecommerce.Api.Tests.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecommerce.Api.Tests.Telemetry;

/// <summary>The shop as a process, and the collector that it sends to.</summary>
public sealed class ExportTests(SqliteApp app) : IClassFixture<SqliteApp>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecommerce-telemetry-").FullName;

    [Fact]
    public async Task What_happened_has_reached_the_collector_when_the_process_has_ended()
    {
        await using var collector = await CollectorStandIn.Start();
        var (orderId, log) = await BuyAndStop(collector.Settings);

        var traces = collector.Received("/v1/traces");
        foreach (var name in (string[])["checkout.validate", "checkout.reserve", "checkout.pay", "checkout.confirm", "POST /order/checkout", "ecommerce.order.id", orderId])
            Assert.Contains(name, traces, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/", traces, StringComparison.Ordinal);

        var metrics = collector.Received("/v1/metrics");
        foreach (var name in (string[])["ecommerce.orders", "CONFIRMED", "ecommerce.payment.duration", "ecommerce.store.calls", "http.server.request.duration", "dotnet.gc.collections"])
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        Assert.Contains("service.name\u0012\u000b\n\tecommerce", traces, StringComparison.Ordinal);
        Assert.Contains("service.name\u0012\u000b\n\tecommerce", metrics, StringComparison.Ordinal);

        // The line that ends the request of the checkout, as the machine reads it.
        var finished = log.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.Text("Message").StartsWith("Request finished", StringComparison.Ordinal) && line.Text("Message").Contains("/order/checkout", StringComparison.Ordinal));
        var traceId = finished.GetProperty("Scopes").EnumerateArray().Single(scope => scope.TryGetProperty("TraceId", out _)).Text("TraceId");
        Assert.Contains(new string([.. Convert.FromHexString(traceId).Select(b => (char)b)]), traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_names_the_service()
    {
        await using var collector = await CollectorStandIn.Start();
        await BuyAndStop([.. collector.Settings, ("OTEL_SERVICE_NAME", "corner-shop")]);
        Assert.Contains("corner-shop", collector.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("corner-shop", collector.Received("/v1/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_there_to_send()
    {
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), service => service is OtlpExport);
        await using var collector = await CollectorStandIn.Start();
        await using var sending = app.Fresh(collector.Settings);
        Assert.Contains(sending.Services.GetServices<IHostedService>(), service => service is OtlpExport);
    }

    [Fact]
    public void A_call_that_belongs_to_nothing_is_left_out()
    {
        using var heard = new Listening();
        using var source = new ActivitySource("Ecommerce");
        using var idle = new NoIdleCalls();
        using (var look = source.StartActivity("look", ActivityKind.Client, parentContext: default)!)
        {
            idle.OnStart(look);
            Assert.False(look.Recorded);
        }

        using var work = source.StartActivity("work")!;
        using var call = source.StartActivity("call", ActivityKind.Client)!;
        idle.OnStart(work);
        idle.OnStart(call);
        Assert.True(work.Recorded && call.Recorded);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(string OrderId, IReadOnlyCollection<string> Log)> BuyAndStop((string Name, string Value)[] settings)
    {
        var (complaints, log) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var shop = await ShopProcess.Start("127.0.0.1", _folder, [
            ("Auth:SigningKey", EcommerceApp.SigningKey), ("Auth:PasswordIterations", "100000"), ("Payment:AllowSimulated", "true"), ("Demo:Seed", "true"),
            ("Store:SqlitePath", Path.Combine(_folder, $"{Guid.NewGuid():N}.db")), .. settings], complaints, log.Enqueue);
        try
        {
            using var client = new HttpClient { BaseAddress = shop.Address };
            var email = People.NewEmail();
            await client.Register(email).ShouldBe(201);
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await client.Login(email).ShouldBe(200)).Text("token"));
            var meal = (await client.Get("/product?category=food&limit=1").ShouldBe(200)).GetProperty("items")[0];
            await client.AddToCart(meal.Text("productId"));
            var orderId = (await client.CheckOut().ShouldBe(201)).Text("orderId");
            await shop.Stop();
            Assert.Empty(complaints);
            return (orderId, log);
        }
        finally
        {
            await shop.Kill();
        }
    }
}
