namespace Ecommerce.Api.Demo.Drawing;

/// <summary>
/// A square picture of flat shapes, laid one over the other. It is painted three times as large as it is shown; what is shown of a
/// pixel is the mean of nine, which smooths the edges.
/// </summary>
internal sealed class Canvas
{
    public const int Size = 300;

    private const int Fine = 3;
    private const int Edge = Size * Fine;
    private const int MaxColours = 256;

    private readonly byte[] _painted = new byte[Edge * Edge];
    private readonly List<int> _paints;

    /// <summary>Which pixels a shape may touch; null for all of them.</summary>
    private byte[]? _within;

    /// <param name="ground">The colour of the ground, 0xRRGGBB.</param>
    public Canvas(int ground) => _paints = [ground];

    /// <summary>Fills a shape with a colour.</summary>
    public Canvas Fill(IReadOnlyList<Corner> outline, int colour)
    {
        var paint = (byte)PaintOf(colour);
        Scan(outline, (row, from, to) =>
        {
            var at = row * Edge;
            for (var x = from; x < to; x++)
                if (_within is null || _within[at + x] != 0) _painted[at + x] = paint;
        });
        return this;
    }

    /// <summary>Fills several shapes, of which only what lies within an outline is seen: stripes on a shirt.</summary>
    public Canvas FillWithin(IReadOnlyList<Corner> outline, params ReadOnlySpan<(IReadOnlyList<Corner> Shape, int Colour)> shapes)
    {
        var within = new byte[Edge * Edge];
        Scan(outline, (row, from, to) => within.AsSpan(row * Edge + from, to - from).Fill(1));
        _within = within;
        foreach (var (shape, colour) in shapes) Fill(shape, colour);
        _within = null;
        return this;
    }

    public byte[] ToPng()
    {
        var palette = new List<int>(_paints);
        var places = _paints.Select((colour, place) => (colour, place)).ToDictionary(paint => paint.colour, paint => (byte)paint.place);
        var pixels = new byte[Size * Size];
        for (var at = 0; at < pixels.Length; at++)
        {
            var colour = MeanAt(at / Size * Fine * Edge + at % Size * Fine);
            if (!places.TryGetValue(colour, out var place))
            {
                place = palette.Count < MaxColours ? (byte)palette.Count : Nearest(palette, colour);
                if (palette.Count < MaxColours) palette.Add(colour);
                places[colour] = place;
            }

            pixels[at] = place;
        }

        return PngWriter.Write(Size, pixels, palette);
    }

    private int MeanAt(int corner)
    {
        var first = _painted[corner];
        var (red, green, blue, isFlat) = (0, 0, 0, true);
        for (var y = 0; y < Fine; y++)
        {
            for (var x = 0; x < Fine; x++)
            {
                var paint = _painted[corner + y * Edge + x];
                var colour = _paints[paint];
                isFlat &= paint == first;
                (red, green, blue) = (red + (colour >> 16), green + (colour >> 8 & 0xFF), blue + (colour & 0xFF));
            }
        }

        const int Count = Fine * Fine;
        return isFlat ? _paints[first] : red / Count << 16 | green / Count << 8 | blue / Count;
    }

    private static byte Nearest(List<int> palette, int colour)
    {
        return (byte)palette.IndexOf(palette.MinBy(Distance));

        int Distance(int other) => Square((other >> 16) - (colour >> 16)) + Square((other >> 8 & 0xFF) - (colour >> 8 & 0xFF)) + Square((other & 0xFF) - (colour & 0xFF));

        static int Square(int n) => n * n;
    }

    private int PaintOf(int colour)
    {
        var at = _paints.IndexOf(colour);
        if (at >= 0) return at;
        _paints.Add(colour);
        return _paints.Count - 1;
    }

    /// <summary>Names the runs of pixels within a polygon: in each row those between its first and second crossing, its third and fourth.</summary>
    private static void Scan(IReadOnlyList<Corner> outline, Action<int, int, int> run)
    {
        const double Scale = Edge / 100.0;
        var crossings = new List<double>();
        for (var row = 0; row < Edge; row++)
        {
            crossings.Clear();
            var y = (row + 0.5) / Scale;
            for (var i = 0; i < outline.Count; i++)
            {
                var (a, b) = (outline[i], outline[(i + 1) % outline.Count]);
                if (a.Y <= y == b.Y <= y) continue;
                crossings.Add((a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X)) * Scale);
            }

            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Count; i += 2) run(row, Pixel(crossings[i]), Pixel(crossings[i + 1]));
        }

        static int Pixel(double x) => Math.Clamp((int)Math.Round(x), 0, Edge);
    }
}
