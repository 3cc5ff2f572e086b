using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

public abstract class ProductListTests(EcommerceApp app)
{
    [Fact]
    public async Task An_empty_shop_lists_nothing()
    {
        using var fresh = app.Fresh();
        (await fresh.Anonymous.Get("/product").ShouldBe(200)).ShouldRead("""{"items":[],"count":0,"nextCursor":null}""");
    }

    [Fact]
    public async Task A_listed_product_has_these_fields()
    {
        using var fresh = app.Fresh();
        var id = await fresh.Sell("Shirt", 89.9m, 2, "kits", tags: ["new"], attributes: new { team = "Rovers", side = "Home", season = "2025/26" });
        (await fresh.Anonymous.Get("/product").ShouldBe(200)).ShouldRead(
            $$"""{"items":[{"productId":"{{id}}","name":"Shirt","label":"Rovers Home 2025/26","price":89.9,"currency":"USD","category":"kits","tags":["new"],"description":null,"imageUrl":null,"inStock":true}],"count":1,"nextCursor":null}""");
    }

    [Fact]
    public async Task A_page_has_twenty_products_unless_told_otherwise()
    {
        using var fresh = app.Fresh();
        for (var n = 0; n < 21; n++) await fresh.Sell();
        var page = await fresh.Anonymous.Get("/product").ShouldBe(200);
        Assert.Equal((20, 20), (page.Items().Count(), page.GetProperty("count").GetInt32()));
        Assert.NotNull(page.GetProperty("nextCursor").GetString());
    }

    [Fact]
    public async Task A_category_is_found_however_it_is_written()
    {
        await app.Sell("Ä", category: "Früchte");
        await app.Sell("B", category: "früchte");
        await app.Sell("C", category: "other");
        foreach (var category in new[] { "früchte", "FRÜCHTE", " Früchte " })
            Assert.Equal(["B", "Ä"], await Names($"category={Uri.EscapeDataString(category)}"));
        Assert.Empty(await Names("category=fr"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=newest")]
    [InlineData("&sort=price")]
    [InlineData("&sort=-price")]
    [InlineData("&sort=name")]
    public async Task A_price_range_includes_both_its_ends(string sort)
    {
        var category = $"range{sort.Replace("&sort=", "", StringComparison.Ordinal)}";
        foreach (var price in new[] { 9.99m, 10, 10.01m, 19.99m, 20, 20.01m }) await app.Sell($"{price:0.00}", price, category: category);

        Assert.Equal(["10.00", "10.01", "19.99", "20.00"], Ordered(await Names($"category={category}&minPrice=10&maxPrice=20{sort}")));
        Assert.Equal(["20.00", "20.01"], Ordered(await Names($"category={category}&minPrice=20.00{sort}")));
        Assert.Equal(["9.99", "10.00"], await Names($"category={category}&maxPrice=10&sort=price"));
        Assert.Equal(["10.01"], await Names($"category={category}&minPrice=10.01&maxPrice=10.01{sort}"));
        Assert.Empty(await Names($"category={category}&minPrice=11&maxPrice=12{sort}"));

        static IEnumerable<string> Ordered(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_sort_puts_the_products_in_its_order()
    {
        foreach (var (name, price) in new[] { ("beta", 5m), ("Alpha", 100m), ("alpha", 5m), ("Zeta", 20m), ("émile", 7m) }) await app.Sell(name, price, category: "orders");
        Assert.Equal(["émile", "Zeta", "alpha", "Alpha", "beta"], await Names("category=orders"));
        Assert.Equal(["émile", "Zeta", "alpha", "Alpha", "beta"], await Names("category=orders&sort=newest"));
        Assert.Equal([5m, 5, 7, 20, 100], await Prices("category=orders&sort=price"));
        Assert.Equal([100m, 20, 7, 5, 5], await Prices("category=orders&sort=-price"));
        Assert.Equal(["alpha", "alpha", "beta", "zeta", "émile"], (await Names("category=orders&sort=name")).Select(name => name.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("price")]
    [InlineData("-price")]
    [InlineData("name")]
    public async Task Pages_of_any_size_show_each_product_once_and_in_one_order(string sort)
    {
        using var fresh = app.Fresh();
        var ids = new List<string>();
        for (var n = 0; n < 23; n++)
            ids.Add(await fresh.Sell($"Tie {n / 6}", 5 + n % 3, n % 2, n % 4 == 0 ? "rare" : "common", tags: n % 5 == 0 ? ["five"] : []));

        var filters = new (string Query, Func<int, bool> Wants)[]
        {
            ("", _ => true),
            ("&category=common", n => n % 4 != 0),
            ("&category=RARE", n => n % 4 == 0),
            ("&minPrice=6", n => n % 3 >= 1),
            ("&minPrice=6&maxPrice=6&category=common", n => n % 3 == 1 && n % 4 != 0),
            ("&tag=FIVE", n => n % 5 == 0),
            ("&inStock=true", n => n % 2 == 1),
            ("&inStock=false&maxPrice=6&category=rare&tag=five", n => n % 2 == 0 && n % 3 <= 1 && n % 4 == 0 && n % 5 == 0),
        };
        foreach (var (query, wants) in filters)
        {
            var path = $"/product?sort={sort}{query}";
            var all = Ids(await fresh.Anonymous.Pages(path, 100));
            Assert.Equal(ids.Where((_, n) => wants(n)).Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
            int[] limits = query.Length == 0 ? [.. Enumerable.Range(1, 26), 50, 99] : [1, 2, 3, 5, all.Count, all.Count + 1];
            foreach (var limit in limits.Where(limit => limit > 0))
                Assert.Equal(all, Ids(await fresh.Anonymous.Pages(path, limit)));
        }
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("price")]
    [InlineData("-price")]
    [InlineData("name")]
    public async Task Products_inserted_between_pages_neither_hide_nor_repeat_others(string sort)
    {
        var category = $"moving {sort}";
        var ids = new List<string>();
        for (var n = 0; n < 12; n++) ids.Add(await app.Sell($"Thing {n % 4}", 10 + n % 3, category: category));

        var seen = Ids(await app.Anonymous.Pages($"/product?category={Uri.EscapeDataString(category)}&sort={sort}", 3, async page =>
        {
            if (page > 8) return;
            await app.Sell($"Thing {page % 4}", 10 + page % 3, category: category);
            await app.Sell("Aaa", 1, category: category);
            await app.Sell("Zzz", 999, category: category);
        }));
        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(ids.Except(seen));
    }

    [Fact]
    public async Task Deleting_the_last_product_of_a_page_does_not_lose_the_place()
    {
        var ids = new List<string>();
        for (var n = 0; n < 6; n++) ids.Add(await app.Sell($"N{n}", category: "vanishing"));
        var first = await app.Anonymous.Get("/product?category=vanishing&limit=3").ShouldBe(200);
        await (await app.Admin.Delete($"/product/{ids[3]}")).ShouldBeEmpty(204);
        Assert.Equal(["N2", "N1", "N0"], await Names($"category=vanishing&limit=3&cursor={first.Text("nextCursor")}"));
    }

    [Fact]
    public async Task A_filter_that_few_products_of_many_pass_still_reaches_them_all()
    {
        using var fresh = app.Fresh();
        await fresh.Stock(500, n => n % 100 == 7 ? "rare" : "common");
        var found = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var body = await fresh.Anonymous.Get($"/product?tag=rare&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}").ShouldBe(200);
            found.AddRange(Ids(body.Items()));
            cursor = body.GetProperty("nextCursor").GetString();
            Assert.True(++pages < 10);
        }
        while (cursor is not null);
        Assert.Equal(5, found.Distinct().Count());
        Assert.Equal(5, found.Count);
    }

    [Fact]
    public async Task A_cursor_that_was_tampered_with_is_refused()
    {
        for (var n = 0; n < 3; n++) await app.Sell(category: "cursors");
        var cursor = (await app.Anonymous.Get("/product?category=cursors&limit=1").ShouldBe(200)).Text("nextCursor");
        var other = (await app.Anonymous.Get("/product?category=cursors&limit=2").ShouldBe(200)).Text("nextCursor");
        string[] wrong =
        [
            "x", ".", "..", "a.b", "%00", "%F0%9F%98%80", "null", cursor[..^1], $"{cursor}A", $"A{cursor}", cursor.Replace('.', '_'),
            cursor.ToUpperInvariant(), Flip(cursor, 3), Flip(cursor, cursor.Length - 5), $"{cursor.Split('.')[0]}.{other.Split('.')[1]}",
            cursor.Split('.')[1], new string('a', 5000),
        ];
        foreach (var text in wrong)
            await app.Anonymous.Get($"/product?category=cursors&limit=1&cursor={text}").ShouldBeProblem(400, "invalid_cursor");

        static string Flip(string text, int at) => $"{text[..at]}{(text[at] == 'A' ? 'B' : 'A')}{text[(at + 1)..]}";
    }

    [Fact]
    public async Task A_cursor_of_another_filter_or_order_is_refused()
    {
        for (var n = 0; n < 3; n++) await app.Sell(category: "scopes", price: 12);
        var cursor = (await app.Anonymous.Get("/product?category=scopes&limit=1&sort=price").ShouldBe(200)).Text("nextCursor");
        foreach (var filter in new[]
        {
            "", "sort=price", "category=scopes", "category=scopes&sort=-price", "category=scopes&sort=name", "category=other&sort=price",
            "category=scopes&sort=price&minPrice=1", "category=scopes&sort=price&maxPrice=100", "category=scopes&sort=price&inStock=false",
            "category=scopes&sort=price&tag=x", "category=scopes&sort=price&q=bowl",
        })
            await app.Anonymous.Get($"/product?{filter}&limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
        Assert.Single(await Names($"category=scopes&limit=1&sort=price&cursor={cursor}"));
        Assert.Equal(2, (await Names($"category=scopes&limit=50&sort=price&cursor={cursor}")).Count);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=9999999999", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("sort=unknown", "sort")]
    [InlineData("sort=PRICE", "sort")]
    [InlineData("minPrice=abc", "minPrice")]
    [InlineData("minPrice=-1", "minPrice")]
    [InlineData("minPrice=1.234", "minPrice")]
    [InlineData("minPrice=1e3", "minPrice")]
    [InlineData("minPrice=NaN", "minPrice")]
    [InlineData("minPrice=999999999999999999999999999999999999", "minPrice")]
    [InlineData("maxPrice=abc", "maxPrice")]
    [InlineData("maxPrice=1,5", "maxPrice")]
    [InlineData("maxPrice=-0.01", "maxPrice")]
    [InlineData("maxPrice=1.001", "maxPrice")]
    [InlineData("minPrice=2&maxPrice=1", "minPrice")]
    [InlineData("inStock=maybe", "inStock")]
    [InlineData("inStock=1", "inStock")]
    [InlineData("category=012345678901234567890123456789012345678901234567890", "category")]
    [InlineData("category=%00", "category")]
    [InlineData("tag=012345678901234567890123456789012345678901234567890", "tag")]
    [InlineData("tag=%00", "tag")]
    public async Task A_wrong_parameter_is_named(string query, string field) =>
        await app.Anonymous.Get($"/product?{query}").ShouldBeProblem(400, "validation_failed", field);

    [Theory]
    [InlineData("limit=&cursor=&sort=&minPrice=&maxPrice=&inStock=&tag=&category=zilch")]
    [InlineData("category=%FF")]
    [InlineData("category=zilch&q=%20")]
    [InlineData("category=%23&minPrice=92233720368547758")]
    [InlineData("category=%23&minPrice=92233720368547758&sort=price")]
    [InlineData("tag=%F0%9F%98%80")]
    public async Task An_odd_filter_finds_nothing_and_fails_nothing(string query) =>
        Assert.Empty((await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items());

    private static List<string> Ids(IEnumerable<JsonElement> items) => [.. items.Select(item => item.Text("productId"))];

    private async Task<List<string>> Names(string query) =>
        [.. (await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items().Select(item => item.Text("name"))];

    private async Task<List<decimal>> Prices(string query) =>
        [.. (await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items().Select(item => item.GetProperty("price").GetDecimal())];
}

public sealed class ProductListTests_on_Sqlite(SqliteApp app) : ProductListTests(app), IClassFixture<SqliteApp>;

public sealed class ProductListTests_on_DynamoDb(DynamoDbApp app) : ProductListTests(app), IClassFixture<DynamoDbApp>;
