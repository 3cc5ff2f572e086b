using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

public abstract class FeaturedTests(EcommerceApp app)
{
    [Fact]
    public async Task A_shop_without_ads_features_nothing()
    {
        using var fresh = app.Fresh();
        (await fresh.Anonymous.Get("/product/featured").ShouldBe(200)).ShouldRead("[]");
    }

    [Fact]
    public async Task An_ad_is_shown_with_the_fields_it_was_given()
    {
        using var fresh = app.Fresh();
        var productId = await fresh.Sell();
        var response = await fresh.Admin.Post("/product/featured", new { label = " New kits ", photo = "https://cdn.example.com/kits.webp?w=800", productId });
        var created = await response.ShouldBe(201);
        var adId = created.Text("adId");
        created.ShouldRead($$"""{"adId":"{{adId}}"}""");
        Assert.Matches("^ad_[0-9a-z]{26}$", adId);
        (await fresh.Anonymous.Get("/product/featured").ShouldBe(200)).ShouldRead(
            $$"""[{"adId":"{{adId}}","label":"New kits","photo":"https://cdn.example.com/kits.webp?w=800","productId":"{{productId}}"}]""");
        Assert.Single((await fresh.Anonymous.Get("/product").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task Three_different_ads_are_drawn_unless_told_otherwise_and_all_where_there_are_fewer()
    {
        using var fresh = app.Fresh();
        var ids = new List<string> { await Add(fresh), await Add(fresh) };
        Assert.Equal(ids.Order(), (await Draw(fresh)).Order());
        for (var n = 0; n < 13; n++) ids.Add(await Add(fresh));
        foreach (var (query, count) in new[] { ("", 3), ("?count=", 3), ("?count=1", 1), ("?count=12", 12) })
        {
            var drawn = await Draw(fresh, query);
            Assert.Equal(count, drawn.Distinct().Count());
            Assert.Equal(count, drawn.Count);
            Assert.Empty(drawn.Except(ids));
        }
    }

    [Fact]
    public async Task Every_ad_has_the_same_chance()
    {
        using var fresh = app.Fresh();
        var ids = new List<string>();
        for (var n = 0; n < 5; n++) ids.Add(await Add(fresh));
        const int Draws = 500;
        var (seen, first) = (ids.ToDictionary(id => id, _ => 0), ids.ToDictionary(id => id, _ => 0));
        for (var n = 0; n < Draws; n++)
        {
            var drawn = await Draw(fresh, "?count=2");
            foreach (var id in drawn) seen[id]++;
            first[drawn[0]]++;
        }

        // Six standard deviations from two in five, and from one in five.
        Assert.All(seen.Values, count => Assert.InRange(count, 134, 266));
        Assert.All(first.Values, count => Assert.InRange(count, 46, 154));
    }

    [Fact]
    public async Task A_removed_ad_is_shown_no_more_and_the_others_are()
    {
        using var fresh = app.Fresh();
        var (kept, removed) = (await Add(fresh), await Add(fresh));
        await (await fresh.Admin.Delete($"/product/featured/{removed}")).ShouldBeEmpty(204);
        Assert.Equal([kept], await Draw(fresh));
        foreach (var id in new[] { removed, "ad_none", "x" }) await fresh.Admin.Delete($"/product/featured/{id}").ShouldBeProblem(404, "not_found");
        await (await fresh.Admin.Delete($"/product/featured/{kept}")).ShouldBeEmpty(204);
        Assert.Empty(await Draw(fresh));
        await Add(fresh);
    }

    [Fact]
    public async Task Ads_added_and_removed_at_once_are_all_added_and_removed()
    {
        using var fresh = app.Fresh();
        var old = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Add(fresh)));
        var adding = Enumerable.Range(0, 5).Select(_ => Add(fresh)).ToList();
        var removals = await Task.WhenAll(old.Select(id => fresh.Admin.Delete($"/product/featured/{id}")));
        Assert.All(removals, response => Assert.Equal(204, (int)response.StatusCode));
        Assert.Equal((await Task.WhenAll(adding)).Order(), (await Draw(fresh, "?count=12")).Order());
    }

    [Fact]
    public async Task The_hundred_and_first_ad_is_refused()
    {
        using var fresh = app.Fresh();
        var last = "";
        for (var n = 0; n < 100; n++) last = await Add(fresh);
        var ad = new { label = new string('ä', 200), photo = $"/{new string('x', 499)}" };
        await fresh.Admin.Post("/product/featured", ad).ShouldBeProblem(409, "featured_full");
        await (await fresh.Admin.Delete($"/product/featured/{last}")).ShouldBeEmpty(204);
        await fresh.Admin.Post("/product/featured", ad).ShouldBe(201);
    }

    [Fact]
    public async Task An_ad_of_a_product_that_nobody_sells_is_refused()
    {
        var deleted = await app.Sell("Bygone");
        await (await app.Admin.Delete($"/product/{deleted}")).ShouldBeEmpty(204);
        var bowl = await app.Sell("Bowl");
        foreach (var productId in new[] { deleted, Ids.Derive("prod", "none"), "featured", "", $"{bowl}#word#bowl" })
            await app.Admin.Post("/product/featured", new { label = "Ad", photo = "/p.png", productId }).ShouldBeProblem(404, "product_not_found");
    }

    [Theory]
    [InlineData("{}", "label", "photo")]
    [InlineData("""{"label":"","photo":""}""", "label", "photo")]
    [InlineData("""{"label":" ","photo":"/p.png"}""", "label")]
    [InlineData("""{"label":"a\u0007","photo":"/p.png"}""", "label")]
    [InlineData("""{"label":"Ad","photo":"p.png"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"//evil.example/p.png"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"/\\evil.example/p.png"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"javascript:alert(1)"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"data:image/png;base64,AA"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"ftp://example.com/p.png"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"https://"}""", "photo")]
    [InlineData("""{"label":"Ad","photo":"/a b"}""", "photo")]
    public async Task An_ad_that_says_too_little_or_too_much_is_refused(string body, params string[] fields) =>
        await app.Admin.Post("/product/featured", body).ShouldBeProblem(400, "validation_failed", fields);

    [Fact]
    public async Task An_ad_that_is_too_long_is_refused() =>
        await app.Admin.Post("/product/featured", new { label = new string('x', 201), photo = $"/{new string('x', 500)}" })
            .ShouldBeProblem(400, "validation_failed", "label", "photo");

    [Theory]
    [InlineData("0")]
    [InlineData("13")]
    [InlineData("-1")]
    [InlineData("three")]
    [InlineData("1.5")]
    public async Task A_count_out_of_range_is_named(string count) =>
        await app.Anonymous.Get($"/product/featured?count={count}").ShouldBeProblem(400, "validation_failed", "count");

    [Fact]
    public async Task Ads_cost_one_small_read()
    {
        using var fresh = app.Fresh();
        for (var n = 0; n < 8; n++) await Add(fresh);
        var cost = (await fresh.Anonymous.Get("/product/featured")).Cost();
        Assert.Equal((0d, 1), (cost.WriteUnits, cost.Calls));
        Assert.InRange(cost.ReadUnits, 0, 0.5);
    }

    private static async Task<string> Add(EcommerceApp app) =>
        (await app.Admin.Post("/product/featured", new { label = "Ad", photo = "/images/ad.png" }).ShouldBe(201)).Text("adId");

    private static async Task<List<string>> Draw(EcommerceApp app, string query = "")
    {
        var ads = await app.Anonymous.Get($"/product/featured{query}").ShouldBe(200);
        return [.. ads.EnumerateArray().Select(ad => ad.Text("adId"))];
    }
}

public sealed class FeaturedTests_on_Sqlite(SqliteApp app) : FeaturedTests(app), IClassFixture<SqliteApp>;

public sealed class FeaturedTests_on_DynamoDb(DynamoDbApp app) : FeaturedTests(app), IClassFixture<DynamoDbApp>;
