using Ecommerce.Api.Demo;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests;

/// <summary>The shop that a newcomer finds.</summary>
public abstract class DemoTests(EcommerceApp app)
{
    [Fact]
    public async Task An_empty_shop_is_filled_once()
    {
        await using var demo = app.Fresh(("Demo:Seed", "true"));
        var first = await Window(demo);
        Assert.Equal(DemoCatalogue.Products.Count, first.Count);
        await demo.Services.SeedDemo();
        Assert.Equal(first, await Window(demo));

        await using var other = app.Fresh();
        await other.Sell("Bowl");
        await other.Services.SeedDemo();
        Assert.Equal("Bowl", Assert.Single((await other.Anonymous.Get("/product?limit=100").ShouldBe(200)).Items()).Text("name"));

        static async Task<List<string>> Window(EcommerceApp shop) =>
            [.. (await shop.Anonymous.Get("/product?limit=100").ShouldBe(200)).Items().Select(product => product.GetRawText())];
    }

    [Fact]
    public async Task Every_product_has_a_picture_of_its_own()
    {
        await using var demo = app.Fresh(("Demo:Seed", "true"));
        var pictures = new HashSet<string>();
        foreach (var product in (await demo.Anonymous.Get("/product?limit=100").ShouldBe(200)).Items())
        {
            var response = await demo.Anonymous.Get(product.Text("imageUrl"));
            Assert.Equal((200, ImageFormat.Png), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
            var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.True(ImageFormat.IsWhatItSays(ImageFormat.Png, bytes));
            Assert.InRange(bytes.Length, 1_000, 20_000);
            Assert.True(pictures.Add(Convert.ToBase64String(bytes)), $"{product.Text("name")} looks like another");
        }

        Assert.Equal(DemoCatalogue.Products.Count, pictures.Count);
    }

    [Fact]
    public async Task The_ads_lead_to_products_and_show_their_pictures()
    {
        await using var demo = app.Fresh(("Demo:Seed", "true"));
        var ads = (await demo.Anonymous.Get("/product/featured?count=12").ShouldBe(200)).EnumerateArray().ToList();
        Assert.Equal(DemoCatalogue.Ads.Select(ad => ad.Label).Order(), ads.Select(ad => ad.Text("label")).Order());
        Assert.True(ads.Count >= 3);
        foreach (var ad in ads)
        {
            Assert.Equal(ad.Text("photo"), (await demo.Anonymous.Get($"/product/{ad.Text("productId")}").ShouldBe(200)).Text("imageUrl"));
            Assert.Equal(200, (int)(await demo.Anonymous.Get(ad.Text("photo"))).StatusCode);
        }
    }

    [Fact]
    public async Task A_search_finds_what_a_newcomer_would_try()
    {
        await using var demo = app.Fresh(("Demo:Seed", "true"));
        foreach (var (query, name) in new[] { ("q=harbour", "Harbour Rovers home kit"), ("q=boot", "Falcon Street"), ("tag=vegan", "Cold Brew"), ("q=ball", "Match Ball") })
            Assert.Contains((await demo.Anonymous.Get($"/product?{query}&limit=100").ShouldBe(200)).Items(), product => product.Text("name") == name && product.Text("imageUrl").Contains("/image?v=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task There_is_every_kind_of_goods_in_every_state()
    {
        await using var demo = app.Fresh(("Demo:Seed", "true"));
        var products = (await demo.Anonymous.Get("/product?limit=100").ShouldBe(200)).Items().ToList();
        Assert.Equal(["boots", "food", "goods", "kits"], products.Select(product => product.Text("category")).Distinct().Order());
        Assert.Single(products, product => !product.GetProperty("inStock").GetBoolean());
        var details = await Task.WhenAll(products.Select(product => demo.Anonymous.Get($"/product/{product.Text("productId")}").ShouldBe(200)));
        Assert.Contains(details, product => product.GetProperty("available").GetInt64() is > 0 and < 5);
        Assert.Contains(details, product => product.GetProperty("sizes").GetArrayLength() > 0);
    }
}

public sealed class DemoTests_on_Sqlite(SqliteApp app) : DemoTests(app), IClassFixture<SqliteApp>;

public sealed class DemoTests_on_DynamoDb(DynamoDbApp app) : DemoTests(app), IClassFixture<DynamoDbApp>;
