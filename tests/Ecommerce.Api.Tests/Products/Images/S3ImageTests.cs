using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products.Images;

/// <summary>Images in a bucket, over a real S3 API.</summary>
public sealed class S3ImageTests(SqliteApp sqlite) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task A_reader_is_sent_to_the_bucket_for_a_short_while_and_finds_the_bytes_there()
    {
        var (url, bucket) = await S3StandIn.NewBucket();
        await using var app = Shop(url, bucket);
        var id = await app.Sell();
        foreach (var (bytes, type) in new[] { (Pictures.Png(1, ImageUpload.MaxBytes), ImageFormat.Png), (Pictures.Jpeg, ImageFormat.Jpeg) })
        {
            var redirect = await app.Anonymous.Get(await app.Picture(id, bytes, type));
            Assert.Equal(302, (int)redirect.StatusCode);
            Assert.Equal("private, max-age=300", redirect.Headers.NonValidated["Cache-Control"].ToString());
            Assert.StartsWith($"{url}{bucket}/{id}.img_", redirect.Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.Contains("X-Amz-Expires=600", redirect.Headers.Location.Query);
            using var anyone = new HttpClient();
            await anyone.Get(redirect.Headers.Location.ToString()).ShouldBeImage(bytes, type);
        }
    }

    [Fact]
    public async Task A_bucket_keeps_only_what_a_product_names()
    {
        var (url, bucket) = await S3StandIn.NewBucket();
        await using var app = Shop(url, bucket);
        var id = await app.Sell();
        await app.Picture(id, Pictures.Png(2));
        var last = (await app.Anonymous.Get(await app.Picture(id, Pictures.Png(3)))).Headers.Location!;
        Assert.Equal([last.AbsolutePath.Split('/')[^1]], await Keys(url, bucket));
        await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204);
        Assert.Empty(await Keys(url, bucket));
        await app.Anonymous.Get($"/product/{id}/image").ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_an_outage_and_changes_no_product()
    {
        var (url, _) = await S3StandIn.NewBucket();
        await using var app = Shop(url, "no-such-bucket");
        var id = await app.Sell();
        var before = await app.Holdings();
        await app.Admin.PutImage(id, Pictures.Png()).ShouldBeProblem(503, "unavailable");
        Assert.Equal(before, await app.Holdings());
    }

    [Fact]
    public async Task A_bucket_out_of_reach_is_an_outage_and_costs_a_start_nothing()
    {
        await S3StandIn.NewBucket();
        await using var app = Shop(new("http://127.0.0.1:1"), "images");
        var id = await app.Sell();
        await app.Admin.PutImage(id, Pictures.Png()).ShouldBeProblem(503, "unavailable");
    }

    private static async Task<IReadOnlyList<string>> Keys(Uri url, string bucket)
    {
        using var http = new HttpClient();
        var listing = System.Xml.Linq.XDocument.Parse(await http.GetStringAsync(new Uri(url, bucket), TestContext.Current.CancellationToken));
        return [.. listing.Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value)];
    }

    private EcommerceApp Shop(Uri url, string bucket) =>
        sqlite.Fresh(("Images:Store", "S3"), ("Images:Bucket", bucket), ("Images:ServiceUrl", url.ToString()));
}
