using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Webhooks;

/// <summary>What webhooks are told. Each test has a shop of its own, and receivers on this machine.</summary>
public abstract class WebhookDeliveryTests(EcommerceApp engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_sent_the_event_as_the_log_has_it_signed()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await app.Register(receiver.Url);
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product(name: "Grüße & <Küsse>"));
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        await app.Dispatch();
        Assert.Equal(new(5, 0, 0), await app.Deliver()); // With the receipt.

        var logged = (await app.Admin.Get($"/order/{orderId}/events").ShouldBe(200)).Items().Select(told => told.GetRawText()).ToList();
        Assert.Equal(3, logged.Count);
        Assert.Equal(4, receiver.Received.Count);
        foreach (var received in receiver.Received)
        {
            Assert.Equal(("POST", "/events?shop=1", "application/json"), (received.Method, received.Path, received.Headers["Content-Type"]));
            Assert.Equal(app.Clock.GetUtcNow().ToUnixTimeSeconds(), received.SignedAt(Webhooking.Secret).ToUnixTimeSeconds());
            Assert.Equal(["eventId", "eventType", "userId", "metadata", "timestamp"], received.Event.Names());
            Assert.Equal(received.Event.Text("eventId"), received.Headers["Ecommerce-Event-Id"]);
            Assert.StartsWith("ntf_", received.Headers["Ecommerce-Delivery-Id"]);
            Assert.Matches("^Ecommerce/[0-9.]+$", received.Headers["User-Agent"]);
            Assert.DoesNotContain("traceparent", received.Headers.Keys);
        }

        Assert.Equal(logged.Order(), receiver.Received.Select(received => received.Body).Where(body => body.Contains(orderId)).Order());
        Assert.Equal(4, receiver.Received.Select(received => received.Headers["Ecommerce-Delivery-Id"]).Distinct().Count());
        var webhook = await app.Webhook(webhookId);
        Assert.Equal("SENT", webhook.Text("lastStatus"));
        Assert.Equal(
            receiver.Received.Select(received => (received.Headers["Ecommerce-Delivery-Id"], received.Event.Text("eventId"), received.Event.Text("eventType"), "SENT", 1)).Order(),
            webhook.Deliveries().Select(told => (told.Text("deliveryId"), told.Text("eventId"), told.Text("eventType"), told.Text("status"), told.GetProperty("tries").GetInt32())).Order());
        Assert.Equal(default, await app.Deliver());
    }

    [Fact]
    public async Task A_webhook_is_told_only_of_the_types_that_it_names_and_each_of_several_once()
    {
        await using var app = engine.ShopWithReceivers();
        await using var orders = await WebhookReceiver.Start();
        await using var all = await WebhookReceiver.Start();
        await app.Register(orders.Url, "OrderConfirmed", "OrderShipped");
        await app.Register(all.Url);
        var customer = app.Customer();
        await customer.Client.AddToCart(await app.Product());
        var orderId = (await customer.Client.CheckOut().ShouldBe(201)).Text("orderId");
        await app.Admin.Post($"/order/{orderId}/ship").ShouldBe(200);
        for (var pass = 0; pass < 3; pass++)
        {
            await app.Dispatch();
            await app.Deliver();
        }

        Assert.Equal(["OrderConfirmed", "OrderShipped"], orders.Types().Order());
        Assert.Equal(["OrderConfirmed", "OrderCreated", "OrderShipped", "PaymentSuccess", "ProductCreated"], all.Types().Order());
    }

    [Fact]
    public async Task A_webhook_that_is_removed_is_sent_nothing_more()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await app.Register(receiver.Url);
        await app.Product();
        await app.Dispatch();
        await (await app.Admin.Delete($"/order/webhooks/{webhookId}")).ShouldBeEmpty(204);
        Assert.Equal(new(1, 0, 0), await app.Deliver());
        await app.Product();
        await app.Dispatch();
        Assert.Equal(default, await app.Deliver());
        Assert.Empty(receiver.Received);
        var skipped = Assert.Single((await app.Store.Query(DeliveryItems.To(webhookId), Cancellation)).Items).ToDelivery();
        Assert.Equal((DeliveryStatus.Skipped, "The webhook was removed."), (skipped.Status, skipped.Reason));
    }

    [Fact]
    public async Task A_webhook_that_was_registered_before_an_event_is_told_of_it_by_a_dispatcher_that_was_there_before()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        await app.Product();
        await app.Dispatch();
        await app.Register(receiver.Url);
        await app.Product();
        await app.Dispatch();
        await app.Deliver();
        Assert.Equal(["ProductCreated"], receiver.Types());
    }

    [Fact]
    public async Task The_last_ten_deliveries_are_shown_newest_first_and_lapse_after_thirty_days()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await app.Register(receiver.Url);
        var products = new List<string>();
        for (var n = 0; n < 12; n++)
        {
            products.Add(await app.Product());
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.Dispatch();
        Assert.Equal(new(12, 0, 0), await app.Deliver());
        var told = receiver.Received.ToDictionary(received => received.Event.Text("eventId"), received => received.Event.GetProperty("metadata").Text("productId"));
        Assert.Equal(products.AsEnumerable().Reverse().Take(10), (await app.Webhook(webhookId)).Deliveries().Select(sent => told[sent.Text("eventId")]));
        Assert.Equal((await app.Webhook(webhookId)).GetRawText(), Assert.Single((await app.Admin.Get("/order/webhooks").ShouldBe(200)).Items()).GetRawText());
        app.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(10, (await app.Webhook(webhookId)).Deliveries().Count);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty((await app.Webhook(webhookId)).Deliveries());
    }

    [Fact]
    public async Task Neither_secret_nor_address_is_logged()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = WebhookReceiver.Status(500);
        await app.Register(receiver.Url);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 1, 0), await app.Deliver());
        Assert.DoesNotContain(app.Log.Lines, line => line.Message.Contains(Webhooking.Secret, StringComparison.Ordinal) || line.Message.Contains("shop=1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_of_webhooks_costs_a_read_and_a_query_each()
    {
        await using var app = engine.ShopWithReceivers();
        for (var n = 0; n < 3; n++) await app.Register("http://127.0.0.1:1/");
        var cost = (await app.Admin.Get("/order/webhooks")).Cost();
        Assert.Equal((0d, 4), (cost.WriteUnits, cost.Calls));
        Assert.InRange(cost.ReadUnits, 0, 1 + 3 * 0.5);
    }
}

public sealed class WebhookDeliveryTests_on_Sqlite(SqliteApp app) : WebhookDeliveryTests(app), IClassFixture<SqliteApp>;

public sealed class WebhookDeliveryTests_on_DynamoDb(DynamoDbApp app) : WebhookDeliveryTests(app), IClassFixture<DynamoDbApp>;
