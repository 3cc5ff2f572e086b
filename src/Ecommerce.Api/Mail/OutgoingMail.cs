namespace Ecommerce.Api.Mail;

/// <summary>A mail to one person.</summary>
public sealed record OutgoingMail
{
    /// <param name="to">One address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Plain text; lines end in <c>\n</c>.</param>
    /// <exception cref="ArgumentException">Address or subject hold a control character, and could become another header.</exception>
    public OutgoingMail(string to, string subject, string text)
    {
        if (to.Any(char.IsControl) || subject.Any(char.IsControl)) throw new ArgumentException("A header of a mail holds no control characters.");
        (To, Subject, Text) = (to, subject, text);
    }

    public string To { get; }

    public string Subject { get; }

    public string Text { get; }

    /// <summary>The same as a whole HTML document; null for a mail of text alone.</summary>
    public string? Html { get; init; }

    /// <summary>
    /// The part before the '@' of its Message-ID: ASCII letters, digits and '_'. Programs show a mail that comes twice under one id once.
    /// Null for whatever the server makes up.
    /// </summary>
    /// <exception cref="ArgumentException">It holds something else.</exception>
    public string? Id
    {
        get;
        init => field = value is null || (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            ? value
            : throw new ArgumentException("A mail's id holds ASCII letters, digits and '_'.");
    }

    /// <summary>A record prints its members, and a mail is its reader's own.</summary>
    public override string ToString() => nameof(OutgoingMail);
}
