using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>Commits as the stream of a table tells of them.</summary>
internal static class StreamRecords
{
    /// <summary>A record of a put; of additions there is nothing to be seen that a pipe would take.</summary>
    public static JsonElement Of(Put put) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["eventName"] = put.Expect == Expect.Absent || put.Expect.Version == 0 ? "INSERT" : "MODIFY",
        ["eventSource"] = "aws:dynamodb",
        ["dynamodb"] = new JsonObject { ["NewImage"] = Image(put.Item) },
    });

    /// <summary>An item as DynamoDB's JSON.</summary>
    public static JsonObject Image(Item item) => new(item.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)Typed(attribute.Value))));

    private static JsonObject Typed(Value value) => value.Kind switch
    {
        ValueKind.Text => new() { ["S"] = value.AsText },
        ValueKind.Number => new() { ["N"] = value.AsNumber.ToString(CultureInfo.InvariantCulture) },
        ValueKind.Flag => new() { ["BOOL"] = value.AsFlag },
        ValueKind.List => new() { ["L"] = new JsonArray([.. value.AsList.Select(Typed)]) },
        ValueKind.Map => new() { ["M"] = Image(value.AsMap) },
        _ => new() { ["NULL"] = true },
    };
}
