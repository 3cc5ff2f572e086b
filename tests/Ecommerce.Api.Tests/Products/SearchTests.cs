using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

/// <summary>Each test looks for words of its own, so that it sees its own products only.</summary>
public abstract class SearchTests(EcommerceApp app)
{
    [Theory]
    [InlineData("name")]
    [InlineData("label")]
    [InlineData("tag")]
    [InlineData("description")]
    public async Task A_product_is_found_by_the_beginning_of_any_word_of_its(string field)
    {
        var word = $"quirk{field}ish";
        var id = await Sell(
            field == "name" ? $"The {word} one" : "Shirt", field == "description" ? $"Soft.\n{word}-proof" : null,
            tags: [field == "tag" ? $"very {word}" : "plain"], kitOf: field == "label" ? $"FC {word}" : "FC");
        foreach (var q in new[] { word, $"quirk{field[..1]}", $"  {word.ToUpperInvariant()} ", $"quirk{field}" }) Assert.Equal([id], await Search(q));
        foreach (var q in new[] { word[1..], $"{word}s", $"x{word}" }) Assert.Empty(await Search(q));
    }

    [Theory]
    [InlineData("Crème brûlée", "creme brulee")]
    [InlineData("Jalapeno verde", "JALAPEÑO")]
    [InlineData("Ｗｉｄｅ②", "wide2")]
    [InlineData("Müsli-Riegel", "muesli riegel", false)]
    [InlineData("Þorskur", "þORSK")]
    [InlineData("蛋白质碗", "蛋白")]
    [InlineData("𠮷 Oxtail", "𠮷 ox")]
    [InlineData("Zwölfer 2026/27", "2026/2 zwo")]
    public async Task Accents_case_and_form_make_no_difference(string name, string q, bool found = true)
    {
        var id = await Sell(name);
        Assert.Equal(found ? [id] : [], await Search(q));
    }

    [Fact]
    public async Task Every_word_must_be_there_in_whatever_order_and_field()
    {
        var bowl = await Sell("Vonderful bowl", "with a green x", tags: ["light"]);
        var wrap = await Sell("Vonderful wrap", tags: ["light"]);
        Assert.Equal([bowl, wrap], Sorted(await Search("light vond")));
        Assert.Equal([bowl], await Search("x gre vonderful"));
        Assert.Equal([bowl], await Search("bowl vonderful light"));
        Assert.Equal([wrap], await Search("vonderful wra"));
        Assert.Empty(await Search("vonderful bowl wrap"));
        Assert.Empty(await Search("vonderful y"));
    }

    [Fact]
    public async Task What_is_in_the_name_label_or_tags_comes_before_what_is_in_the_description_and_whole_words_before_longer_ones()
    {
        var weakLonger = await Sell("Weak longer", "rankings");
        var weak = await Sell("Weak", "a rank");
        var strongLonger = await Sell("Ranker");
        var strong = await Sell("Strong", tags: ["rank"]);
        var both = await Sell("Rank", "rank rankest");
        Assert.Equal([.. Sorted([strong, both]), strongLonger, weak, weakLonger], await Search("rank"));
        Assert.Equal([strongLonger, both], await Search("ranke"));
    }

    [Fact]
    public async Task A_product_that_matches_by_several_words_is_shown_once_on_pages_of_any_size()
    {
        var ids = new List<string>();
        for (var n = 0; n < 17; n++)
            ids.Add(await Sell($"Multix {(n % 2 == 0 ? "multixa multixb" : "plain")}", n % 3 == 0 ? "multixc multixd" : null, tags: [$"multix{n % 4}"]));
        for (var n = 0; n < 6; n++) ids.Add(await Sell($"Other {n}", $"multix multix{n}z"));
        var all = await Listed("q=multix&limit=100");
        Assert.Equal(Sorted(ids), Sorted(all));
        Assert.Null((await app.Anonymous.Get("/product?q=multix&limit=23").ShouldBe(200)).GetProperty("nextCursor").GetString());
        foreach (var limit in new[] { 1, 2, 3, 5, 6, 16, 17, 18, 22, 23, 24 }) Assert.Equal(all, Ids(await app.Anonymous.Pages("/product?q=multix", limit)));
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_strong_word_goes_on_with_the_weak_ones_if_there_are_any()
    {
        var strong = await Sell("Endword");
        Assert.Null((await app.Anonymous.Get("/product?q=endword&limit=1").ShouldBe(200)).GetProperty("nextCursor").GetString());
        var weak = await Sell("Other", "endword");
        Assert.Equal([strong, weak], Ids(await app.Anonymous.Pages("/product?q=endword", 1)));
    }

    [Fact]
    public async Task Products_inserted_between_pages_neither_hide_nor_repeat_others()
    {
        var ids = new List<string>();
        for (var n = 0; n < 12; n++) ids.Add(await Sell(n % 2 == 0 ? $"Flux{n % 4}" : "Still", n % 2 == 0 ? null : $"flux{n % 3}"));
        var seen = Ids(await app.Anonymous.Pages("/product?q=flux", 3, async page =>
        {
            if (page > 8) return;
            await Sell("Flux");
            await Sell($"Flux{page % 4} flux9");
            await Sell("Later", "fluxz flux");
        }));
        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(ids.Except(seen));
    }

    [Fact]
    public async Task An_edit_is_seen_at_once_in_what_is_found_and_in_how_it_looks()
    {
        var id = await Sell("Oldname bowl", "olddescription", tags: ["Oldtag", "kepttag"]);
        string[] tags = ["newtag", "kepttag"];
        await app.Admin.Put($"/product/{id}", new { name = "Newname bowl", price = 77, description = "newdescription", tags }).ShouldBe(200);
        foreach (var q in new[] { "oldname", "olddescription", "oldtag" }) Assert.Empty(await Search(q));
        Assert.Empty(await Listed("tag=oldtag"));
        foreach (var q in new[] { "newname", "newdescription", "newtag", "kepttag" }) Assert.Equal([id], await Search(q));
        foreach (var query in new[] { "q=kepttag", "tag=kepttag", "tag=NEWTAG" })
        {
            var item = Assert.Single((await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items());
            item.ShouldRead(
                $$"""{"productId":"{{id}}","name":"Newname bowl","label":"Newname bowl","price":77,"currency":"USD","category":null,"tags":["newtag","kepttag"],"description":"newdescription","imageUrl":null,"inStock":true}""");
        }
    }

    [Fact]
    public async Task A_deleted_product_is_found_no_more()
    {
        var id = await Sell("Doomsayer", "gonelike", tags: ["ephemeral"]);
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        foreach (var q in new[] { "doomsayer", "gonelike", "ephemeral" }) Assert.Empty(await Search(q));
        foreach (var sort in new[] { "newest", "price", "-price", "name" }) Assert.Empty(await Listed($"tag=ephemeral&sort={sort}"));
    }

    [Fact]
    public async Task Fifty_sizes_twenty_tags_and_a_long_description_are_written_changed_and_deleted_in_one_commit_each()
    {
        var (watching, store) = app.Watched();
        await using var _ = watching;
        var admin = watching.ClientFor("usr_boss", admin: true);
        var sizes = Goods.Sizes(string.Join(',', Enumerable.Range(1, 50).Select(n => $"EU {n}:{n}")));
        object Full(string prefix, object? sizes) => new
        {
            name = $"{prefix}name {prefix}of {prefix}goods", price = 5, sizes, tags = Enumerable.Range(0, 20).Select(n => $"{prefix}tag{n}"),
            description = string.Join(' ', Enumerable.Range(0, 400).Select(n => $"{prefix}w{n:000}")),
        };

        var id = (await admin.Post("/product", Full("big", sizes)).ShouldBe(201)).Text("productId");
        Assert.Equal([id], await Search("bigname"));
        Assert.Equal([id], await Search("bigtag19"));
        Assert.Equal([id], await Search("bigw000"));
        Assert.Equal([id], await Search("bigname bigw399")); // Beyond the words that have entries, which any further word may be.
        await admin.Put($"/product/{id}", Full("large", null)).ShouldBe(200);
        Assert.Empty(await Search("big"));
        Assert.Equal([id], await Search("large"));
        Assert.Equal([id], await Listed("tag=LARGETAG7"));
        await (await admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        Assert.Empty(await Search("large"));
        Assert.Equal([100, 98, 100], store.Commits.Select(writes => writes.Count));
    }

    [Fact]
    public async Task Tags_that_differ_in_case_only_are_one_shelf()
    {
        var id = await Sell("Twice", tags: ["Twotone", "twoTone", "TWOTONE"]);
        Assert.Equal([id], await Listed("tag=twotone"));
        Assert.Equal([id], await Listed("tag=%20TwoTone"));
        Assert.Empty(await Listed("tag=twoto"));
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("price")]
    [InlineData("-price")]
    [InlineData("name")]
    public async Task A_search_with_a_sort_is_in_that_order(string sort)
    {
        var tag = sort == "-price" ? "dearestfirst" : $"by{sort}first";
        var b = await Sell("B", price: 20, tags: [tag]);
        var c = await Sell("C", price: 10, tags: [tag]);
        var a = await Sell("A", price: 30, tags: [tag]);
        await Sell("D", price: 5, tags: ["elsewhere"]);
        var expected = sort switch { "newest" => new[] { a, c, b }, "price" => [c, b, a], "-price" => [a, b, c], _ => [a, b, c] };
        Assert.Equal(expected, await Listed($"q={tag[..^1]}&sort={sort}"));
        Assert.Equal(expected, await Listed($"q={tag}&tag={tag}&sort={sort}"));
        Assert.Equal(expected, Ids(await app.Anonymous.Pages($"/product?q={tag}&sort={sort}", 1)));
    }

    [Fact]
    public async Task A_search_goes_with_every_filter()
    {
        var cheap = await Sell("Filtered cheap", price: 5, tags: ["one", "two"], category: "Here");
        var dear = await Sell("Filtered dear", price: 50, tags: ["two"], category: "here", stock: 0);
        var away = await Sell("Filtered away", price: 20, tags: ["one"], category: "there");
        Assert.Equal(Sorted([cheap, dear, away]), Sorted(await Search("filtered")));
        foreach (var (filter, expected) in new (string, string[])[]
        {
            ("category=HERE", [cheap, dear]), ("tag=ONE", [cheap, away]), ("minPrice=20", [dear, away]), ("maxPrice=20", [cheap, away]),
            ("inStock=true", [cheap, away]), ("inStock=false", [dear]), ("category=here&tag=one", [cheap]), ("tag=one&minPrice=20&inStock=true", [away]),
        })
        {
            Assert.Equal(Sorted(expected), Sorted(await Listed($"q=filtered&{filter}")));
            Assert.Equal(Sorted(expected), Sorted(await Listed($"q=filtered&sort=price&{filter}")));
        }

        Assert.Equal([cheap], await Listed("tag=two&category=here&inStock=true"));
        Assert.Equal([dear], await Listed("tag=two&category=here&sort=price&minPrice=20"));
    }

    [Theory]
    [InlineData("a", "characters")]
    [InlineData("%20a%20", "characters")]
    [InlineData("%01", "characters")]
    [InlineData("!!", "letters or digits")]
    [InlineData("a%20b", "letters or digits")]
    [InlineData("%F0%9F%A5%A3%F0%9F%A5%A3", "letters or digits")]
    [InlineData(null, "characters")]
    public async Task A_search_for_too_little_or_too_much_says_so(string? q, string message)
    {
        var problem = await app.Anonymous.Get($"/product?q={q ?? new string('x', 1_000)}").ShouldBeProblem(400, "validation_failed", "q");
        Assert.Contains(message, problem.GetProperty("errors").GetProperty("q")[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_blank_search_is_none(string q)
    {
        await Sell();
        Assert.NotEmpty(await Search(q));
    }

    [Fact]
    public async Task A_search_of_a_hundred_characters_and_fifty_words_is_answered()
    {
        Assert.Empty(await Search(new string('x', 100)));
        Assert.Empty(await Search(string.Join(' ', Enumerable.Repeat("q", 49)) + " q9"));
        Assert.Empty(await Listed("q=%ED%A0%80%ED%A0%80zz"));
        Assert.Empty(await Search("😀😀 zz#%&+\"'\\ <script>"));
    }

    [Fact]
    public async Task A_cursor_of_another_search_is_refused()
    {
        for (var n = 0; n < 3; n++) await Sell("Cursory");
        var cursor = (await app.Anonymous.Get("/product?q=cursory&limit=1").ShouldBe(200)).Text("nextCursor");
        foreach (var query in new[] { "q=cursor", "q=cursory&inStock=true", "q=cursory&sort=name", "" })
            await app.Anonymous.Get($"/product?{query}&limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
        Assert.Equal(2, (await Listed($"q=CURSORY&cursor={cursor}")).Count);
    }

    private static List<string> Sorted(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static List<string> Ids(IEnumerable<JsonElement> items) => [.. items.Select(item => item.Text("productId"))];

    private Task<List<string>> Search(string q) => Listed($"q={Uri.EscapeDataString(q)}");

    private async Task<List<string>> Listed(string query) => Ids((await app.Anonymous.Get($"/product?{query}").ShouldBe(200)).Items());

    private async Task<string> Sell(
        string name = "Thing", string? description = null, decimal price = 9, string[]? tags = null, string? category = null, long stock = 1, string? kitOf = null) =>
        (await app.Admin.Post("/product", new
        {
            name, description, price, tags, stock,
            category = kitOf is null ? category : "kits",
            attributes = kitOf is null ? null : new { team = kitOf, side = "home", season = "2026" },
        }).ShouldBe(201)).Text("productId");
}

public sealed class SearchTests_on_Sqlite(SqliteApp app) : SearchTests(app), IClassFixture<SqliteApp>;

public sealed class SearchTests_on_DynamoDb(DynamoDbApp app) : SearchTests(app), IClassFixture<DynamoDbApp>;
