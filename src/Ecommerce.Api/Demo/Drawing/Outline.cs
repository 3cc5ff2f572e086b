using System.Globalization;

namespace Ecommerce.Api.Demo.Drawing;

/// <summary>A corner of an outline, in hundredths of the picture's edge.</summary>
internal readonly record struct Corner(double X, double Y);

/// <summary>
/// Outlines of shapes as polygons, from the letters that SVG uses for paths: M and L to a point, Q over one control point, C over two,
/// all absolute. A path closes by itself.
/// </summary>
internal static class Outline
{
    private const int StepsOfCurve = 16;
    private const int StepsOfCircle = 64;

    public static IReadOnlyList<Corner> Path(string path)
    {
        var corners = new List<Corner>();
        var words = path.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < words.Length;)
        {
            switch (words[at++])
            {
                case "M" or "L":
                    corners.Add(Next());
                    break;
                case "Q":
                    var (start, control, end) = (corners[^1], Next(), Next());
                    Curve(start, Between(start, control, 2 / 3.0), Between(end, control, 2 / 3.0), end);
                    break;
                case "C":
                    Curve(corners[^1], Next(), Next(), Next());
                    break;
                case var letter:
                    throw new FormatException($"'{letter}' is no letter of a path.");
            }

            Corner Next() => new(double.Parse(words[at++], CultureInfo.InvariantCulture), double.Parse(words[at++], CultureInfo.InvariantCulture));
        }

        return corners;

        void Curve(Corner a, Corner b, Corner c, Corner d)
        {
            for (var step = 1; step <= StepsOfCurve; step++)
            {
                var t = (double)step / StepsOfCurve;
                var (ab, bc, cd) = (Between(a, b, t), Between(b, c, t), Between(c, d, t));
                corners.Add(Between(Between(ab, bc, t), Between(bc, cd, t), t));
            }
        }
    }

    public static IReadOnlyList<Corner> Ellipse(double x, double y, double width, double height) =>
    [
        .. Enumerable.Range(0, StepsOfCircle).Select(step => double.Pi * 2 * step / StepsOfCircle)
            .Select(angle => new Corner(x + width / 2 * Math.Cos(angle), y + height / 2 * Math.Sin(angle))),
    ];

    /// <summary>A regular polygon; the first corner stands straight above the middle, turned by so many degrees.</summary>
    public static IReadOnlyList<Corner> Regular(int corners, double x, double y, double radius, double turn = 0) =>
    [
        .. Enumerable.Range(0, corners).Select(n => double.DegreesToRadians(360.0 * n / corners + turn - 90))
            .Select(angle => new Corner(x + radius * Math.Cos(angle), y + radius * Math.Sin(angle))),
    ];

    public static IReadOnlyList<Corner> Box(double left, double top, double right, double bottom) =>
        [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];

    /// <summary>The same shape seen in a mirror that stands upright in the middle of the picture.</summary>
    public static IReadOnlyList<Corner> Mirrored(IReadOnlyList<Corner> outline) => [.. outline.Select(corner => new Corner(100 - corner.X, corner.Y))];

    private static Corner Between(Corner from, Corner to, double share) => new(from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share);
}
