using System.Text.Json;
using System.Text.Json.Serialization;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

internal sealed class ProductAttributesConverter : JsonConverter<ProductAttributes>
{
    private const int MaxCount = 20;
    private const int MaxName = 40;
    private const int MaxText = 200;

    public override ProductAttributes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Wrong();
        var values = new Item();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name.Length is 0 or > MaxName || name.Any(char.IsControl) || values.Count == MaxCount || !values[name].IsNone) throw Wrong();
            values[name] = reader.TokenType switch
            {
                JsonTokenType.String when reader.GetString() is { Length: <= MaxText } text && Rules.IsProse(text) => text,
                JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                _ => throw Wrong(),
            };
        }

        return new(values);
    }

    public override void Write(Utf8JsonWriter writer, ProductAttributes value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, attribute) in value.Values)
        {
            if (attribute.Kind == ValueKind.Number) writer.WriteNumber(name, attribute.AsNumber);
            else if (attribute.Kind == ValueKind.Flag) writer.WriteBoolean(name, attribute.AsFlag);
            else writer.WriteString(name, attribute.AsText);
        }

        writer.WriteEndObject();
    }

    private static InvalidFieldException Wrong() =>
        new($"must be an object of at most {MaxCount} texts (at most {MaxText} characters, no control characters), whole numbers or flags, each named once");
}
