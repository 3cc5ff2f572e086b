using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Webhooks;

/// <summary>What is done with webhooks, in a line.</summary>
internal static class Webhooking
{
    public const string Secret = "correct-horse-battery";

    /// <summary>A shop whose webhooks may be on this machine. The test disposes of it.</summary>
    public static EcommerceApp ShopWithReceivers(this EcommerceApp engine) => engine.Fresh(("Webhooks:AllowPrivateAddresses", "true"));

    /// <summary>The webhook's id.</summary>
    public static async Task<string> Register(this EcommerceApp app, string url, params string[] types) =>
        (await app.Admin.Post("/order/webhooks", new { url, secret = Secret, types }).ShouldBe(201)).Text("webhookId");

    public static Task<JsonElement> Webhook(this EcommerceApp app, string webhookId) => app.Admin.Get($"/order/webhooks/{webhookId}").ShouldBe(200);

    public static IReadOnlyList<JsonElement> Deliveries(this JsonElement webhook) => [.. webhook.GetProperty("deliveries").EnumerateArray()];

    public static IEnumerable<string> Types(this WebhookReceiver receiver) => receiver.Received.Select(received => received.Event.Text("eventType"));
}
