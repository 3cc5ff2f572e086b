using System.Text.Json.Nodes;

namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>A payment intent in the books.</summary>
internal sealed class StripeIntent(string id, long amount, string currency, Dictionary<string, string> metadata, DateTimeOffset created)
{
    public string Id => id;

    public long Amount => amount;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    public string Status { get; set; } = "requires_payment_method";

    public (string Code, string? DeclineCode)? Error { get; set; }

    public long Refunded { get; set; }

    /// <summary>Whether the search has caught up with it.</summary>
    public bool IsFound { get; set; }

    public JsonObject ToJson() => new()
    {
        ["id"] = id,
        ["object"] = "payment_intent",
        ["amount"] = amount,
        ["amount_received"] = Status == "succeeded" ? amount : 0,
        ["canceled_at"] = null,
        ["created"] = created.ToUnixTimeSeconds(),
        ["currency"] = currency,
        ["last_payment_error"] = Error is var (code, declineCode) ? ErrorJson(code, declineCode) : null,
        ["livemode"] = false,
        ["metadata"] = Json(metadata),
        ["status"] = Status,
    };

    public JsonObject ToCharge() => new()
    {
        ["id"] = $"ch_{id[3..]}",
        ["object"] = "charge",
        ["amount"] = amount,
        ["amount_refunded"] = Refunded,
        ["currency"] = currency,
        ["metadata"] = Json(metadata),
        ["payment_intent"] = id,
        ["refunded"] = Refunded == amount,
    };

    public static JsonObject Json(Dictionary<string, string> metadata) =>
        new(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static JsonObject ErrorJson(string code, string? declineCode)
    {
        var error = new JsonObject { ["type"] = "card_error", ["code"] = code };
        if (declineCode is not null) error["decline_code"] = declineCode;
        return error;
    }
}
