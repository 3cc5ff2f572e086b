using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products;

public abstract class CreateProductTests(EcommerceApp app)
{
    private static readonly object Kit = new { team = "Rovers", side = "Home", season = "2025/26" };

    [Fact]
    public async Task A_plain_product_is_answered_with_its_id_and_where_it_stands()
    {
        var response = await app.Admin.Post("/product", new { name = "Protein Bowl", price = 12.99m });
        var created = await response.ShouldBe(201);
        var id = created.Text("productId");
        created.ShouldRead($$"""{"message":"Product created","productId":"{{id}}"}""");
        Assert.Matches("^prod_[0-9a-z]{26}$", id);
        Assert.Equal($"/product/{id}", response.Headers.Location?.ToString());

        (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","name":"Protein Bowl","label":"Protein Bowl","price":12.99,"currency":"USD","category":null,"tags":[],"description":null,"imageUrl":null,"inStock":false,"attributes":{},"sizes":[],"available":0,"createdAt":"2036-01-31T12:00:00.250Z","updatedAt":"2036-01-31T12:00:00.250Z"}""");
    }

    [Fact]
    public async Task A_product_with_stock_shows_every_field_it_was_given()
    {
        var id = (await app.Admin.Post("/product", """
            {"name":" Möhrensaft ","price":3.5,"description":"Cold\npressed","category":" drinks","tags":["cold","vegan ","cold"],
             "attributes":{"litres":1,"organic":true,"origin":"Fehmarn"},"stock":7}
            """).ShouldBe(201)).Text("productId");

        (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).ShouldRead(
            $$"""{"productId":"{{id}}","name":"Möhrensaft","label":"Möhrensaft","price":3.5,"currency":"USD","category":"drinks","tags":["cold","vegan"],"description":"Cold\npressed","imageUrl":null,"inStock":true,"attributes":{"litres":1,"organic":true,"origin":"Fehmarn"},"sizes":[],"available":7,"createdAt":"2036-01-31T12:00:00.250Z","updatedAt":"2036-01-31T12:00:00.250Z"}""");
    }

    [Fact]
    public async Task A_product_with_sizes_keeps_their_order_and_adds_them_up()
    {
        var id = await app.Sell("Scarf", 20, sizes: "M:5,S:0,XL:2");
        var product = await app.Anonymous.Get($"/product/{id}").ShouldBe(200);
        product.GetProperty("sizes").ShouldRead("""[{"size":"M","available":5},{"size":"S","available":0},{"size":"XL","available":2}]""");
        Assert.Equal(7, product.GetProperty("available").GetInt64());
        Assert.True(product.GetProperty("inStock").GetBoolean());
    }

    [Fact]
    public async Task Fifty_sizes_are_created_and_shown()
    {
        var sizes = string.Join(',', Enumerable.Range(1, 50).Select(n => $"EU {n}:{n}"));
        var id = await app.Sell("Boot", 99.95m, sizes: sizes);
        var product = await app.Anonymous.Get($"/product/{id}").ShouldBe(200);
        Assert.Equal(Goods.Sizes(sizes).Keys, product.GetProperty("sizes").EnumerateArray().Select(size => size.Text("size")));
        Assert.Equal(1275, product.GetProperty("available").GetInt64());
    }

    [Theory]
    [InlineData("kits")]
    [InlineData("Kits")]
    public async Task A_kit_is_labelled_by_team_side_and_season(string category)
    {
        var id = await app.Sell("Shirt", 89, category: category, attributes: Kit);
        var product = await app.Anonymous.Get($"/product/{id}").ShouldBe(200);
        Assert.Equal(("Shirt", "Rovers Home 2025/26"), (product.Text("name"), product.Text("label")));
    }

    [Fact]
    public async Task Boots_are_labelled_by_brand_and_model()
    {
        var id = await app.Sell("Boots", 129, category: "boots", attributes: new { brand = "Volt", model = 9 });
        Assert.Equal("Volt 9", (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).Text("label"));
    }

    [Fact]
    public async Task A_kit_without_its_attributes_is_refused_naming_each()
    {
        var before = await app.Holdings();
        await app.Admin.Post("/product", new { name = "Shirt", price = 89, category = "kits" })
            .ShouldBeProblem(400, "validation_failed", "attributes.team", "attributes.side", "attributes.season");
        await app.Admin.Post("/product", new { name = "Shirt", price = 89, category = "kits", attributes = new { team = "Rovers", side = " ", season = "" } })
            .ShouldBeProblem(400, "validation_failed", "attributes.side", "attributes.season");
        await app.Admin.Post("/product", new { name = "Boots", price = 89, category = "BOOTS", attributes = new { brand = "Volt" } })
            .ShouldBeProblem(400, "validation_failed", "attributes.model");
        Assert.Equal(before, await app.Holdings());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once() =>
        await app.Admin.Post("/product", $$"""{"name":"","price":0,"category":"{{new string('x', 51)}}","stock":-1,"tags":["ok",""]}""")
            .ShouldBeProblem(400, "validation_failed", "name", "price", "category", "stock", "tags[1]");

    [Fact]
    public async Task Unknown_fields_and_fields_of_the_server_are_ignored()
    {
        var id = (await app.Admin.Post("/product", """
            {"name":"Mug","price":5,"productId":"prod_mine","createdAt":"1999-01-01T00:00:00Z","revision":7,"soldOut":9,"Name":"other","stock":1}
            """).ShouldBe(201)).Text("productId");
        var product = await app.Anonymous.Get($"/product/{id}").ShouldBe(200);
        Assert.NotEqual("prod_mine", id);
        Assert.Equal(("Mug", "2036-01-31T12:00:00.250Z"), (product.Text("name"), product.Text("createdAt")));
        Assert.True(product.GetProperty("inStock").GetBoolean());
    }

    [Fact]
    public async Task Product_entries_stock_and_event_are_one_commit()
    {
        var (watching, store) = app.Watched();
        await using var _ = watching;
        var id = (await watching.ClientFor("usr_boss", admin: true).Post("/product", new { name = "Cap", price = 9, sizes = Goods.Sizes("S:1,M:2") }).ShouldBe(201))
            .Text("productId");

        var tables = Assert.Single(store.Commits).Select(write => write.Key.Table.Name);
        Assert.Equal(["Products", "Products", "Inventory", "Inventory", "EventLogs"], tables);
        var logged = Assert.Single(await app.LoggedOf(id));
        Assert.Equal("ProductCreated", logged.Text("eventType"));
        var facts = logged.MapOrNull("metadata")!;
        Assert.Equal(("Cap", 900), (facts.Text("name"), facts.Number("price")));
        Assert.Equal("usr_boss", (await app.Logged()).Single(entry => entry.Text("entryId") == logged.Text("eventId")).Text("userId"));
    }
}

public sealed class CreateProductTests_on_Sqlite(SqliteApp app) : CreateProductTests(app), IClassFixture<SqliteApp>;

public sealed class CreateProductTests_on_DynamoDb(DynamoDbApp app) : CreateProductTests(app), IClassFixture<DynamoDbApp>;
