using System.Text.Json;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>
/// Whether an event matches a pattern of EventBridge, as far as the template needs it: objects match member by member, an array where one
/// of its elements does, and a list of alternatives is text, <c>prefix</c> or <c>exists</c>.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html</remarks>
internal static class EventPattern
{
    public static bool Matches(JsonElement pattern, JsonElement? happened) => happened switch
    {
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Any(element => Matches(pattern, element)),
        _ when pattern.ValueKind == JsonValueKind.Array => pattern.EnumerateArray().Any(alternative => IsOne(alternative, happened)),
        { ValueKind: JsonValueKind.Object } members => pattern.EnumerateObject()
            .All(member => Matches(member.Value, members.TryGetProperty(member.Name, out var value) ? value : null)),
        _ => pattern.EnumerateObject().All(member => Matches(member.Value, null)),
    };

    private static bool IsOne(JsonElement alternative, JsonElement? leaf)
    {
        if (alternative.ValueKind == JsonValueKind.String) return leaf is { ValueKind: JsonValueKind.String } text && text.GetString() == alternative.GetString();
        var operation = alternative.EnumerateObject().Single();
        return operation.Name switch
        {
            "prefix" => leaf is { ValueKind: JsonValueKind.String } text && text.GetString()!.StartsWith(operation.Value.GetString()!, StringComparison.Ordinal),
            "exists" => operation.Value.GetBoolean() == leaf is { ValueKind: not JsonValueKind.Object },
            _ => throw new NotSupportedException(operation.Name),
        };
    }
}
