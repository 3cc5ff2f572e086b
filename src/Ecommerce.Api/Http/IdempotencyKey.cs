using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ecommerce.Api.Http;

/// <summary>The request's <c>Idempotency-Key</c>: 1 to 255 printable ASCII characters, quoted or bare; null when none was sent.</summary>
public readonly record struct IdempotencyKey(string? Value)
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    public static Problem Malformed => Problem.Of(ErrorCode.InvalidIdempotencyKey, "Send 1 to 255 printable ASCII characters, quoted or bare.");

    public static Problem Reused => Problem.Of(ErrorCode.IdempotencyKeyReused, "Use a new key for a new request.");

    public static Problem InProgress => Problem.Of(ErrorCode.IdempotencyInProgress, "The first request is still under way. Ask again in a moment.");

    /// <summary>Reads the header. False when it is malformed.</summary>
    public static bool TryRead(HttpRequest request, out IdempotencyKey key)
    {
        key = default;
        var values = request.Headers[Header];
        if (values.Count == 0) return true;
        var text = values.Count == 1 ? values[0]!.Trim() : "";
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return false;
        key = new(text);
        return true;
    }

    /// <summary>
    /// What must be the same for a repeated request: route, key, and what was understood of the body. Spacing, the order of
    /// fields, and fields that mean nothing here make no difference.
    /// </summary>
    public string Fingerprint<T>(string route, T body, JsonTypeInfo<T> json) =>
        Ids.Derive("fp", route, Value ?? "", JsonSerializer.Serialize(body, json));

    /// <summary>The id of the order that this key makes for a user; keys of two users never meet. Null without a key.</summary>
    public string? OrderId(string userId) => Value is null ? null : Ids.Derive("ord", userId, "key", Value);

    public static void MarkReplayed(HttpResponse response) => response.Headers["Idempotency-Replayed"] = "true";
}
