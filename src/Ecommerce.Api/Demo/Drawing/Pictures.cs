namespace Ecommerce.Api.Demo.Drawing;

/// <summary>The demo shop's pictures: flat, on a quiet ground.</summary>
internal static class Pictures
{
    private const int Ground = 0xF2EFE9;
    private const int Shade = 0xDDD8CE;
    private const int Ink = 0x2B2D33;
    private const int White = 0xFFFFFF;

    /// <summary>A team's shirt with its pattern.</summary>
    public static byte[] Shirt(int body, int sleeves, int pattern, bool isStriped)
    {
        var torso = Outline.Path("M 36 20 Q 50 31 64 20 L 74 25 Q 70 52 73 84 Q 50 89 27 84 Q 30 52 26 25");
        var sleeve = Outline.Path("M 36 20 L 26 25 Q 15 32 9 47 L 22 54 Q 27 46 29 42 Q 29 30 36 20");
        var cuff = Outline.Path("M 10.6 43 L 9 47 L 22 54 L 24.3 50");
        var canvas = Grounded().Fill(sleeve, sleeves).Fill(Outline.Mirrored(sleeve), sleeves).Fill(cuff, pattern).Fill(Outline.Mirrored(cuff), pattern).Fill(torso, body);
        if (isStriped)
        {
            for (var x = 29; x < 75; x += 12) canvas.FillWithin(torso, (Outline.Box(x, 15, x + 6, 90), pattern));
        }
        else
        {
            canvas.FillWithin(torso, (Outline.Path("M 20 62 L 80 34 L 80 46 L 20 74"), pattern));
        }

        return canvas
            .Fill(Outline.Path("M 36 20 Q 50 31 64 20 L 61 18.5 Q 50 27 39 18.5"), sleeves)
            .Fill(Outline.Regular(5, 60, 40, 4, 180), White).Fill(Outline.Regular(5, 60, 40, 2.4, 180), sleeves)
            .ToPng();
    }

    /// <summary>A boot from its side.</summary>
    public static byte[] Boot(int upper, int trim)
    {
        var boot = Outline.Path("M 20 30 Q 31 35 43 29 Q 47 42 60 47 Q 80 52 88 62 Q 92 70 86 71 L 18 71 Q 13 56 20 30");
        return Grounded(bottom: 79)
            .Fill(boot, upper)
            .Fill(Outline.Path("M 20 30 Q 31 35 43 29 L 44.5 33 Q 31 40 18.6 36"), Ink)
            .Fill(Outline.Path("M 17 66 Q 40 61 62 66 Q 78 69 89 66 Q 90 70 86 72 L 18 72"), trim)
            .FillWithin(boot, (Outline.Path("M 16 58 Q 34 58 44 40 L 50 43 Q 42 63 16 65"), trim))
            .Fill(Outline.Path("M 48 36 L 57 40 L 56 42 L 47.2 38"), White).Fill(Outline.Path("M 52 41 L 61 44 L 60 46 L 51 43"), White)
            .Fill(Outline.Path("M 57 45 L 67 47.5 L 66 49.5 L 56 47"), White)
            .Fill(Outline.Path("M 21 72 L 30 72 L 28 79 L 23 79"), Ink).Fill(Outline.Path("M 35 72 L 43 72 L 41 78 L 37 78"), Ink)
            .Fill(Outline.Path("M 60 72 L 68 72 L 66 78 L 62 78"), Ink).Fill(Outline.Path("M 74 72 L 83 72 L 81 79 L 76 79"), Ink)
            .ToPng();
    }

    /// <summary>A ball of white leather with dark patches.</summary>
    public static byte[] Ball()
    {
        var ball = Outline.Ellipse(50, 50, 66, 66);
        var canvas = Grounded().Fill(Outline.Ellipse(50, 50, 69, 69), Ink).Fill(ball, White);
        for (var turn = 0; turn < 360; turn += 72)
        {
            var (sin, cos) = double.SinCos(double.DegreesToRadians(turn - 90));
            var seam = new Corner(50 + 20 * cos, 50 + 20 * sin);
            Corner[] line =
            [
                new(50 + 9 * cos - sin * 0.7, 50 + 9 * sin + cos * 0.7), new(seam.X - sin * 0.7, seam.Y + cos * 0.7),
                new(seam.X + sin * 0.7, seam.Y - cos * 0.7), new(50 + 9 * cos + sin * 0.7, 50 + 9 * sin - cos * 0.7),
            ];
            canvas.Fill(line, Ink).FillWithin(ball, (Outline.Regular(5, 50 + 31 * cos, 50 + 31 * sin, 11.5, turn + 180), Ink));
        }

        return canvas.Fill(Outline.Regular(5, 50, 50, 12), Ink).ToPng();
    }

    public static byte[] Bottle(int body, int cap) => Grounded()
        .Fill(Outline.Path("M 44 14 Q 44 10 50 10 Q 56 10 56 14 L 56 19 L 44 19"), Ink)
        .Fill(Outline.Path("M 40 19 L 60 19 L 60 27 L 40 27"), cap)
        .Fill(Outline.Path("M 41 28 L 59 28 Q 68 34 68 44 L 68 84 Q 68 90 62 90 L 38 90 Q 32 90 32 84 L 32 44 Q 32 34 41 28"), body)
        .Fill(Outline.Path("M 37 44 Q 37 38 41 35 L 43 37 Q 40.5 40 40.5 44 L 40.5 80 L 37 80"), White)
        .Fill(Outline.Box(32, 54, 68, 70), cap).Fill(Outline.Regular(3, 50, 62.5, 6), White)
        .ToPng();

    public static byte[] Guards(int shell, int trim)
    {
        var guard = Outline.Path("M 16 20 Q 29 13 43 20 Q 47 48 41 78 Q 29 86 19 78 Q 12 48 16 20");
        var plate = Outline.Path("M 21 26 Q 29 21 38 26 Q 41 48 37 72 Q 29 77 23 72 Q 18 48 21 26");
        var rib = Outline.Path("M 28 30 L 31 30 L 31 68 L 28 68");
        return Grounded().Fill(guard, Ink).Fill(Outline.Mirrored(guard), Ink).Fill(plate, shell).Fill(Outline.Mirrored(plate), shell)
            .Fill(rib, trim).Fill(Outline.Mirrored(rib), trim).ToPng();
    }

    /// <summary>A bowl of what is in it, seen from the side.</summary>
    public static byte[] Bowl(int bowl) => Grounded()
        .Fill(Outline.Ellipse(38, 42, 26, 24), 0x6FA04A).Fill(Outline.Ellipse(60, 40, 24, 24), 0xE8B64C).Fill(Outline.Ellipse(50, 36, 20, 20), 0x9CC46B)
        .Fill(Outline.Ellipse(70, 46, 16, 16), 0xC9503C).Fill(Outline.Ellipse(28, 48, 14, 12), 0xC9503C)
        .Fill(Outline.Ellipse(58, 36, 7, 7), White).Fill(Outline.Ellipse(45, 45, 7, 7), 0xF6DFA3)
        .Fill(Outline.Path("M 12 48 Q 50 56 88 48 Q 86 78 62 84 L 38 84 Q 14 78 12 48"), bowl)
        .Fill(Outline.Path("M 12 48 Q 50 56 88 48 L 87.5 53 Q 50 61 12.5 53"), White)
        .Fill(Outline.Box(38, 84, 62, 87), Ink)
        .ToPng();

    public static byte[] Wrap() => Grounded()
        .Fill(Outline.Path("M 33 30 Q 26 18 40 22 Q 44 12 52 20 Q 62 12 64 23 Q 76 20 68 33"), 0x6FA04A)
        .Fill(Outline.Ellipse(44, 28, 12, 11), 0xC9503C).Fill(Outline.Ellipse(58, 28, 14, 10), 0xF6DFA3)
        .Fill(Outline.Path("M 30 30 Q 50 40 71 30 L 64 86 Q 50 92 38 86"), 0xE3C08A)
        .Fill(Outline.Path("M 30 30 Q 50 40 71 30 L 70 36 Q 50 46 31 36"), 0xCFA566)
        .Fill(Outline.Path("M 33 54 L 68 48 L 64 86 Q 50 92 38 86"), White)
        .Fill(Outline.Path("M 34 62 L 67 56 L 66.3 61 L 34.6 67"), 0x3B7A57)
        .ToPng();

    public static byte[] Cup(int sleeve) => Grounded()
        .Fill(Outline.Path("M 55 8 L 59 9 L 53 30 L 49 30"), 0xC9503C)
        .Fill(Outline.Path("M 29 24 Q 50 16 71 24 L 73 30 L 27 30"), White)
        .Fill(Outline.Path("M 29 30 L 71 30 L 65 88 Q 50 92 35 88"), 0x5B3A29)
        .Fill(Outline.Path("M 31 46 L 69.3 46 L 66.8 72 L 33.4 72"), sleeve)
        .Fill(Outline.Ellipse(50, 59, 14, 16), White).Fill(Outline.Ellipse(50, 59, 9, 11), 0x5B3A29)
        .Fill(Outline.Box(27, 29, 73, 31.5), Ink)
        .ToPng();

    /// <summary>An empty picture with the shadow of what is to stand so far down.</summary>
    private static Canvas Grounded(double bottom = 88) => new Canvas(Ground).Fill(Outline.Ellipse(50, bottom, 74, 9), Shade);
}
