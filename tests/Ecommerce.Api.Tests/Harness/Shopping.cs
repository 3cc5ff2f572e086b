using System.Globalization;
using System.Text.Json;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>What people do in the shop, in a line, and what the store then holds.</summary>
internal static class Shopping
{
    public const string Card = "pm_card_visa";
    public const string DeclinedCard = "pm_card_visa_chargeDeclined";
    private static int _customers;

    /// <summary>A customer whom no other test knows.</summary>
    public static Customer Customer(this WebApplicationFactory<Program> app)
    {
        var userId = string.Create(CultureInfo.InvariantCulture, $"usr_{Interlocked.Increment(ref _customers):D26}");
        return new(userId, app.ClientFor(userId));
    }

    /// <summary>The same app over the same store, with another payment provider.</summary>
    public static WebApplicationFactory<Program> With(this EcommerceApp app, IPaymentGateway gateway) =>
        app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton(gateway)));

    /// <summary>The same app over the same store, with mail by another way.</summary>
    public static WebApplicationFactory<Program> With(this EcommerceApp app, IMail mail) =>
        app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton(mail)));

    /// <summary>A product on sale; its id.</summary>
    public static Task<string> Product(this EcommerceApp app, long stock = 10, decimal price = 12.99m, string name = "Protein Bowl") =>
        app.Sell(name, price, stock);

    /// <summary>A product on sale in sizes; its id.</summary>
    public static async Task<string> Product(this EcommerceApp app, Dictionary<string, int> sizes, decimal price = 20m, string name = "Training Shirt")
        => (await app.Admin.Post("/product", new { name, price, sizes }).ShouldBe(201)).Text("productId");

    public static async Task Reprice(this EcommerceApp app, string productId, decimal price, string name = "Protein Bowl") =>
        await app.Admin.Put($"/product/{productId}", new { name, price }).ShouldBe(200);

    public static async Task AddToCart(this HttpClient client, string productId, int quantity = 1, string? size = null) =>
        await client.Post("/cart", new { productId, quantity, size }).ShouldBe(200);

    /// <summary>Buys the cart.</summary>
    public static Task<HttpResponseMessage> CheckOut(this HttpClient client, string token = Card, string? key = null) =>
        client.Buy("/order/checkout", token, key);

    public static Task<HttpResponseMessage> Buy(this HttpClient client, string path, string token = Card, string? key = null) =>
        client.Post(path, Paying(token), key is null ? [] : [("Idempotency-Key", key)]);

    public static object Paying(string token) => new { payment = new { method = "CARD", token } };

    /// <summary>Places an order and pays for it; its id.</summary>
    public static async Task<string> Buy(this HttpClient client, params (string ProductId, int Qty, string? Size)[] lines)
    {
        var orderId = await client.Place(lines);
        await client.Buy($"/order/{orderId}/checkout").ShouldBe(201);
        return orderId;
    }

    /// <summary>The same of one product, by a customer whom no other test knows.</summary>
    public static Task<string> Buy(this EcommerceApp app, string productId, int quantity, string? size = null) =>
        app.Customer().Client.Buy((productId, quantity, size));

    /// <summary>Places an order without buying it; its id.</summary>
    public static async Task<string> Place(this HttpClient client, params (string ProductId, int Qty, string? Size)[] lines) =>
        (await client.Post("/order", Lines(lines)).ShouldBe(201)).Text("orderId");

    public static object Lines(params (string ProductId, int Qty, string? Size)[] lines) =>
        new { cartItems = lines.Select(line => new { productId = line.ProductId, qty = line.Qty, size = line.Size }) };

    public static async Task<IReadOnlyList<JsonElement>> Orders(this HttpClient client) =>
        [.. (await client.Get("/order?limit=100").ShouldBe(200)).GetProperty("items").EnumerateArray()];

    public static Task<JsonElement> Order(this HttpClient client, string orderId) => client.Get($"/order/{orderId}").ShouldBe(200);

    public static async Task<int> CartCount(this HttpClient client) => (await client.Get("/cart").ShouldBe(200)).GetProperty("count").GetInt32();

    public static async Task<long> Available(this EcommerceApp app, string productId, string? size = null) =>
        (await app.Store.Get(new Sku(productId, size).Key, consistent: true, Cancellation))!.Number(Sku.Available);

    /// <summary>Units held of the product's only SKU, as an administrator is told.</summary>
    public static async Task<long> Reserved(this EcommerceApp app, string productId) =>
        (await app.Admin.Get($"/product/{productId}/stock").ShouldBe(200)).GetProperty("skus")[0].GetProperty("reserved").GetInt64();

    public static async Task<bool> InStock(this EcommerceApp app, string productId)
    {
        string? cursor = null;
        do
        {
            var page = await app.Anonymous.Get($"/product?limit=100&cursor={cursor}").ShouldBe(200);
            foreach (var product in page.GetProperty("items").EnumerateArray())
                if (product.Text("productId") == productId)
                    return product.GetProperty("inStock").GetBoolean();
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        throw new InvalidOperationException($"{productId} is not in the list.");
    }

    /// <summary>One recovery pass.</summary>
    public static Task<RecoveryCounts> Recover(this WebApplicationFactory<Program> app) =>
        app.Services.GetRequiredService<Recovery>().Pass(Cancellation);

    /// <summary>One pass of the dispatcher.</summary>
    public static Task<DispatchCounts> Dispatch(this WebApplicationFactory<Program> app) =>
        app.Services.GetRequiredService<EventDispatcher>().Pass(Cancellation);

    /// <summary>Whether something is still to be done about an entry of the log.</summary>
    public static bool IsPending(this Item entry) => EntryProgress.Of(entry).State != EventState.Done;

    /// <summary>One pass of every lane.</summary>
    public static async Task<DeliveryCounts> Deliver(this WebApplicationFactory<Program> app) =>
        DeliveryCounts.Sum(await Task.WhenAll(app.Services.GetServices<DeliveryLane>().Select(lane => lane.Pass(Cancellation))));

    public static async Task<Item?> PaymentRecord(this EcommerceApp app, string paymentId) =>
        await app.Store.Get(Tables.Payments.Key(paymentId), consistent: true, Cancellation);

    /// <summary>The event log's entries of an order, oldest first, each with the types of its events.</summary>
    public static async Task<IReadOnlyList<string>> Logged(this EcommerceApp app, string orderId)
    {
        var entries = new List<Item>();
        for (var shard = 0; shard < Tables.Shards; shard++)
        {
            var day = string.Create(CultureInfo.InvariantCulture, $"{app.Clock.GetUtcNow():yyyy-MM-dd}.{shard}");
            await foreach (var entry in app.Store.ReadAll(new(Tables.EventLogs, day) { Consistent = true }, Cancellation))
                if (entry.List("events")[0].AsMap.MapOrNull("metadata")?.TextOrNull("orderId") == orderId)
                    entries.Add(entry);
        }

        return [.. entries.OrderBy(entry => entry.Number("at")).ThenBy(Step).Select(entry => string.Join('+', entry.List("events").Select(e => e.AsMap.Text("eventType"))))];

        // Within one moment, which a standing clock makes of a whole checkout, only the first is known.
        static int Step(Item entry) => entry.List("events")[0].AsMap.Text("eventType") == nameof(EventType.OrderCreated) ? 0 : 1;
    }

    public static Task<string> Body(this HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    public static bool IsReplayed(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}

internal sealed record Customer(string UserId, HttpClient Client);
