using System.Text.Json.Serialization;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Webhooks;

/// <summary>An address that wants to be told of events.</summary>
/// <param name="Url">An https address of at most 1000 characters.</param>
/// <param name="Secret">Signs what is sent: 16 to 255 printable ASCII characters without blanks. It is not shown again.</param>
/// <param name="Types">The types of event to tell of; all where none is named.</param>
public sealed record WebhookRequest(string? Url = null, string? Secret = null, IReadOnlyList<string?>? Types = null)
{
    /// <summary>A record prints its members, and a secret is never printed.</summary>
    public override string ToString() => nameof(WebhookRequest);
}

internal sealed class WebhookValidator : AbstractValidator<WebhookRequest>
{
    private const int MinSecret = 16;
    private const int MaxSecret = 255;
    private const int MaxTypes = 100;

    private static readonly string[] EventTypes = Enum.GetNames<EventType>();

    public WebhookValidator()
    {
        RuleFor(webhook => webhook.Url).Required();
        RuleFor(webhook => webhook.Url).Passes(WebhookUrl.Malformation);
        RuleFor(webhook => webhook.Secret).Required()
            .Must(secret => secret is null || (secret.Length is >= MinSecret and <= MaxSecret && secret.All(c => c is > ' ' and <= '~')))
            .WithMessage($"must have {MinSecret} to {MaxSecret} printable ASCII characters and no blanks");
        RuleFor(webhook => webhook.Types).Must(types => types is null or { Count: <= MaxTypes }).WithMessage($"must be at most {MaxTypes} types");
        RuleForEach(webhook => webhook.Types).Must(type => EventTypes.Contains(type))
            .WithMessage($"must be one of {string.Join(", ", EventTypes)}")
            .When(webhook => webhook.Types is { Count: <= MaxTypes });
    }
}

/// <summary>A webhook, without its secret.</summary>
/// <param name="WebhookId">Its id.</param>
/// <param name="Url">Where events are posted.</param>
/// <param name="Types">The types of event that it is told of; empty for all.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="LastStatus">How the newest delivery stands; null before the first.</param>
/// <param name="Deliveries">The last ten, newest first.</param>
public sealed record WebhookAnswer(
    string WebhookId, string Url, IReadOnlyList<string> Types, DateTime CreatedAt, DeliveryStatus? LastStatus, IReadOnlyList<WebhookDelivery> Deliveries)
{
    internal static WebhookAnswer Of(Webhook webhook, IReadOnlyList<WebhookDelivery> deliveries) => new(
        webhook.WebhookId, webhook.Url.OriginalString, webhook.Types, webhook.CreatedAt, deliveries.Count == 0 ? null : deliveries[0].Status, deliveries);
}

/// <summary>An event on its way to a webhook, or there.</summary>
/// <param name="DeliveryId">Its id, which each try carries in <c>Ecommerce-Delivery-Id</c>.</param>
/// <param name="EventId">The event that it tells of.</param>
/// <param name="EventType">That event's type.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="At">When it was over; until then, when it happened.</param>
/// <param name="Reason">Why the last try did not succeed.</param>
public sealed record WebhookDelivery(
    string DeliveryId, string EventId, string EventType, DeliveryStatus Status, int Tries, DateTime At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    internal static WebhookDelivery Of(Delivery delivery) => new(
        delivery.DeliveryId, delivery.EventId!, delivery.Kind, delivery.Status, delivery.Tries,
        delivery.DoneAt ?? delivery.CreatedAt, delivery.Reason);
}
