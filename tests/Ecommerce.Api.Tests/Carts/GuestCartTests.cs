using System.Text.Json;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Carts;

public abstract class GuestCartTests(EcommerceApp app)
{
    private const string Empty = """{"items":[],"count":0,"totalAmount":0,"currency":"USD"}""";

    [Fact]
    public async Task A_guest_is_answered_a_token_with_the_first_product_and_keeps_it()
    {
        var id = await app.Sell("Bowl", 10, 5);
        var added = await app.Anonymous.Post("/cart", new { productId = id, quantity = 2 });
        (await added.ShouldBe(200)).ShouldRead($$"""{"message":"Added to cart","productId":"{{id}}","qty":2}""");
        var token = added.CartToken()!;
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);

        using var guest = app.Guest(token);
        var again = await guest.Post("/cart", new { productId = id, quantity = 1 });
        Assert.Equal((3, token), ((await again.ShouldBe(200)).GetProperty("qty").GetInt32(), again.CartToken()));
        var shown = await guest.Get("/cart");
        (await shown.ShouldBe(200)).ShouldRead(
            $$"""{"items":[{"productId":"{{id}}","name":"Bowl","label":"Bowl","qty":3,"price":10,"lineTotal":30,"imageUrl":null,"available":5,"priceChanged":false}],"count":1,"totalAmount":30,"currency":"USD"}""");
        Assert.Equal(token, shown.CartToken());
        Assert.Equal(4, (await guest.Put($"/cart/{id}", new { quantity = 4 }).ShouldBe(200)).GetProperty("qty").GetInt32());
        await (await guest.Delete($"/cart/{id}")).ShouldBeEmpty(204);
        var refused = await guest.Delete($"/cart/{id}");
        await refused.ShouldBeProblem(404, "not_found");
        Assert.Equal(token, refused.CartToken());
        await guest.Delete("/cart").ShouldBe(200);
        (await guest.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public async Task What_is_no_token_of_ours_names_no_cart_and_begins_another()
    {
        var id = await app.Sell();
        var real = await app.NewGuest((id, 2, null));
        var other = (char)(real[0] == 'A' ? 'B' : 'A');
        foreach (var token in new[] { null, "", "x", "é", $"{other}{real[1..]}", $"{real[..20]}{(real[20] == 'A' ? 'B' : 'A')}{real[21..]}", real[..^1], $"{real}A", new string('A', 43), new string('!', 43), $"{real[..20]} {real[21..]}", new string('A', 5_000) })
        {
            using var stranger = app.Guest(token);
            var shown = await stranger.Get("/cart");
            (await shown.ShouldBe(200)).ShouldRead(Empty);
            Assert.Null(shown.CartToken());
            await stranger.Put($"/cart/{id}", new { quantity = 1 }).ShouldBeProblem(404, "not_found");
            await stranger.Delete($"/cart/{id}").ShouldBeProblem(404, "not_found");
            await stranger.Delete("/cart").ShouldBe(200);
            var failed = await stranger.Post("/cart", new { productId = "prod_00000000000000000000000000", quantity = 1 });
            await failed.ShouldBeProblem(404, "product_not_found");
            Assert.Null(failed.CartToken());
            var added = await stranger.Post("/cart", new { productId = id, quantity = 1 });
            Assert.Equal(1, (await added.ShouldBe(200)).GetProperty("qty").GetInt32());
            Assert.NotEqual(token, added.CartToken());
        }

        Assert.Equal(2, Assert.Single(await Lines(app.Guest(real))).GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task A_token_signed_with_another_key_is_forged()
    {
        var id = await app.Sell();
        using var stranger = app.Guest(new GuestTokens(new(new byte[32])).Issue());
        Assert.NotNull((await stranger.Post("/cart", new { productId = id, quantity = 1 })).CartToken());
        (await stranger.Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public async Task The_store_holds_nothing_that_names_a_cart()
    {
        var id = await app.Sell();
        var (watching, store) = app.Watched();
        await using var _ = watching;
        var token = (await watching.Client().Post("/cart", new { productId = id, quantity = 1 })).CartToken()!;
        var cart = Assert.IsType<Put>(Assert.Single(Assert.Single(store.Commits))).Item;
        Assert.StartsWith("guest#", cart.Text("owner"), StringComparison.Ordinal);
        Assert.DoesNotContain(token, cart.ToString(), StringComparison.Ordinal);
        (await app.Guest(cart.Text("owner")["guest#".Length..]).Get("/cart").ShouldBe(200)).ShouldRead(Empty);
    }

    [Fact]
    public void What_is_written_of_a_request_does_not_open_its_cart()
    {
        var tokens = app.Services.GetRequiredService<GuestTokens>();
        var token = tokens.Issue();
        var guest = new GuestCart(token, tokens.OwnerOf(token));
        Assert.DoesNotContain(token, $"{guest} {new CartOwner(guest.Owner, guest)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_bearer_the_header_is_not_looked_at()
    {
        var id = await app.Sell();
        var token = await app.NewGuest((id, 2, null));
        var (userId, _) = app.Customer();
        using var both = app.ClientFor(userId);
        both.DefaultRequestHeaders.Add(Guests.Header, token);
        var shown = await both.Get("/cart");
        (await shown.ShouldBe(200)).ShouldRead(Empty);
        Assert.Null(shown.CartToken());
        await both.Post("/cart", new { productId = id, quantity = 1 }).ShouldBe(200);
        Assert.Equal(2, Assert.Single(await Lines(app.Guest(token))).GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task Checkout_needs_an_account()
    {
        using var guest = app.Guest(await app.NewGuest((await app.Sell(stock: 5), 1, null)));
        await guest.CheckOut().ShouldBeProblem(401, "unauthorized");
        await guest.Get("/order").ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_guest_has_the_limits_of_a_person()
    {
        var sizes = Enumerable.Range(1, 50).Select(n => $"EU {n}").ToList();
        var boot = await app.Sell("Boot", 1, sizes: string.Join(',', sizes.Select(size => $"{size}:1")));
        var bowl = await app.Sell();
        using var guest = app.Guest(await app.NewGuest((boot, 99, sizes[0])));
        await guest.Post("/cart", new { productId = boot, quantity = 1, size = sizes[0] }).ShouldBeProblem(409, "quantity_limit");
        await guest.Post("/cart", new { productId = boot, quantity = 1 }).ShouldBeProblem(400, "size_required");
        foreach (var size in sizes.Skip(1)) await guest.Post("/cart", new { productId = boot, quantity = 1, size }).ShouldBe(200);
        await guest.Post("/cart", new { productId = bowl, quantity = 1 }).ShouldBeProblem(409, "cart_full");
    }

    [Fact]
    public async Task A_guests_cart_lapses_thirty_days_after_it_was_last_written()
    {
        await using var fresh = app.Fresh();
        var id = await fresh.Sell(stock: 9);
        var token = (await fresh.Anonymous.Post("/cart", new { productId = id, quantity = 2 })).CartToken()!;
        fresh.Clock.Advance(TimeSpan.FromDays(29));
        await fresh.Anonymous.Post("/cart", new { productId = id, quantity = 1 }, (Guests.Header, token)).ShouldBe(200);
        fresh.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await fresh.Anonymous.Get("/cart", (Guests.Header, token)).ShouldBe(200)).GetProperty("count").GetInt32());

        fresh.Clock.Advance(TimeSpan.FromSeconds(2)); // The store counts whole seconds.
        (await fresh.Anonymous.Get("/cart", (Guests.Header, token)).ShouldBe(200)).ShouldRead(Empty);
        var owner = fresh.Services.GetRequiredService<GuestTokens>().OwnerOf(token)!;
        var item = await fresh.Store.Get(Cart.Key(owner), consistent: true, TestContext.Current.CancellationToken);
        Assert.InRange(fresh.Clock.GetUtcNow().ToUnixTimeSeconds() - item!.Number("lapsesAt"), 0, 1);
        var added = await fresh.Anonymous.Post("/cart", new { productId = id, quantity = 1 }, (Guests.Header, token)).ShouldBe(200);
        Assert.Equal(1, added.GetProperty("qty").GetInt32());
    }

    [Fact]
    public async Task A_persons_cart_never_lapses()
    {
        var (userId, me) = app.Customer();
        await me.AddToCart(await app.Sell());
        var item = await app.Store.Get(Cart.Key(userId), consistent: true, TestContext.Current.CancellationToken);
        Assert.True(item!["lapsesAt"].IsNone);
    }

    [Fact]
    public async Task A_guest_costs_what_a_person_costs()
    {
        var id = await app.Sell();
        Assert.Equal((0, 0, 0), (await app.Anonymous.Get("/cart")).Cost());
        var first = await app.Anonymous.Post("/cart", new { productId = id, quantity = 1 });
        using var guest = app.Guest(first.CartToken());
        foreach (var add in new[] { first, await guest.Post("/cart", new { productId = id, quantity = 1 }) })
        {
            Assert.InRange(add.Cost().ReadUnits, 0, 2);
            Assert.InRange(add.Cost().WriteUnits, 0, 1);
            Assert.Equal(2, add.Cost().Calls);
        }

        Assert.Equal(2, (await guest.Get("/cart")).Cost().Calls);
    }

    private static async Task<List<JsonElement>> Lines(HttpClient client) => [.. (await client.Get("/cart").ShouldBe(200)).Items()];
}

public sealed class GuestCartTests_on_Sqlite(SqliteApp app) : GuestCartTests(app), IClassFixture<SqliteApp>;

public sealed class GuestCartTests_on_DynamoDb(DynamoDbApp app) : GuestCartTests(app), IClassFixture<DynamoDbApp>;
