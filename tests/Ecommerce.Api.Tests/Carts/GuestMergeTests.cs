using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Carts;

/// <summary>A guest comes in, and finds in the cart what was put there before.</summary>
public abstract class GuestMergeTests(EcommerceApp app)
{
    [Fact]
    public async Task A_login_merges_the_guests_cart_once()
    {
        var (bowl, shirt) = (await app.Sell("Bowl", 10, 5), await app.Sell("Shirt", 20, sizes: "M:5,S:5"));
        var email = People.NewEmail();
        using var person = app.ClientFor(await app.NewUser(email));
        await person.AddToCart(bowl, 2);
        var token = await app.NewGuest((bowl, 3, null), (shirt, 1, "S"));

        (await Login(email, token)).ShouldRead("""{"merged":2,"capped":0}""");
        Assert.Equal([(bowl, 5), (shirt, 1)], await Lines(person));
        Assert.Empty(await Lines(app.Guest(token)));
        (await Login(email, token)).ShouldRead("""{"merged":0,"capped":0}""");
        Assert.Equal([(bowl, 5), (shirt, 1)], await Lines(person));
    }

    [Fact]
    public async Task A_registration_brings_the_guests_cart_along()
    {
        var bowl = await app.Sell("Bowl", 10, 5);
        var token = await app.NewGuest((bowl, 3, null));
        var email = People.NewEmail();
        var registered = await app.Anonymous.Post("/user/register", new { email, password = People.Password, name = "Ada" }, (Guests.Header, token)).ShouldBe(201);
        registered.ShouldRead($$$"""{"message":"User registered successfully","userId":"{{{registered.Text("userId")}}}","cart":{"merged":1,"capped":0}}""");
        Assert.Equal([(bowl, 3)], await Lines(app.ClientFor(registered.Text("userId"))));
        await app.Anonymous.Post("/user/register", new { email, password = People.Password, name = "Ada" }, (Guests.Header, await app.NewGuest((bowl, 1, null)))).ShouldBeProblem(409, "email_taken");
        Assert.Equal([(bowl, 3)], await Lines(app.ClientFor(registered.Text("userId"))));
    }

    [Fact]
    public async Task Only_who_comes_in_with_a_cart_is_told_of_one()
    {
        var email = People.NewEmail();
        Assert.False((await app.Anonymous.Register(email).ShouldBe(201)).TryGetProperty("cart", out _));
        Assert.False((await app.Anonymous.Login(email).ShouldBe(200)).TryGetProperty("cart", out _));
        Assert.False((await app.Anonymous.Post("/user/login", new { email, password = People.Password }, (Guests.Header, "forged")).ShouldBe(200)).TryGetProperty("cart", out _));
        var bowl = await app.Sell();
        var token = await app.NewGuest((bowl, 1, null));
        await app.Guest(token).Delete("/cart").ShouldBe(200);
        (await Login(email, token)).ShouldRead("""{"merged":0,"capped":0}""");
    }

    [Fact]
    public async Task A_login_that_fails_merges_nothing()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var bowl = await app.Sell();
        var token = await app.NewGuest((bowl, 2, null));
        await app.Anonymous.Post("/user/login", new { email, password = "not the password" }, (Guests.Header, token)).ShouldBeProblem(401, "invalid_credentials");
        Assert.Equal([(bowl, 2)], await Lines(app.Guest(token)));
    }

    [Fact]
    public async Task What_does_not_fit_is_told()
    {
        var sizes = Enumerable.Range(1, 50).Select(n => $"EU {n}").ToList();
        var boot = await app.Sell("Boot", 1, sizes: string.Join(',', sizes.Select(size => $"{size}:1")));
        var bowl = await app.Sell();
        var email = People.NewEmail();
        using var person = app.ClientFor(await app.NewUser(email));
        foreach (var size in sizes) await person.AddToCart(boot, 60, size);
        var token = await app.NewGuest((bowl, 1, null), (boot, 50, "EU 7"), (boot, 2, "EU 8"));
        (await Login(email, token)).ShouldRead(
            $$"""{"merged":2,"capped":2,"cappedLines":[{"productId":"{{bowl}}","qty":0},{"productId":"{{boot}}","size":"EU 7","qty":99}]}""");
        var lines = await Lines(person);
        Assert.Equal((50, 99, 62), (lines.Count, lines[6].Qty, lines[7].Qty));
        Assert.Empty(await Lines(app.Guest(token)));
    }

    [Fact]
    public async Task The_price_that_the_guest_saw_is_the_one_that_counts()
    {
        var bowl = await app.Sell("Bowl", 10, 5);
        var email = People.NewEmail();
        using var person = app.ClientFor(await app.NewUser(email));
        await person.AddToCart(bowl);
        await app.Reprice(bowl, 12, "Bowl");
        Assert.True(await PriceChanged());
        await Login(email, await app.NewGuest((bowl, 1, null)));
        Assert.False(await PriceChanged());

        async Task<bool> PriceChanged() => Assert.Single((await person.Get("/cart").ShouldBe(200)).Items()).GetProperty("priceChanged").GetBoolean();
    }

    [Fact]
    public async Task Of_twenty_logins_at_once_one_merges()
    {
        var (bowl, dish) = (await app.Sell(), await app.Sell());
        var email = People.NewEmail();
        using var person = app.ClientFor(await app.NewUser(email));
        var token = await app.NewGuest((bowl, 2, null), (dish, 3, null));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Login(email, token))));
        Assert.Equal([.. Enumerable.Repeat(0, 19), 2], outcomes.Select(outcome => outcome.GetProperty("merged").GetInt32()).Order());
        Assert.Equal([(bowl, 2), (dish, 3)], await Lines(person));
    }

    [Fact]
    public async Task A_merge_that_meets_other_changes_of_both_carts_loses_none()
    {
        var (bowl, dish, cup) = (await app.Sell(), await app.Sell(), await app.Sell());
        var email = People.NewEmail();
        using var person = app.ClientFor(await app.NewUser(email));
        await person.AddToCart(bowl);
        var token = await app.NewGuest((bowl, 1, null));
        var (watching, store) = app.Watched();
        await using var _ = watching;

        // The first commit of a login is its refresh token, the next one the merge.
        store.BeforeTheNextCommit(() =>
        {
            store.BeforeTheNextCommit(async () =>
            {
                await person.AddToCart(dish);
                await app.Guest(token).AddToCart(cup);
            });
            return Task.CompletedTask;
        });

        var login = await watching.Client().Post("/user/login", new { email, password = People.Password }, (Guests.Header, token)).ShouldBe(200);
        Assert.Equal(2, login.GetProperty("cart").GetProperty("merged").GetInt32());
        Assert.Equal([(bowl, 2), (dish, 1), (cup, 1)], await Lines(person));
        Assert.Empty(await Lines(app.Guest(token)));
    }

    [Fact]
    public async Task A_lapsed_cart_merges_nothing()
    {
        await using var fresh = app.Fresh();
        var bowl = await fresh.Sell();
        var email = People.NewEmail();
        await fresh.NewUser(email);
        var token = await fresh.NewGuest((bowl, 1, null));
        fresh.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        var login = await fresh.Anonymous.Post("/user/login", new { email, password = People.Password }, (Guests.Header, token)).ShouldBe(200);
        login.GetProperty("cart").ShouldRead("""{"merged":0,"capped":0}""");
    }

    [Fact]
    public async Task A_merge_is_one_more_read_and_one_more_commit_of_a_login()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var token = await app.NewGuest((await app.Sell(), 1, null));
        var (watching, store) = app.Watched();
        await using var _ = watching;
        var login = await watching.Client().Post("/user/login", new { email, password = People.Password }, (Guests.Header, token));
        Assert.Equal(["Carts", "Carts"], store.Commits[^1].Select(write => write.Key.Table.Name));
        Assert.Equal(4, login.Cost().Calls);
        Assert.InRange(login.Cost().WriteUnits, 0, 1 + 4);
    }

    private async Task<JsonElement> Login(string email, string token) =>
        (await app.Anonymous.Post("/user/login", new { email, password = People.Password }, (Guests.Header, token)).ShouldBe(200)).GetProperty("cart");

    private static async Task<List<(string ProductId, int Qty)>> Lines(HttpClient client) =>
        [.. (await client.Get("/cart").ShouldBe(200)).Items().Select(line => (line.Text("productId"), line.GetProperty("qty").GetInt32()))];
}

public sealed class GuestMergeTests_on_Sqlite(SqliteApp app) : GuestMergeTests(app), IClassFixture<SqliteApp>;

public sealed class GuestMergeTests_on_DynamoDb(DynamoDbApp app) : GuestMergeTests(app), IClassFixture<DynamoDbApp>;
