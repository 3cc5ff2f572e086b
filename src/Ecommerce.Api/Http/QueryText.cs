using System.Globalization;

namespace Ecommerce.Api.Http;

/// <summary>
/// Query parameters arrive as text and are read here, since the framework's generated binding answers a wrong one without naming it.
/// An absent or empty parameter is null.
/// </summary>
internal static class QueryText
{
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

    public static Problem? Flag(string name, string? text, out bool? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!bool.TryParse(text, out var flag)) return Problem.Invalid(name, "must be true or false");
        value = flag;
        return null;
    }
}
