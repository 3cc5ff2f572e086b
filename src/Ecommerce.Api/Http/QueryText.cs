using System.Globalization;
using System.Text.Json;

namespace Ecommerce.Api.Http;

/// <summary>
/// Query parameters arrive as text and are read here, since the framework's generated binding answers a wrong one without naming it.
/// An absent or empty parameter is null.
/// </summary>
internal static class QueryText
{
    private const int MinYear = 1970;
    private const int MaxYear = 9998;

    public static Problem? Integer(string name, string? text, out int? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return Problem.Invalid(name, "must be a whole number");
        value = number;
        return null;
    }

    public static Problem? Amount(string name, string? text, out Money? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || !Money.TryFrom(amount, out var money))
            return Problem.Invalid(name, "must be an amount with at most two decimal places, such as 12.99");
        value = money;
        return null;
    }

    /// <summary>A moment (ISO 8601, UTC where it says nothing else), or a day, which is read as its beginning or, as an end, as the next one's.</summary>
    public static Problem? Time(string name, string? text, bool isEnd, out DateTime? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out var day) && day.Year is >= MinYear and <= MaxYear)
            value = isEnd ? day.AddDays(1) : day;
        else if (text.Contains('T') && DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment) && moment.Year is >= MinYear and <= MaxYear)
            value = isEnd ? moment.AddMilliseconds(1) : moment;
        else return Problem.Invalid(name, "must be a date such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z");
        return null;
    }

    /// <summary>One of an enum's names, in whatever case.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">What it says.</param>
    /// <param name="value">The member; null where it says nothing.</param>
    /// <param name="naming">How answers write the names.</param>
    /// <returns>What is wrong, or null.</returns>
    public static Problem? Name<T>(string name, string? text, out T? value, JsonNamingPolicy? naming = null) where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse<T>(text, ignoreCase: true, out var known))
            return Problem.Invalid(name, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(one => naming?.ConvertName(one) ?? one))}");
        value = known;
        return null;
    }

    public static Problem? Date(string name, string? text, out DateOnly? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!TryDate(text, out var day)) return Problem.Invalid(name, "must be a date such as 2026-01-31");
        value = day;
        return null;
    }

    public static bool TryDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= MinYear and <= MaxYear;

    public static Problem? Flag(string name, string? text, out bool? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!bool.TryParse(text, out var flag)) return Problem.Invalid(name, "must be true or false");
        value = flag;
        return null;
    }
}
