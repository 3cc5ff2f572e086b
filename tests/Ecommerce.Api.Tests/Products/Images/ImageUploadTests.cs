using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Products.Images;

public abstract class ImageUploadTests(EcommerceApp app)
{
    private const string Unknown = "prod_00000000000000000000000000";
    private static readonly string[] Flat = ["flat"];

    [Fact]
    public async Task An_image_is_served_and_named_wherever_the_product_is_shown()
    {
        var id = await app.Sell("Bowl", 10, stock: 5, category: "pictured");
        var before = await app.Anonymous.Get($"/product/{id}");
        var put = await app.Admin.PutImage(id, Pictures.Png(1));
        var url = (await put.ShouldBe(200)).Text("imageUrl");
        Assert.Matches($"^/product/{id}/image\\?v=[0-9a-f]{{16}}$", url);
        await app.Anonymous.Get(url).ShouldBeImage(Pictures.Png(1));

        var product = await app.Anonymous.Get($"/product/{id}");
        Assert.Equal(url, (await product.ShouldBe(200)).Text("imageUrl"));
        Assert.Equal(put.Headers.ETag, product.Headers.ETag);
        Assert.NotEqual(before.Headers.ETag, product.Headers.ETag);
        Assert.Equal(url, Assert.Single((await app.Anonymous.Get("/product?category=pictured").ShouldBe(200)).Items()).Text("imageUrl"));
        var customer = app.Customer().Client;
        await customer.AddToCart(id);
        Assert.Equal(url, Assert.Single((await customer.Get("/cart").ShouldBe(200)).Items()).Text("imageUrl"));
        Assert.Equal(url, (await customer.Put($"/cart/{id}", new { quantity = 2 }).ShouldBe(200)).Text("imageUrl"));
    }

    [Fact]
    public async Task Every_kind_of_picture_comes_back_as_it_was_sent()
    {
        var id = await app.Sell();
        foreach (var (bytes, type) in new[] { (Pictures.Jpeg, ImageFormat.Jpeg), (Pictures.LossyWebP, ImageFormat.WebP), (Pictures.Png(2), ImageFormat.Png) })
        {
            await app.Anonymous.Get(await app.Picture(id, bytes, type)).ShouldBeImage(bytes, type);
            await app.Admin.PutImage(id, bytes, $"{type.ToUpperInvariant()}; q=1").ShouldBe(200);
        }
    }

    [Fact]
    public async Task Bytes_that_are_not_what_their_type_says_change_nothing()
    {
        var id = await app.Sell();
        var url = await app.Picture(id, Pictures.Png(3));
        var before = (await app.Holdings(), string.Join('\n', Files()));
        foreach (var (bytes, type) in new (byte[], string?)[]
        {
            (Pictures.Png(4), ImageFormat.Jpeg), (Pictures.Jpeg, ImageFormat.WebP), (Pictures.LossyWebP, ImageFormat.Png), ([], ImageFormat.Png),
            (Pictures.Png(4)[..^1], ImageFormat.Png), (Pictures.Jpeg[..^2], ImageFormat.Jpeg), (Pictures.LosslessWebP[..^1], ImageFormat.WebP),
            ("<svg/>"u8.ToArray(), "image/svg+xml"), (Pictures.Png(4), "image/gif"), (Pictures.Png(4), "application/json"), (Pictures.Png(4), null),
        })
            await app.Admin.PutImage(id, bytes, type).ShouldBeProblem(415, "unsupported_media_type");
        Assert.Equal(before, (await app.Holdings(), string.Join('\n', Files())));
        await app.Anonymous.Get(url).ShouldBeImage(Pictures.Png(3));
    }

    [Fact]
    public async Task Four_megabytes_are_taken_and_a_byte_more_is_not()
    {
        var id = await app.Sell();
        var largest = Pictures.Png(5, ImageUpload.MaxBytes);
        await app.Anonymous.Get(await app.Picture(id, largest)).ShouldBeImage(largest);
        var before = await app.Holdings();
        var refused = await app.Admin.PutImage(id, Pictures.Png(6, ImageUpload.MaxBytes + 1)).ShouldBeProblem(413, "body_too_large");
        Assert.Contains("4194304", refused.Text("detail"));
        Assert.Equal(before, await app.Holdings());
        await app.Anonymous.Get($"/product/{id}/image").ShouldBeImage(largest);
    }

    [Fact]
    public async Task Any_other_body_still_has_a_megabyte_at_most()
    {
        var id = await app.Sell();
        var refused = await app.Admin.Put($"/product/{id}", $$"""{"name":"Bowl","price":1,"x":"{{new string('x', 1024 * 1024)}}"}""").ShouldBeProblem(413, "body_too_large");
        Assert.Contains("1048576", refused.Text("detail"));
    }

    [Fact]
    public async Task An_image_is_for_a_product_that_is_there_and_from_an_administrator()
    {
        var id = await app.Sell();
        await app.Anonymous.PutImage(id, Pictures.Png()).ShouldBeProblem(401, "unauthorized");
        await app.Customer().Client.PutImage(id, Pictures.Png()).ShouldBeProblem(403, "forbidden");
        foreach (var unknown in new[] { Unknown, "nonsense", "..%2F..%2Fetc" })
        {
            await app.Admin.PutImage(unknown, Pictures.Png()).ShouldBeProblem(404, "not_found");
            await app.Anonymous.Get($"/product/{unknown}/image").ShouldBeProblem(404, "not_found");
        }

        await app.Anonymous.Get($"/product/{id}/image").ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task An_image_for_an_older_state_of_the_product_is_refused_and_kept_nowhere()
    {
        var id = await app.Sell("Bowl", 10);
        var etag = (await app.Anonymous.Get($"/product/{id}")).Headers.ETag!.ToString();
        await app.Reprice(id, 11);
        var files = Files();
        await app.Admin.PutImage(id, Pictures.Png(7), headers: ("If-Match", etag)).ShouldBeProblem(412, "precondition_failed");

        var (watching, store) = app.Watched();
        await using var _ = watching;
        var present = (await app.Anonymous.Get($"/product/{id}")).Headers.ETag!.ToString();
        store.BeforeTheNextCommit(() => app.Reprice(id, 12));
        await watching.ClientFor("usr_boss", admin: true).PutImage(id, Pictures.Png(7), headers: ("If-Match", present)).ShouldBeProblem(412, "precondition_failed");
        Assert.Equal(files, Files());

        present = (await app.Anonymous.Get($"/product/{id}")).Headers.ETag!.ToString();
        await app.Admin.PutImage(id, Pictures.Png(7), headers: ("If-Match", present)).ShouldBe(200);
    }

    [Fact]
    public async Task An_edit_keeps_the_image_and_an_image_keeps_the_rest()
    {
        var id = await app.Sell("Bowl", 10, stock: 3, tags: ["round"]);
        var url = await app.Picture(id, Pictures.Png(8));
        Assert.Equal(url, (await app.Admin.Put($"/product/{id}", new { name = "Dish", price = 11, tags = Flat }).ShouldBe(200)).Text("imageUrl"));
        await app.Picture(id, Pictures.Png(9));
        var product = await app.Anonymous.Get($"/product/{id}").ShouldBe(200);
        Assert.Equal(("Dish", 11, 3, "flat"), (product.Text("name"), product.GetProperty("price").GetDecimal(), product.GetProperty("available").GetInt64(), product.GetProperty("tags")[0].GetString()));
    }

    [Fact]
    public async Task A_new_image_and_its_event_are_one_commit()
    {
        var id = await app.Sell("Bowl", 10);
        var (watching, store) = app.Watched();
        await using var _ = watching;
        await watching.ClientFor("usr_boss", admin: true).PutImage(id, Pictures.Png()).ShouldBe(200);
        Assert.Equal(["Products", "EventLogs"], Assert.Single(store.Commits).Select(write => write.Key.Table.Name).Distinct());
        Assert.Single(await app.LoggedOf(id), e => e.Text("eventType") == "ProductChanged");
    }

    [Fact]
    public async Task What_a_replaced_image_or_a_deleted_product_leaves_is_cleared_away()
    {
        var id = await app.Sell();
        var first = await app.Picture(id, Pictures.Png(10));
        Assert.Single(Files(), file => file.Contains(id, StringComparison.Ordinal));
        var second = await app.Picture(id, Pictures.Png(11));
        Assert.NotEqual(first, second);
        Assert.Single(Files(), file => file.Contains(id, StringComparison.Ordinal));
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        Assert.DoesNotContain(Files(), file => file.Contains(id, StringComparison.Ordinal));
        await app.Anonymous.Get(second).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task An_upload_costs_two_reads_and_a_commit()
    {
        var id = await app.Sell();
        var cost = (await app.Admin.PutImage(id, Pictures.Png())).Cost();
        Assert.Equal(3, cost.Calls);
        Assert.InRange(cost.ReadUnits, 0, 2);
        Assert.Equal(1, (await app.Anonymous.Get($"/product/{id}/image")).Cost().Calls);
    }

    private IReadOnlyList<string> Files()
    {
        var folder = app.Services.GetRequiredService<IConfiguration>()["Images:Path"]!;
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order()] : [];
    }
}

public sealed class ImageUploadTests_on_Sqlite(SqliteApp app) : ImageUploadTests(app), IClassFixture<SqliteApp>;

public sealed class ImageUploadTests_on_DynamoDb(DynamoDbApp app) : ImageUploadTests(app), IClassFixture<DynamoDbApp>;
