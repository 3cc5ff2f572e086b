using System.Globalization;
using System.Text;

namespace Ecommerce.Api.Users;

/// <summary>Mailbox addresses: one person's address is one account, however it is typed.</summary>
public static class EmailAddress
{
    private const int MaxLength = 254;

    /// <summary>The last one stands for what is no character.</summary>
    private const string Specials = "<>()[]\\,;:\"\uFFFD";

    /// <summary>
    /// The form by which addresses are compared and looked up: compatibility composition, lower case by way of the upper case, which
    /// a final sigma shares with any other.
    /// </summary>
    public static string Normalize(string email) => email.Trim().Normalized(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant();

    /// <summary>An address as it goes onto a mail: a full-width '＠' is one, as it is to <see cref="Normalize"/>; case is left as it is.</summary>
    public static string Deliverable(string email) => email.Trim().Normalized(NormalizationForm.FormKC);

    /// <summary>What is wrong with an address, to go behind the field's name; null when it can be one.</summary>
    public static string? Problem(string? email)
    {
        if (string.IsNullOrWhiteSpace(email)) return "is required";
        return email.Trim().Length <= MaxLength && IsMailbox(Normalize(email)) ? null : "must be an e-mail address";
    }

    /// <summary>Judges the normalised form: what is typed can turn into something else, such as a full-width '＠'.</summary>
    private static bool IsMailbox(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && text.Length <= MaxLength
            && HasLabels(text[..at], atLeast: 1) && HasLabels(text[(at + 1)..], atLeast: 2)
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || Specials.Contains(c) || IsInvisible(c));
    }

    private static bool HasLabels(string text, int atLeast) => text.Split('.') is var labels && labels.Length >= atLeast && !labels.Contains("");

    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
