using System.Text.Json;
using System.Text.Json.Serialization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>The facts of an event as they go over the wire: amounts are decimal numbers there, as everywhere.</summary>
[JsonConverter(typeof(EventMetadataConverter))]
public sealed record EventMetadata(Item Facts);

internal sealed class EventMetadataConverter : JsonConverter<EventMetadata>
{
    private static readonly HashSet<string> Amounts = ["amount", "price", "totalAmount"];

    public override EventMetadata Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are told, not taken.");

    public override void Write(Utf8JsonWriter writer, EventMetadata value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, fact) in value.Facts)
        {
            writer.WritePropertyName(name);
            if (fact.Kind == ValueKind.Number && Amounts.Contains(name)) writer.WriteNumberValue(new Money(fact.AsNumber).ToDecimal());
            else if (fact.Kind == ValueKind.Number) writer.WriteNumberValue(fact.AsNumber);
            else if (fact.Kind == ValueKind.Flag) writer.WriteBooleanValue(fact.AsFlag);
            else writer.WriteStringValue(fact.AsText);
        }

        writer.WriteEndObject();
    }
}
