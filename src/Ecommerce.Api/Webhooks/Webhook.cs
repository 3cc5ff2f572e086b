using Ecommerce.Storage;

namespace Ecommerce.Api.Webhooks;

/// <summary>An address outside to which events are sent.</summary>
/// <param name="WebhookId">With prefix <c>wh</c>.</param>
/// <param name="Url">Where they are posted.</param>
/// <param name="Secret">Signs them, so it is kept as it is; it is never answered.</param>
/// <param name="Types">The types of the events that it is told of; empty for all, also those to come.</param>
/// <param name="CreatedAt">Since when.</param>
internal sealed record Webhook(string WebhookId, Uri Url, string Secret, IReadOnlyList<string> Types, DateTime CreatedAt)
{
    public bool Wants(string type) => Types.Count == 0 || Types.Contains(type);

    /// <summary>A record prints its members, and a secret is never printed; nor is the address, which may hold one.</summary>
    public override string ToString() => $"{nameof(Webhook)} {WebhookId}";

    public static Webhook Of(Item item) => new(
        item.Text("webhookId"), new(item.Text("url")), item.Text("secret"), item.Texts("types"), item.Number("createdAt").ToTime());

    public Item ToItem() => new()
    {
        ["webhookId"] = WebhookId,
        ["url"] = Url.OriginalString,
        ["secret"] = Secret,
        ["types"] = Value.Of(Types),
        ["createdAt"] = CreatedAt.ToMilliseconds(),
    };
}
