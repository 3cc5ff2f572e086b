using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;

namespace Ecommerce.Api.Webhooks;

/// <summary>Delivers events to webhooks.</summary>
internal sealed class WebhookChannel(WebhookRegistry registry, WebhookClient client) : IDeliveryChannel
{
    public Channel Channel => Channel.Webhook;

    public string RouteOf(Delivery delivery) => delivery.Recipient;

    public async Task<DeliveryResult> Send(Delivery delivery, LogEntry? entry, LoggedEvent? told, CancellationToken cancellation)
    {
        if ((await registry.Read(cancellation)).Find(delivery.Recipient) is not { } webhook) return new DeliveryResult.Skipped("The webhook was removed.");
        if (entry is null || told is null) return new DeliveryResult.Refused("The event is not in the log any more.");
        return await client.Post(webhook, EventAnswer.Of(entry, told), delivery.DeliveryId, cancellation);
    }
}
