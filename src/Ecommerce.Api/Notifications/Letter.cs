using Ecommerce.Api.Mail;
using Ecommerce.Api.Users;

namespace Ecommerce.Api.Notifications;

/// <summary>A line of a letter's table: an item, and what it comes to.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Detail">More of it; empty for no more.</param>
/// <param name="Amount">Stands at the right.</param>
internal readonly record struct LetterLine(string Title, string Detail, string Amount)
{
    public string Title { get; } = Words.Line(Title);

    public string Detail { get; } = Words.Line(Detail);

    public string Amount { get; } = Words.Line(Amount);
}

/// <summary>
/// What a letter says, declared once; <see cref="LetterText"/> and <see cref="LetterHtml"/> are how it looks. It may be given whatever
/// people typed: what it holds is <see cref="Words">cleaned</see>, but for the name, which its greeting judges as it is.
/// </summary>
/// <param name="Subject">What it is about.</param>
internal sealed record Letter(string Subject)
{
    public string Subject { get; } = Words.Line(Subject);

    /// <summary>Who is greeted, as the person wrote it: see <see cref="Greeting"/>. Null for a letter that greets nobody by name.</summary>
    public string? Name { get; init; }

    /// <summary>Paragraphs. A line end within one is of use to plain text only.</summary>
    public required IReadOnlyList<string> Opening { get; init => field = [.. value.Select(Words.Paragraph)]; }

    public IReadOnlyList<LetterLine> Lines { get; init; } = [];

    /// <summary>What the lines come to; null for none.</summary>
    public string? Total { get; init => field = value is null ? null : Words.Line(value); }

    /// <summary>The one thing to take out of the letter: a code, or the address of a page; null for none.</summary>
    public string? Highlight { get; init => field = value is null ? null : Words.Paragraph(value); }

    /// <summary>Whether <see cref="Highlight"/> is the address of a page.</summary>
    public bool IsLink { get; init; }

    /// <summary>Paragraphs behind lines and highlight.</summary>
    public IReadOnlyList<string> Closing { get; init => field = [.. value.Select(Words.Paragraph)]; } = [];

    /// <param name="to">An address, in any form.</param>
    /// <param name="id">The mail's id.</param>
    public OutgoingMail To(string to, string id) =>
        new(EmailAddress.Deliverable(to), Subject, LetterText.Of(this)) { Html = LetterHtml.Of(this), Id = id };
}
