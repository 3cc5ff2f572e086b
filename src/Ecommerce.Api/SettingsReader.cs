using System.Globalization;
using System.Net;

namespace Ecommerce.Api;

/// <summary>Reads single settings and names the one that is wrong.</summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    public string Text(string name, string fallback) => configuration[name]?.Trim() is { Length: > 0 } text ? text : fallback;

    /// <summary>Exactly as it was given, blanks included; empty when it was not.</summary>
    public string Secret(string name) => configuration[name] ?? "";

    public string Matching(string name, string fallback, Predicate<string> isRight, string wanted)
    {
        var text = Text(name, fallback);
        return isRight(text) ? text : throw Wrong(name, text, wanted);
    }

    public bool Flag(string name, bool fallback)
    {
        var text = Text(name, fallback ? "true" : "false");
        return bool.TryParse(text, out var flag) ? flag : throw Wrong(name, text, "'true' or 'false'");
    }

    public int Number(string name, int fallback, int min, int max)
    {
        var text = Text(name, fallback.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(name, text, $"a whole number from {min} to {max}");
    }

    public T OneOf<T>(string name, T fallback) where T : struct, Enum
    {
        var text = Text(name, fallback.ToString());
        var known = Array.Find(Enum.GetNames<T>(), one => one.Equals(text, StringComparison.OrdinalIgnoreCase));
        return known is null ? throw Wrong(name, text, $"one of {string.Join(", ", Enum.GetNames<T>())}") : Enum.Parse<T>(known);
    }

    public Uri? Uri(string name)
    {
        var text = Text(name, "");
        if (text.Length == 0) return null;
        return System.Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : throw Wrong(name, text, "an http or https address");
    }

    /// <summary>Separated by commas or blanks. What a browser never sends as an origin would match nothing, and is refused.</summary>
    public IReadOnlyList<string> Origins(string name, string fallback)
    {
        var origins = Text(name, fallback).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } other ? throw Wrong(name, other, "'*' or an origin such as https://shop.example") : origins;
    }

    /// <summary>Addresses, and networks as <c>10.0.0.0/8</c>, separated by commas or blanks; none when it was not given.</summary>
    public IReadOnlyList<IPNetwork> Networks(string name) =>
        [.. Text(name, "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => ToNetwork(text) ?? throw Wrong(name, text, "an IP address, or a network such as 10.0.0.0/8"))];

    private static IPNetwork? ToNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address) && text.AsSpan().ContainsAny('.', ':') ? new(address, 8 * address.GetAddressBytes().Length) : null;
    }

    private static bool IsOrigin(string text) => text == "*"
        || (System.Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));

    /// <summary>The message stays one line whatever the text is.</summary>
    private static InvalidSettingException Wrong(string name, string text, string wanted) =>
        new(name, $"'{new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])}' is not {wanted}.");
}
