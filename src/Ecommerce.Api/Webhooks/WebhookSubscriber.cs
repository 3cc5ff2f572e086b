using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Webhooks;

/// <summary>Has each event delivered to the webhooks that want its type.</summary>
internal sealed class WebhookSubscriber(WebhookRegistry registry) : ISubscriber
{
    private readonly Lock _lock = new();
    private RegisteredWebhooks _registered = RegisteredWebhooks.None;

    public string Name => "webhooks";

    /// <summary>Whoever was registered before an event happened is told of it, so the webhooks are read after the event.</summary>
    public async Task Prepare(IReadOnlyList<LogEntry> entries)
    {
        var read = await registry.Read(CancellationToken.None);

        // Of two batches at once the one that read first may come here last.
        lock (_lock)
            if (read.Version > _registered.Version)
                _registered = read;
    }

    public IEnumerable<Write> WritesOf(LogEntry entry)
    {
        RegisteredWebhooks registered;
        lock (_lock) registered = _registered;
        return from told in entry.Events
               from webhook in registered.All
               where webhook.Wants(told.Type)
               select Delivery.Of(entry, told, Channel.Webhook, told.Type, webhook.WebhookId).ToPut();
    }
}
