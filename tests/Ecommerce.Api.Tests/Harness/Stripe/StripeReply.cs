using System.Text.Json.Nodes;

namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <param name="Status">Of HTTP.</param>
/// <param name="Body">JSON, unless it is garbage.</param>
/// <param name="IsKept">Whether the key remembers it: not what failed before it was begun.</param>
internal sealed record StripeReply(int Status, string Body, bool IsKept = true)
{
    public static StripeReply Ok(JsonNode body) => new(200, body.ToJsonString());

    public static StripeReply Error(int status, string type, string? code, string message, string? declineCode = null, JsonNode? intent = null)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = message };
        if (code is not null) error["code"] = code;
        if (declineCode is not null) error["decline_code"] = declineCode;
        if (intent is not null) error["payment_intent"] = intent;
        return new(status, new JsonObject { ["error"] = error }.ToJsonString());
    }

    public static StripeReply Invalid(string code, string message) => Error(400, "invalid_request_error", code, message) with { IsKept = false };
}
