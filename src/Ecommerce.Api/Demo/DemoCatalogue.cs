using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Demo;

/// <summary>A dozen products for an empty shop, so that a newcomer's first look is not at an empty list.</summary>
internal static class DemoCatalogue
{
    private const string Actor = "demo";

    private static readonly Dictionary<string, long> KitSizes = new() { ["S"] = 8, ["M"] = 12, ["L"] = 10, ["XL"] = 4 };
    private static readonly Dictionary<string, long> BootSizes = new() { ["41"] = 3, ["42"] = 6, ["43"] = 6, ["44"] = 2 };

    private static IEnumerable<CreateProductRequest> Products =>
    [
        Plain("Water Bottle", 9_90, "goods", "Keeps cold for a day. 750 ml.", 120, "training"),
        Plain("Shin Guards", 14_50, "goods", "Light, with ankle sleeves.", 60, "training"),
        Plain("Match Ball", 39_00, "goods", "Size 5, thermally bonded.", 25, "training", "match"),
        Plain("Protein Bowl", 12_99, "food", "Quinoa, chickpeas, greens and tahini.", 40, "vegan"),
        Plain("Chicken Wrap", 8_49, "food", "Grilled chicken, yoghurt and herbs.", 35),
        Plain("Cold Brew", 4_20, "food", "Steeped for sixteen hours. 330 ml.", 80, "vegan"),
        Boots("Falcon", "Sprint 2", 119_00),
        Boots("Northwind", "Control Pro", 149_99),
        Boots("Falcon", "Street", 79_00),
        Kit("Harbour Rovers", "away", "2026/27", 74_90),
        Kit("Union Vale", "home", "2026/27", 79_90),
        Kit("Harbour Rovers", "home", "2026/27", 79_90),
    ];

    /// <summary>Fills an empty shop; leaves any other alone.</summary>
    public static async Task SeedDemo(this IServiceProvider services)
    {
        var page = new Query(Tables.Products, ProductItems.Shelf) { Index = Tables.Products.Index("newest"), Limit = 1 };
        if ((await services.GetRequiredService<IStore>().Query(page, CancellationToken.None)).Items.Count > 0) return;
        var products = services.GetRequiredService<ProductRepository>();
        foreach (var product in Products) await products.Create(product, Actor, CancellationToken.None);
    }

    private static CreateProductRequest Plain(string name, long cents, string category, string description, long stock, params string[] tags) =>
        new(name, new Money(cents), description, category, tags, null, stock, null);

    private static CreateProductRequest Boots(string brand, string model, long cents) => new(
        $"{brand} {model}", new Money(cents), "Firm ground.", "boots", ["match"], new(new() { ["brand"] = brand, ["model"] = model }), null, BootSizes);

    private static CreateProductRequest Kit(string team, string side, string season, long cents) => new(
        $"{team} {side} kit", new Money(cents), "Shirt, shorts and socks.", "kits", ["match"],
        new(new() { ["team"] = team, ["side"] = side, ["season"] = season }), null, KitSizes);
}
