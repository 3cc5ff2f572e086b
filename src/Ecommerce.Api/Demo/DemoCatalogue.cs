using Ecommerce.Api.Demo.Drawing;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Demo;

/// <summary>A product of the demo shop, and its picture as a PNG, drawn when it is asked for.</summary>
internal sealed record DemoProduct(CreateProductRequest Request, Func<byte[]> Draw);

/// <summary>An ad of the demo shop, for the product of this name.</summary>
internal sealed record DemoAd(string Product, string Label);

/// <summary>What the demo shop sells, oldest first: every kind of goods, one of them sold out and one nearly.</summary>
internal static class DemoCatalogue
{
    private const int Navy = 0x1F3A63;
    private const int Sky = 0x8FC1E3;
    private const int Red = 0xC8372D;
    private const int Gold = 0xE9B44C;
    private const int Green = 0x2E7D5B;
    private const int Cream = 0xFBF7EF;
    private const int Coal = 0x3A3D45;

    private static readonly Dictionary<string, long> KitSizes = new() { ["S"] = 8, ["M"] = 12, ["L"] = 10, ["XL"] = 4 };
    private static readonly Dictionary<string, long> BootSizes = new() { ["41"] = 3, ["42"] = 6, ["43"] = 6, ["44"] = 2 };
    private static readonly Dictionary<string, long> SoldOutBootSizes = new() { ["41"] = 0, ["42"] = 0, ["43"] = 0 };

    public static IReadOnlyList<DemoProduct> Products =>
    [
        Plain("Water Bottle", 9_90, "goods", "Keeps cold for a day. 750 ml.", 120, () => Pictures.Bottle(Sky, Navy), "training", "steel"),
        Plain("Shin Guards", 14_50, "goods", "Light, with ankle sleeves.", 60, () => Pictures.Guards(Cream, Red), "training", "protection"),
        Plain("Match Ball", 39_00, "goods", "Size 5, thermally bonded.", 3, Pictures.Ball, "training", "match"),
        Plain("Protein Bowl", 12_99, "food", "Quinoa, chickpeas, greens and tahini.", 40, () => Pictures.Bowl(Navy), "vegan", "lunch"),
        Plain("Chicken Wrap", 8_49, "food", "Grilled chicken, yoghurt and herbs.", 35, Pictures.Wrap, "lunch"),
        Plain("Cold Brew", 4_20, "food", "Steeped for sixteen hours. 330 ml.", 80, () => Pictures.Cup(Gold), "vegan", "coffee"),
        Boots("Falcon", "Sprint 2", 119_00, BootSizes, () => Pictures.Boot(Red, Cream)),
        Boots("Northwind", "Control Pro", 149_99, BootSizes, () => Pictures.Boot(Navy, Gold)),
        Boots("Falcon", "Street", 79_00, SoldOutBootSizes, () => Pictures.Boot(Coal, Sky)),
        Kit("Harbour Rovers", "away", "2026/27", 74_90, () => Pictures.Shirt(Cream, Navy, Sky, isStriped: false)),
        Kit("Union Vale", "home", "2026/27", 79_90, () => Pictures.Shirt(Green, Green, Gold, isStriped: false)),
        Kit("Harbour Rovers", "home", "2026/27", 79_90, () => Pictures.Shirt(Navy, Navy, Sky, isStriped: true)),
    ];

    public static IReadOnlyList<DemoAd> Ads =>
    [
        new("Harbour Rovers home kit", "The new home kit is here"),
        new("Northwind Control Pro", "Control every pass"),
        new("Protein Bowl", "Eat before you play"),
        new("Match Ball", "The ball of the season"),
    ];

    private static DemoProduct Plain(string name, long cents, string category, string description, long stock, Func<byte[]> draw, params string[] tags) =>
        new(new(name, new Money(cents), description, category, tags, null, stock, null), draw);

    private static DemoProduct Boots(string brand, string model, long cents, Dictionary<string, long> sizes, Func<byte[]> draw) => new(
        new($"{brand} {model}", new Money(cents), "A boot for firm ground.", "boots", ["match", "leather"], new(new() { ["brand"] = brand, ["model"] = model }), null, sizes), draw);

    private static DemoProduct Kit(string team, string side, string season, long cents, Func<byte[]> draw) => new(
        new($"{team} {side} kit", new Money(cents), "Shirt, shorts and socks.", "kits", ["match", side],
            new(new() { ["team"] = team, ["side"] = side, ["season"] = season }), null, KitSizes), draw);
}
