using System.Text.Json;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Users;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Users;

public abstract class AccountRemovalTests(EcommerceApp app)
{
    private const string Street = "12 Rue Cachée";
    private const string Phone = "+44 20 7946 0000";
    private static readonly int[] Ends = [204, 401, 404];
    private const string Name = "Ada Byron King";

    [Fact]
    public async Task An_account_that_is_deleted_lets_nobody_in()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var (session, token, client) = (await app.Session(email), await app.ResetToken(email), app.ClientFor(userId));
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        await app.Anonymous.Login(email).ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Refresh(session).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Reset(token).ShouldBeProblem(400, "invalid_token");
        await client.Get("/user/profile").ShouldBeProblem(401, "unauthorized");
        await client.Get($"/user/{userId}").ShouldBeProblem(401, "unauthorized");
        await client.Delete("/user/profile").ShouldBeProblem(401, "unauthorized");
        await app.Admin.Get($"/user/{userId}").ShouldBeProblem(404, "not_found");
        Assert.NotEqual(userId, await app.NewUser(email));
    }

    [Fact]
    public async Task Nothing_personal_is_left_in_the_store()
    {
        var (watched, store) = app.Watched();
        await using var owned = watched;
        var (userId, email, client) = await Customer(watched);
        await Buy(client, deliver: true);
        await app.AddToCartOf(client);
        await watched.Client().Fail(email);
        await watched.Client().Login(email).ShouldBe(200);
        await watched.Client().Forgot(email);
        await app.Mail.WaitForPassword(email);
        Assert.NotEmpty(await Personal(store, email));

        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        Assert.Empty(await Personal(store, email));
        Assert.Empty((await app.Store.Query(new(Tables.Users, userId) { Consistent = true }, TestContext.Current.CancellationToken)).Items);
        Assert.Null(await app.Store.Get(Cart.Key(userId), consistent: true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Orders_stay_and_keep_their_address_only_until_they_are_delivered()
    {
        var (userId, _, client) = await Customer(app);
        var (delivered, underway, failed) = (await Buy(client, deliver: true), await Buy(client), await Buy(client, card: Shopping.DeclinedCard));
        var cancelled = await Buy(client);
        await client.Post($"/order/{cancelled}/cancel", new { }).ShouldBe(200);
        await app.Admin.Delete($"/user/{userId}").ShouldBeEmptyAnswer();

        foreach (var atRest in new[] { delivered, failed, cancelled }) await ShouldHaveAddress(atRest, false);
        await ShouldHaveAddress(underway, true);
        await app.Admin.Post($"/order/{underway}/ship", new { }).ShouldBe(200);
        await ShouldHaveAddress(underway, true);
        await app.Admin.Post($"/order/{underway}/deliver").ShouldBe(200);
        await ShouldHaveAddress(underway, false);
        Assert.Equal("DELIVERED", (await app.Admin.Order(underway)).Text("status"));

        async Task ShouldHaveAddress(string orderId, bool expected)
        {
            var order = await app.Admin.Order(orderId);
            Assert.Equal((orderId, userId, expected), (orderId, order.Text("userId"), order.TryGetProperty("shippingAddress", out _)));
        }
    }

    [Fact]
    public async Task An_order_that_was_given_up_is_paid_back_when_its_payment_shows_up_after_the_buyer_is_gone()
    {
        await using var fresh = app.Fresh();
        var isPaid = false;
        var gateway = new StubGateway
        {
            Answer = _ => Task.FromResult<ChargeResult>(new ChargeResult.Unknown()),
            Found = () => isPaid ? StubGateway.Paid() : new ChargeResult.Unknown(),
        };
        await using var shop = fresh.With(gateway);
        var (_, _, client) = await Customer(shop);
        var product = await fresh.Product(stock: 5);
        var orderId = await client.Place((product, 2, null));
        await client.Post($"/order/{orderId}/checkout", Paying()).ShouldBe(202);
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        await ShouldBe("PAYMENT_PENDING", hasAddress: true);

        fresh.Clock.Advance(TimeSpan.FromMinutes(16));
        await shop.Recover();
        await ShouldBe("PAYMENT_FAILED", hasAddress: false);
        isPaid = true;
        fresh.Clock.Advance(TimeSpan.FromHours(1));
        await shop.Recover();
        Assert.Equal("REFUNDED", (await ShouldBe("CANCELLED", hasAddress: false)).GetProperty("payment").Text("status"));
        Assert.Equal((5, 1), (await fresh.Available(product), gateway.Refunds.Count));

        async Task<JsonElement> ShouldBe(string status, bool hasAddress)
        {
            var order = await fresh.Admin.Order(orderId);
            Assert.Equal((status, hasAddress), (order.Text("status"), order.TryGetProperty("shippingAddress", out _)));
            return order;
        }
    }

    [Fact]
    public async Task An_order_that_is_bought_with_a_token_that_outlives_its_account_forgets_its_address_in_the_end()
    {
        var (_, _, client) = await Customer(app);
        var orderId = await client.Place((await app.Product(), 1, null));
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        await client.Post($"/order/{orderId}/checkout", Paying()).ShouldBe(201);
        Assert.True((await app.Admin.Order(orderId)).TryGetProperty("shippingAddress", out _));
        await Deliver(orderId);
        Assert.False((await app.Admin.Order(orderId)).TryGetProperty("shippingAddress", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_is_placed_while_the_account_goes_is_erased_when_it_is_gone(bool isStoreThere)
    {
        var (watched, store) = app.Watched();
        await using var owned = watched;
        var (userId, _, client) = await Customer(watched);
        var orderId = "";
        store.BeforeEachCommit = async writes =>
        {
            if (!writes.Any(write => write is Delete && write.Key == Profile.KeyOf(userId))) return;
            orderId = await Buy(app.ClientFor(userId), deliver: true);
            if (!isStoreThere) store.FailAfter(1);
        };
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        await app.Admin.Get($"/user/{userId}").ShouldBeProblem(404, "not_found");
        Assert.Equal(!isStoreThere, (await app.Admin.Order(orderId)).TryGetProperty("shippingAddress", out _));
        Assert.Equal(!isStoreThere, app.Log.Lines.Any(line => line.Level == LogLevel.Warning && line.Message.Contains(userId, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Very_many_orders_are_all_erased()
    {
        var (userId, _, client) = await Customer(app);
        var template = await Found(await Buy(client, deliver: true));
        var ids = app.Services.GetRequiredService<Ids>();
        var copies = Enumerable.Range(0, 130).Select(_ => template with { OrderId = ids.New("ord"), Version = 0 }).ToList();
        foreach (var chunk in copies.Chunk(50)) Assert.True((await app.Store.Commit([.. chunk.Select(order => order.ToPut())], cancellation: TestContext.Current.CancellationToken)).IsCommitted);
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        foreach (var copy in copies) Assert.Null((await Found(copy.OrderId)).ShippingAddress);

        async Task<Order> Found(string orderId) =>
            (await app.Store.Get(Tables.Orders.Key(orderId), consistent: true, TestContext.Current.CancellationToken))!.ToOrder();
    }

    [Fact]
    public async Task An_order_that_changes_at_the_same_moment_is_erased_as_it_then_is()
    {
        var (watched, store) = app.Watched();
        await using var owned = watched;
        var (_, _, client) = await Customer(watched);
        var orderId = await Buy(client);
        await app.Admin.Post($"/order/{orderId}/ship", new { }).ShouldBe(200);
        store.BeforeTheNextCommit(async () => await app.Admin.Post($"/order/{orderId}/deliver").ShouldBe(200));
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        var order = await app.Admin.Order(orderId);
        Assert.Equal(("DELIVERED", false), (order.Text("status"), order.TryGetProperty("shippingAddress", out _)));
    }

    [Fact]
    public async Task A_deletion_that_is_cut_short_anywhere_can_be_repeated()
    {
        for (var survives = 0; ; survives++)
        {
            var (watched, store) = app.Watched();
            await using var owned = watched;
            var (userId, email, client) = await Customer(watched);
            await Buy(client, deliver: true);
            await app.AddToCartOf(client);
            var session = await app.Session(email);
            var before = store.Commits.Count;
            store.FailAfter(survives);
            var cut = await client.Delete("/user/profile");
            store.FailAfter(null);
            if ((int)cut.StatusCode == 204)
            {
                Assert.Equal(survives, store.Commits.Count - before);
                Assert.InRange(survives, 4, 4);
                return;
            }

            await cut.ShouldBeProblem(503, "unavailable");
            Assert.Equal(userId, (await app.Anonymous.Login(email).ShouldBe(200)).Text("userId"));
            await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
            Assert.Empty(await Personal(store, email));
            await app.Anonymous.Refresh(session).ShouldBeProblem(401, "invalid_token");
        }
    }

    [Fact]
    public async Task A_version_that_is_past_stands_against_it()
    {
        var userId = await app.NewUser();
        var client = app.ClientFor(userId);
        var read = (await client.Get("/user/profile")).Headers.ETag!.ToString();
        await client.Patch("/user/profile", new { phone = "1" }).ShouldBe(200);
        await client.Delete("/user/profile", ("If-Match", read)).ShouldBeProblem(412, "precondition_failed");
        await app.Admin.Delete($"/user/{userId}", ("If-Match", read)).ShouldBeProblem(412, "precondition_failed");
        await client.Profile();
        await (await client.Delete("/user/profile", ("If-Match", "\"2\""))).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task Of_two_deletions_at_once_one_says_that_it_was_done()
    {
        var userId = await app.NewUser();
        var answers = await Task.WhenAll(app.ClientFor(userId).Delete("/user/profile"), app.Admin.Delete($"/user/{userId}"));
        Assert.Contains(answers, answer => (int)answer.StatusCode == 204);
        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, Ends));
        await app.ClientFor(userId).Get("/user/profile").ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_cart_filled_with_a_token_that_outlives_its_account_harms_nobody()
    {
        var userId = await app.NewUser();
        var client = app.ClientFor(userId);
        await app.AddToCartOf(client);
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        Assert.Equal(0, await client.CartCount());
        await app.AddToCartOf(client);
        Assert.Equal(1, await client.CartCount());
    }

    private static async Task<(string UserId, string Email, HttpClient Client)> Customer(WebApplicationFactory<Program> shop)
    {
        var email = People.NewEmail();
        var userId = (await shop.Client().Post("/user/register", new
        {
            email, password = People.Password, name = Name, firstName = Name, phone = Phone, address = new { street = Street },
        }).ShouldBe(201)).Text("userId");
        return (userId, email, shop.ClientFor(userId));
    }

    /// <summary>Buys something and has it sent; the order's id.</summary>
    private async Task<string> Buy(HttpClient client, bool deliver = false, string card = Shopping.Card)
    {
        var orderId = await client.Place((await app.Product(), 1, null));
        await client.Post($"/order/{orderId}/checkout", Paying(card));
        if (deliver) await Deliver(orderId);
        return orderId;
    }

    private async Task Deliver(string orderId)
    {
        await app.Admin.Post($"/order/{orderId}/ship", new { }).ShouldBe(200);
        await app.Admin.Post($"/order/{orderId}/deliver").ShouldBe(200);
    }

    private static object Paying(string card = Shopping.Card) => new { payment = new { method = "CARD", token = card }, shippingAddress = new { street = Street } };

    /// <summary>Every item that was ever written through the store and tells something personal now.</summary>
    private async Task<List<Item>> Personal(WatchedStore store, string email)
    {
        var items = new List<Item>();
        foreach (var key in store.Commits.SelectMany(writes => writes).Select(write => write.Key).Distinct())
            if (await app.Store.Get(key, consistent: true, TestContext.Current.CancellationToken) is { } item) items.Add(item);
        return [.. items.Where(item => new[] { email, Name, Phone, Street }.Any(told => item.ToString().Contains(told, StringComparison.OrdinalIgnoreCase)))];
    }
}

internal static class Removals
{
    public static async Task AddToCartOf(this EcommerceApp app, HttpClient client) => await client.AddToCart(await app.Product());

    public static async Task ShouldBeEmptyAnswer(this Task<HttpResponseMessage> response) => await (await response).ShouldBeEmpty(204);
}

public sealed class AccountRemovalTests_on_Sqlite(SqliteApp app) : AccountRemovalTests(app), IClassFixture<SqliteApp>;

public sealed class AccountRemovalTests_on_DynamoDb(DynamoDbApp app) : AccountRemovalTests(app), IClassFixture<DynamoDbApp>;
