namespace Ecommerce.Api.Notifications;

/// <summary>A letter as plain text: paragraphs parted by empty lines, what stands out indented.</summary>
internal static class LetterText
{
    private const string Indent = "    ";

    public static string Of(Letter letter)
    {
        List<string> blocks = [Greeting.Of(letter.Name), .. letter.Opening];
        if (letter.Lines.Count > 0) blocks.Add(string.Join('\n', letter.Lines.Select(Line)));
        if (letter.Total is { } total) blocks.Add($"{Indent}Total: {total}");
        if (letter.Highlight is { } highlight) blocks.Add($"{Indent}{highlight}");
        return string.Join("\n\n", blocks.Concat(letter.Closing)) + "\n";
    }

    private static string Line(LetterLine line) =>
        $"{Indent}{line.Title}{(line.Detail.Length == 0 ? "" : $", {line.Detail}")}: {line.Amount}";
}
