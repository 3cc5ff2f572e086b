using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecommerce.Api;

/// <summary>An enum's members in JSON: <c>PAYMENT_PENDING</c>.</summary>
internal sealed class UpperSnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) where T : struct, Enum;

/// <summary>An enum's members in JSON: <c>checkout</c>.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct, Enum;

/// <summary>The names that <see cref="UpperSnakeCase{T}"/> gives, for the store and for query parameters.</summary>
internal static class EnumNames<T> where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(T value) => Names[value];

    public static T Parse(string name) => Values[name];

    public static bool TryParse(string name, out T value) => Values.TryGetValue(name, out value);
}
