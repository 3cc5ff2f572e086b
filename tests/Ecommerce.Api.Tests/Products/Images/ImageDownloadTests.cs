using System.Globalization;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products.Images;

/// <summary>What browsers and caches are told about an image.</summary>
public abstract class ImageDownloadTests(EcommerceApp app)
{
    [Fact]
    public async Task The_address_of_these_bytes_is_good_for_ever_and_any_other_for_a_minute()
    {
        var id = await app.Sell();
        var old = await app.Picture(id, Pictures.Png(1));
        Assert.Equal("public, max-age=31536000, immutable", await CacheControl(old));
        var url = await app.Picture(id, Pictures.Png(2));
        Assert.Equal("public, max-age=31536000, immutable", await CacheControl(url));
        foreach (var other in new[] { old, $"/product/{id}/image", $"/product/{id}/image?v=", $"{url}0" })
            Assert.Equal("public, max-age=60", await CacheControl(other));
        await app.Anonymous.Get(old).ShouldBeImage(Pictures.Png(2));
        Assert.Null((await app.Anonymous.Get($"/product/{await app.Sell()}/image")).Headers.CacheControl);
    }

    [Fact]
    public async Task An_image_can_do_nothing_in_a_browser_but_be_shown()
    {
        var id = await app.Sell();
        var response = await app.Anonymous.Get(await app.Picture(id, Pictures.Png()));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["default-src 'none'; sandbox"], response.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task Who_has_the_image_is_not_sent_it_again()
    {
        // The framework takes no date for one that is past unless it is past by the machine's time.
        await using var fresh = app.Fresh();
        fresh.Clock.Advance(TimeSpan.FromDays(-3653));
        var id = await fresh.Sell();
        var url = await fresh.Picture(id, Pictures.Png(3));
        var first = await fresh.Anonymous.Get(url);
        var (etag, modified) = (first.Headers.ETag!, first.Content.Headers.LastModified!.Value);
        Assert.False(etag.IsWeak);
        Assert.Equal(fresh.Clock.GetUtcNow().ToUnixTimeSeconds(), modified.ToUnixTimeSeconds());
        foreach (var (name, value) in new[] { ("If-None-Match", etag.Tag), ("If-None-Match", $"\"x\", {etag.Tag}"), ("If-Modified-Since", modified.ToString("R", CultureInfo.InvariantCulture)) })
        {
            var response = await fresh.Anonymous.Get(url, (name, value));
            await response.ShouldBeEmpty(304);
            Assert.Equal((etag, Raw(first)), (response.Headers.ETag, Raw(response)));
        }

        await fresh.Anonymous.Get(url, ("If-None-Match", "\"other\"")).ShouldBeImage(Pictures.Png(3));
        await fresh.Anonymous.Get(url, ("If-Modified-Since", modified.AddDays(-1).ToString("R", CultureInfo.InvariantCulture))).ShouldBeImage(Pictures.Png(3));
        await fresh.Picture(id, Pictures.Png(4));
        await fresh.Anonymous.Get(url, ("If-None-Match", etag.Tag)).ShouldBeImage(Pictures.Png(4));
    }

    [Fact]
    public async Task A_part_can_be_asked_for()
    {
        var id = await app.Sell();
        var picture = Pictures.Png(5, 1_000);
        var url = await app.Picture(id, picture);
        var part = await app.Anonymous.Get(url, ("Range", "bytes=100-199"));
        Assert.Equal((206, "bytes 100-199/1000"), ((int)part.StatusCode, part.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(picture[100..200], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var tail = await app.Anonymous.Get(url, ("Range", "bytes=-10"), ("If-Range", part.Headers.ETag!.Tag));
        Assert.Equal(picture[^10..], await tail.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        await app.Anonymous.Get(url, ("Range", "bytes=-10"), ("If-Range", "\"other\"")).ShouldBeImage(picture);
        var beyond = await app.Anonymous.Get(url, ("Range", "bytes=1000-"));
        Assert.Equal((416, "bytes */1000"), ((int)beyond.StatusCode, beyond.Content.Headers.ContentRange?.ToString()));
    }

    [Fact]
    public async Task HEAD_answers_as_GET_without_the_bytes()
    {
        var id = await app.Sell();
        var url = await app.Picture(id, Pictures.Png(6));
        var (get, head) = (await app.Anonymous.Get(url), await app.Anonymous.Send(HttpMethod.Head, url, null));
        Assert.Equal((200, "image/png", 100), ((int)head.StatusCode, head.Content.Headers.ContentType?.ToString(), head.Content.Headers.ContentLength));
        Assert.Equal((get.Headers.ETag, get.Content.Headers.LastModified, Raw(get)), (head.Headers.ETag, head.Content.Headers.LastModified, Raw(head)));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        await (await app.Anonymous.Send(HttpMethod.Head, $"/product/{await app.Sell()}/image", null)).ShouldBeEmpty(404);
    }

    private async Task<string> CacheControl(string url)
    {
        var response = await app.Anonymous.Get(url);
        Assert.Equal(200, (int)response.StatusCode);
        return Raw(response);
    }

    private static string Raw(HttpResponseMessage response) => response.Headers.NonValidated["Cache-Control"].ToString();
}

public sealed class ImageDownloadTests_on_Sqlite(SqliteApp app) : ImageDownloadTests(app), IClassFixture<SqliteApp>;

public sealed class ImageDownloadTests_on_DynamoDb(DynamoDbApp app) : ImageDownloadTests(app), IClassFixture<DynamoDbApp>;
