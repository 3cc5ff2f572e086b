using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Ecommerce.Api.Notifications;

/// <summary>
/// A letter as an HTML document: one column that fits a phone, styles in place, for mail programs drop all others, and nothing that is
/// fetched from elsewhere. Every text is encoded.
/// </summary>
internal static class LetterHtml
{
    private const string Cell = "padding:8px 0;border-bottom:1px solid #e4e4e7;vertical-align:top;overflow-wrap:anywhere";
    private const string Right = $"{Cell};padding-left:16px;text-align:right;white-space:nowrap";
    private const string Box = "margin:16px 0;padding:12px;background:#f4f4f5;border-radius:6px;font-family:monospace;overflow-wrap:anywhere";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(Letter letter) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encoder.Encode(letter.Subject)}</title>
        </head>
        <body style="margin:0;padding:0;background:#f4f4f5">
        <div style="max-width:560px;margin:0 auto;padding:24px 20px;background:#ffffff;color:#18181b;font:16px/1.5 sans-serif">
        {Paragraphs([Greeting.Of(letter.Name), .. letter.Opening])}
        {Table(letter)}
        {Highlight(letter)}
        {Paragraphs(letter.Closing)}
        </div>
        </body>
        </html>

        """;

    private static string Paragraphs(IEnumerable<string> paragraphs) =>
        string.Join('\n', paragraphs.Select(paragraph => $"""<p style="margin:0 0 16px;overflow-wrap:anywhere">{Encoder.Encode(paragraph.ReplaceLineEndings(" "))}</p>"""));

    private static string Table(Letter letter)
    {
        if (letter.Lines.Count == 0) return "";
        var rows = letter.Lines.Select(line => Row(Encoder.Encode(line.Title), Encoder.Encode(line.Detail), Encoder.Encode(line.Amount)));
        if (letter.Total is { } total) rows = rows.Append(Row("<strong>Total</strong>", "", $"<strong>{Encoder.Encode(total)}</strong>"));
        return $"""
            <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="margin:0 0 16px;border-collapse:collapse">
            {string.Join('\n', rows)}
            </table>
            """;
    }

    /// <param name="title">As HTML, like the others.</param>
    private static string Row(string title, string detail, string amount)
    {
        var more = detail.Length == 0 ? "" : $"""<br><span style="color:#52525b;font-size:14px">{detail}</span>""";
        return $"""<tr><td style="{Cell}">{title}{more}</td><td style="{Right}">{amount}</td></tr>""";
    }

    private static string Highlight(Letter letter)
    {
        if (letter.Highlight is not { } highlight) return "";
        var text = Encoder.Encode(highlight);
        return $"""<div style="{Box}">{(letter.IsLink ? $"""<a href="{text}">{text}</a>""" : text)}</div>""";
    }
}
