using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Webhooks;

/// <summary>All webhooks as they were at one moment.</summary>
/// <param name="All">Oldest first.</param>
/// <param name="Version">Counts their changes; 0 before the first.</param>
internal sealed record RegisteredWebhooks(IReadOnlyList<Webhook> All, long Version)
{
    public static readonly RegisteredWebhooks None = new([], 0);

    public Webhook? Find(string webhookId) => All.FirstOrDefault(webhook => webhook.WebhookId == webhookId);
}

/// <summary>The webhooks, all in one item: there are a few, and whoever sends events needs to know all of them.</summary>
internal sealed class WebhookRegistry(IStore store)
{
    public const int Max = 20;

    /// <summary>No delivery's id, and in no index.</summary>
    private static readonly ItemKey Key = Tables.Notifications.Key("webhooks");

    /// <summary>As they are at this moment.</summary>
    public async Task<RegisteredWebhooks> Read(CancellationToken cancellation) => Of(await store.Get(Key, consistent: true, cancellation));

    /// <summary>Answers what stands against it; null when the webhook was added.</summary>
    public async Task<Problem?> Add(Webhook webhook, CancellationToken cancellation) =>
        await Change(all => all.Count < Max ? all.Append(webhook) : null, cancellation)
            ? null
            : Problem.Of(ErrorCode.WebhooksFull, $"A shop has at most {Max} webhooks; remove one first.");

    /// <summary>False when there is no such webhook.</summary>
    public Task<bool> Remove(string webhookId, CancellationToken cancellation) => Change(
        all => all.Any(webhook => webhook.WebhookId == webhookId) ? all.Where(webhook => webhook.WebhookId != webhookId) : null, cancellation);

    /// <summary>Of two changes at once the later one is made on what the first left. False when all were left as they are.</summary>
    private async Task<bool> Change(Func<IReadOnlyList<Webhook>, IEnumerable<Webhook>?> decide, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var (all, version) = await Read(cancellation);
            if (decide(all) is not { } changed) return false;
            Item item = new() { ["notificationId"] = Key.Partition, ["webhooks"] = Value.Of([.. changed.Select(webhook => (Value)webhook.ToItem())]) };
            if ((await store.Commit([new Put(Key.Table, item, Expect.AtVersion(version))], cancellation: cancellation)).IsCommitted) return true;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The webhooks changed under every attempt to write them.");
    }

    private static RegisteredWebhooks Of(Item? item) =>
        item is null ? RegisteredWebhooks.None : new([.. item.List("webhooks").Select(webhook => Webhook.Of(webhook.AsMap))], item.Version);
}
