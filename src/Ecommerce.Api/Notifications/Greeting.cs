using System.Text;

namespace Ecommerce.Api.Notifications;

/// <summary>The first line of a letter.</summary>
internal static class Greeting
{
    /// <summary>Names are shorter, messages are not.</summary>
    private const int MaxLength = 60;

    private const string Dots = ".。";

    private static readonly string[] SignsOfAnAddress = ["://", "www.", "@"];

    /// <summary>
    /// Greets by name, unless the name reads like something to follow: whoever registers somebody else's address would be advertising to
    /// them in the shop's name.
    /// </summary>
    public static string Of(string? name)
    {
        var line = Words.Line(name ?? "");
        return line.Length == 0 || line.Length > MaxLength || ReadsLikeAnAddress(line) ? "Hello," : $"Hello {line},";
    }

    /// <summary>Judges the compatibility form, in which a full-width dot is a dot.</summary>
    private static bool ReadsLikeAnAddress(string name)
    {
        var text = name.Normalized(NormalizationForm.FormKC);
        return SignsOfAnAddress.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase))
            || Enumerable.Range(1, Math.Max(0, text.Length - 2)).Any(i => Dots.Contains(text[i]) && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]));
    }
}
