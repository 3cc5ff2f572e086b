using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ecommerce.Storage;

/// <summary>An item as JSON text: how SQLite keeps it, and how a cursor carries keys. Numbers are 64-bit integers.</summary>
internal static class ItemJson
{
    private const int SharedNames = 512;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = StoreLimits.AttributeDepth + 2,
    };

    /// <summary>Attribute names are few and come again with every item, so each is made a string once.</summary>
    private static readonly ConcurrentDictionary<int, string> Names = new();

    public static byte[] Write(Item item)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Options);
        Write(writer, item);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static Item Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StoreLimits.AttributeDepth + 2 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An item is a JSON object.");
        return ReadMap(ref reader);
    }

    private static void Write(Utf8JsonWriter writer, Item item)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in item)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                writer.WriteStringValue(value.AsText);
                break;
            case ValueKind.Number:
                writer.WriteNumberValue(value.AsNumber);
                break;
            case ValueKind.Flag:
                writer.WriteBooleanValue(value.AsFlag);
                break;
            case ValueKind.List:
                writer.WriteStartArray();
                foreach (var element in value.AsList) Write(writer, element);
                writer.WriteEndArray();
                break;
            case ValueKind.Map:
                Write(writer, value.AsMap);
                break;
            default:
                throw new ArgumentException("An absent value cannot be stored.");
        }
    }

    private static Item ReadMap(ref Utf8JsonReader reader)
    {
        var item = new Item(16);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(ref reader);
            reader.Read();
            item.Append(name, ReadValue(ref reader));
        }

        return item;
    }

    private static Value ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return reader.GetInt64();
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.StartObject: return ReadMap(ref reader);
            case JsonTokenType.StartArray:
                var list = new List<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(ReadValue(ref reader));
                return Value.Of(list);
            default: throw new JsonException($"An item has no {reader.TokenType}.");
        }
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped) return reader.GetString()!;
        var hash = new HashCode();
        hash.AddBytes(reader.ValueSpan);
        var code = hash.ToHashCode();
        if (Names.TryGetValue(code, out var known) && reader.ValueTextEquals(known)) return known;
        var name = reader.GetString()!;
        if (Names.Count < SharedNames) Names.TryAdd(code, name);
        return name;
    }
}
