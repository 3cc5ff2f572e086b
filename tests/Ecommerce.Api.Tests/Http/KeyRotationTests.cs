using Ecommerce.Api.Tests.Carts;
using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Ecommerce.Api.Tests.Http;

/// <summary>The shop over the same store, before and after its signing key is replaced.</summary>
public sealed class KeyRotationTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    private const string NewKey = "mT9pW4z-BqK7xN2-vR6fH3s-JdY8cL5-for-tests-only";

    [Fact]
    public async Task Access_tokens_of_the_previous_key_are_good_as_long_as_it_is_kept()
    {
        var token = await LogIn(app);
        await using var rotating = After(EcommerceApp.SigningKey);
        await using var rotated = After(previous: null);
        await rotating.ClientWith(token).Get("/user/profile").ShouldBe(200);
        await rotated.ClientWith(token).Get("/user/profile").ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task Cursors_of_the_previous_key_are_good_as_long_as_it_is_kept()
    {
        await app.Stock(2);
        var cursor = (await app.Anonymous.Get("/product?limit=1").ShouldBe(200)).Text("nextCursor");
        await using var rotating = After(EcommerceApp.SigningKey);
        await using var rotated = After(previous: null);
        Assert.Single((await rotating.Client().Get($"/product?limit=1&cursor={cursor}").ShouldBe(200)).Items());
        await rotated.Client().Get($"/product?limit=1&cursor={cursor}").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task Guests_keep_their_carts_as_long_as_the_previous_key_is_kept()
    {
        var token = await app.NewGuest((await app.Sell(), 2, null));
        await using var rotating = After(EcommerceApp.SigningKey);
        await using var rotated = After(previous: null);
        Assert.Single((await rotating.Guest(token).Get("/cart").ShouldBe(200)).Items());
        Assert.Empty((await rotated.Guest(token).Get("/cart").ShouldBe(200)).Items());
    }

    [Fact]
    public async Task What_is_signed_while_both_are_kept_outlives_the_previous_key()
    {
        var id = await app.Sell();
        await app.Stock(2);
        await using var rotating = After(EcommerceApp.SigningKey);
        await using var rotated = After(previous: null);
        var guest = await rotating.NewGuest((id, 1, null));
        var cursor = (await rotating.Client().Get("/product?limit=1").ShouldBe(200)).Text("nextCursor");
        await rotated.ClientWith(await LogIn(rotating)).Get("/user/profile").ShouldBe(200);
        Assert.Single((await rotated.Guest(guest).Get("/cart").ShouldBe(200)).Items());
        await rotated.Client().Get($"/product?limit=1&cursor={cursor}").ShouldBe(200);
    }

    [Fact]
    public async Task A_third_key_is_refused_beside_two()
    {
        await using var rotating = After(EcommerceApp.SigningKey);
        await using var stranger = app.WithWebHostBuilder(host => host.UseSetting("Auth:SigningKey", "zX3nQ8b-KfV5tG1-hM7wP2r-SdC9jL4-for-tests-only"));
        await rotating.ClientWith(await LogIn(stranger)).Get("/user/profile").ShouldBeProblem(401, "unauthorized");
    }

    private WebApplicationFactory<Program> After(string? previous) => app.WithWebHostBuilder(host =>
    {
        host.UseSetting("Auth:SigningKey", NewKey);
        if (previous is not null) host.UseSetting("Auth:PreviousSigningKey", previous);
    });

    private static async Task<string> LogIn(WebApplicationFactory<Program> shop)
    {
        var person = new { email = $"{Guid.NewGuid():N}@example.com", password = "correct horse battery", name = "Ada" };
        await shop.Client().Post("/user/register", person).ShouldBe(201);
        return (await shop.Client().Post("/user/login", person).ShouldBe(200)).Text("token");
    }
}
