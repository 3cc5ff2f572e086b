using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Products.Images;

/// <summary>A product's image is always there and whole, whoever uploads beside whom and whatever dies on the way.</summary>
public abstract class ImageRaceTests(EcommerceApp app)
{
    [Fact]
    public async Task A_death_between_object_and_product_leaves_the_old_image()
    {
        var id = await app.Sell();
        var url = await app.Picture(id, Pictures.Png(1));
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeTheNextCommit(() => throw new StoreUnavailableException("The process has died."));
        await watching.ClientFor("usr_boss", admin: true).PutImage(id, Pictures.Png(2)).ShouldBeProblem(503, "unavailable");
        Assert.Equal(url, (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).Text("imageUrl"));
        await app.Anonymous.Get(url).ShouldBeImage(Pictures.Png(1));
    }

    [Fact]
    public async Task An_old_object_that_cannot_be_deleted_stays_and_is_logged()
    {
        var id = await app.Sell();
        await app.Picture(id, Pictures.Png(3));
        await using var stubborn = app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
            services.AddSingleton<IImageStore>(new Undeletable(app.Services.GetRequiredService<IImageStore>()))));
        await stubborn.ClientFor("usr_boss", admin: true).PutImage(id, Pictures.Png(4)).ShouldBe(200);
        await app.Anonymous.Get($"/product/{id}/image").ShouldBeImage(Pictures.Png(4));
        Assert.Contains(app.Log.Lines, line => line.Message.Contains(id, StringComparison.Ordinal) && line.Message.Contains("could not be deleted", StringComparison.Ordinal));
        await (await stubborn.ClientFor("usr_boss", admin: true).Delete($"/product/{id}")).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task An_image_whose_object_is_gone_is_not_found()
    {
        var id = await app.Sell();
        await app.Picture(id, Pictures.Png(5));
        var image = ProductImage.Of((await app.Store.Get(Tables.Products.Key(id), consistent: true, TestContext.Current.CancellationToken))!["image"])!;
        await app.Services.GetRequiredService<IImageStore>().Delete(image.Key, TestContext.Current.CancellationToken);
        await app.Anonymous.Get($"/product/{id}/image").ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task Uploads_at_once_leave_one_whole_image_which_readers_never_miss()
    {
        var id = await app.Sell();
        await app.Picture(id, Pictures.Png(0, 20_000));
        using var end = new CancellationTokenSource();
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var reads = 0; ; reads++)
            {
                if (end.IsCancellationRequested) return reads;
                var bytes = await (await app.Anonymous.Get($"/product/{id}/image")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                Assert.True(ImageFormat.IsWhatItSays(ImageFormat.Png, bytes), $"{bytes.Length} bytes that are no image");
            }
        })).ToList();

        // Two seeds only, so that the same bytes come and go again and again.
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => Task.Run(() => app.Admin.PutImage(id, Pictures.Png(n % 2, 20_000)))));
        await end.CancelAsync();
        Assert.All(await Task.WhenAll(reading), reads => Assert.True(reads > 0));

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Equal(24, answers.Select(answer => answer.Headers.ETag!.Tag).Distinct().Count());
        var last = answers.MaxBy(answer => long.Parse(answer.Headers.ETag!.Tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture))!;
        var url = (await last.ShouldBe(200)).Text("imageUrl");
        Assert.Equal(url, (await app.Anonymous.Get($"/product/{id}").ShouldBe(200)).Text("imageUrl"));
        await app.Anonymous.Get(url).ShouldBeImage(Pictures.Png(Array.IndexOf(answers, last) % 2, 20_000));
    }

    [Fact]
    public async Task A_product_deleted_under_an_upload_leaves_nothing()
    {
        var id = await app.Sell();
        var (watching, store) = app.Watched();
        await using var _ = watching;
        store.BeforeTheNextCommit(async () => await (await app.Admin.Delete($"/product/{id}")).ShouldBeEmpty(204));
        var kept = new Recorded(app.Services.GetRequiredService<IImageStore>());
        await using var recording = watching.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<IImageStore>(kept)));
        await recording.ClientFor("usr_boss", admin: true).PutImage(id, Pictures.Png()).ShouldBeProblem(404, "not_found");
        Assert.Equal(Assert.Single(kept.Kept), Assert.Single(kept.Deleted));
    }

    private sealed class Undeletable(IImageStore inner) : IImageStore
    {
        public Task Put(string key, string mediaType, ArraySegment<byte> bytes, CancellationToken cancellation) => inner.Put(key, mediaType, bytes, cancellation);

        public Task<ImageSource?> Locate(string key, CancellationToken cancellation) => inner.Locate(key, cancellation);

        public Task Delete(string key, CancellationToken cancellation) => throw new StoreUnavailableException("Nothing is deleted here.");
    }

    private sealed class Recorded(IImageStore inner) : IImageStore
    {
        public List<string> Kept { get; } = [];

        public List<string> Deleted { get; } = [];

        public Task Put(string key, string mediaType, ArraySegment<byte> bytes, CancellationToken cancellation)
        {
            Kept.Add(key);
            return inner.Put(key, mediaType, bytes, cancellation);
        }

        public Task<ImageSource?> Locate(string key, CancellationToken cancellation) => inner.Locate(key, cancellation);

        public Task Delete(string key, CancellationToken cancellation)
        {
            Deleted.Add(key);
            return inner.Delete(key, cancellation);
        }
    }
}

public sealed class ImageRaceTests_on_Sqlite(SqliteApp app) : ImageRaceTests(app), IClassFixture<SqliteApp>;

public sealed class ImageRaceTests_on_DynamoDb(DynamoDbApp app) : ImageRaceTests(app), IClassFixture<DynamoDbApp>;
