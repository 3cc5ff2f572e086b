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

    /// <summary>A record prints its members, and a mail is its reader's own.</summary>
    public override string ToString() => nameof(OutgoingMail);
}
