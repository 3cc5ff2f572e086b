using Ecommerce.Api.Deliveries;
using Ecommerce.Storage;

namespace Ecommerce.Api.Webhooks;

/// <summary>What was sent to webhooks, or is to be. It may be a second behind on DynamoDB.</summary>
internal sealed class WebhookHistory(IStore store, TimeProvider clock)
{
    private const int Shown = 10;

    /// <summary>A webhook with its last deliveries; costs a query.</summary>
    public async Task<WebhookAnswer> Describe(Webhook webhook, CancellationToken cancellation)
    {
        var page = await store.Query(DeliveryItems.To(webhook.WebhookId) with { Limit = Shown }, cancellation);
        var kept = page.Items.Select(DeliveryItems.ToDelivery).Where(delivery => delivery.LapsesAt is not { } lapses || lapses > clock.Now());
        return WebhookAnswer.Of(webhook, [.. kept.Select(WebhookDelivery.Of)]);
    }
}
