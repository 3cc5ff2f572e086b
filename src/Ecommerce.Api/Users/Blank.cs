namespace Ecommerce.Api.Users;

/// <summary>Blank means none: the way to say so in a change, where null says "as it is".</summary>
internal static class Blank
{
    public static string? OrNullIfBlank(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static PostalAddress? OrNullIfBlank(this PostalAddress? address) => address is { IsEmpty: false } ? address : null;
}
