using System.Text.Json;
using System.Text.Json.Serialization;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api;

/// <summary>
/// Where a person lives or a parcel goes, in the shape the client chose: one text, or an object of up to twenty texts
/// (<c>{ "street": "...", "city": "..." }</c>). The shop stores it and shows it again, its fields in order of their names; it reads nothing from it.
/// </summary>
[JsonConverter(typeof(PostalAddressConverter))]
public sealed record PostalAddress(Value Content)
{
    public bool IsEmpty => Content.Kind == ValueKind.Text ? string.IsNullOrWhiteSpace(Content.AsText) : Content.AsMap.Count == 0;
}

internal sealed class PostalAddressConverter : JsonConverter<PostalAddress>
{
    private const int MaxText = 500;
    private const int MaxName = 40;
    private const int MaxFields = 20;

    public override PostalAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.TokenType switch
        {
            JsonTokenType.String => Text(ref reader),
            JsonTokenType.StartObject => Fields(ref reader),
            _ => throw Wrong(),
        });

    public override void Write(Utf8JsonWriter writer, PostalAddress value, JsonSerializerOptions options)
    {
        if (value.Content.Kind == ValueKind.Text)
        {
            writer.WriteStringValue(value.Content.AsText);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, field) in value.Content.AsMap.OrderBy(field => field.Key, StringComparer.Ordinal)) writer.WriteString(name, field.AsText);
        writer.WriteEndObject();
    }

    private static Value Fields(ref Utf8JsonReader reader)
    {
        var fields = new Item();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) continue;
            if (name.Length is 0 or > MaxName || name.Any(char.IsControl) || fields.Count == MaxFields || !fields[name].IsNone) throw Wrong();
            fields[name] = Text(ref reader);
        }

        return fields;
    }

    private static Value Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: <= MaxText } text && Rules.IsProse(text) ? text : throw Wrong();

    private static InvalidFieldException Wrong() => new($"must be a text, or an object of at most {MaxFields} texts of at most {MaxText} characters");
}
