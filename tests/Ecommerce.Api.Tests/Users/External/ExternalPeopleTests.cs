using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Issuer;
using Ecommerce.Api.Users;
using Ecommerce.Api.Users.External;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Users.External;

/// <summary>What the shop makes of the people whom an external issuer sends.</summary>
public abstract class ExternalPeopleTests(ExternalShop shop)
{
    [Fact]
    public async Task A_person_has_a_profile_from_the_first_request_on()
    {
        var subject = Guid.NewGuid().ToString();
        var client = shop.Client(claims => (claims["sub"], claims["name"], claims["email"], claims["given_name"], claims["family_name"]) =
            (subject, "Ada Lovelace", "ada@example.com", "Ada", "Lovelace"));
        await client.Get("/cart").ShouldBe(200);
        var profile = await client.Get("/user/profile").ShouldBe(200);
        var userId = Ids.Derive("usr", shop.Issuer.Url, subject);
        var now = $"{shop.App.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
        profile.ShouldRead($$"""{"userId":"{{userId}}","email":"ada@example.com","name":"Ada Lovelace","firstName":"Ada","lastName":"Lovelace","phone":null,"address":null,"role":"customer","createdAt":"{{now}}","updatedAt":"{{now}}"}""");
        Assert.Equal(shop.Issuer.Url, (await Kept(userId))!.Text("issuer"));
    }

    [Fact]
    public async Task First_requests_at_once_make_one_profile_and_tell_of_it_once()
    {
        var token = shop.Token();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.App.ClientWith(token).Get("/user/profile").ShouldBe(200)));
        var userId = Assert.Single(answers.Select(answer => answer.Text("userId")).Distinct());
        Assert.Equal(1, (await Kept(userId))!.Version);
        var told = Assert.Single(await shop.App.Logged(), entry => entry.Text("userId") == userId).List("events").Single().AsMap;
        Assert.Equal("UserRegistered", told.Text("eventType"));
        Assert.Equal(["userId"], told.MapOrNull("metadata")!.Select(fact => fact.Key));
    }

    [Fact]
    public async Task A_person_changes_the_profile_and_keeps_it_at_the_next_login()
    {
        var client = shop.Client(claims => (claims["sub"], claims["name"]) = ("one who renames", "Ada"));
        await client.Patch("/user/profile", new { name = "Countess", phone = "1" }).ShouldBe(200);
        shop.App.Clock.Advance(SeenPeople.CacheLife);
        var profile = await shop.Client(claims => (claims["sub"], claims["name"]) = ("one who renames", "Ada")).Profile();
        Assert.Equal(("Countess", "1"), (profile.Text("name"), profile.Text("phone")));
    }

    [Theory]
    [InlineData("cognito:groups", """["customers", "admin"]""")]
    [InlineData("groups", """["admin"]""")]
    [InlineData("groups", "\"admin\"")]
    [InlineData("roles", """["admin"]""")]
    [InlineData("role", "\"admin\"")]
    public async Task A_group_or_role_admin_makes_an_administrator(string claim, string value)
    {
        var client = shop.Client(claims => claims[claim] = JsonSerializer.Deserialize<JsonElement>(value));
        await client.Post("/product", new { name = "Bowl", price = 1 }).ShouldBe(201);
        Assert.Equal("admin", (await client.Profile()).Text("role"));
    }

    [Theory]
    [InlineData("role", "\"Admin\"")]
    [InlineData("role", "\"customer admin\"")]
    [InlineData("role", "\"administrator\"")]
    [InlineData("roles", """[["admin"]]""")]
    [InlineData("roles", """{ "admin": true }""")]
    [InlineData("scope", "\"admin\"")]
    [InlineData("admin", "true")]
    [InlineData("custom:role", "\"admin\"")]
    [InlineData("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "\"admin\"")]
    public async Task Nothing_else_does(string claim, string value)
    {
        var client = shop.Client(claims => claims[claim] = JsonSerializer.Deserialize<JsonElement>(value));
        await client.Post("/product", new { name = "Bowl", price = 1 }).ShouldBeProblem(403, "forbidden");
        Assert.Equal("customer", (await client.Profile()).Text("role"));
    }

    [Fact]
    public async Task The_role_is_the_tokens_and_the_profile_follows_it()
    {
        var customer = shop.Client(claims => claims["sub"] = "risen");
        await customer.Get("/user/profile").ShouldBe(200);
        var admin = shop.Client(claims => (claims["sub"], claims["groups"]) = ("risen", "admin"));
        await admin.Get($"/product/{await shop.App.Sell()}/stock").ShouldBe(200);
        shop.App.Clock.Advance(SeenPeople.CacheLife);
        Assert.Equal("admin", (await admin.Profile()).Text("role"));
        await customer.Post("/product", new { name = "Bowl", price = 1 }).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task An_access_token_of_Cognito_is_enough()
    {
        var client = shop.Client(claims =>
        {
            claims["aud"] = null;
            claims["client_id"] = IssuerStandIn.Audience;
            claims["token_use"] = "access";
            claims["scope"] = "openid";
            claims["username"] = "ada";
            claims["cognito:groups"] = new List<string> { "admin" };
            claims["jti"] = claims["origin_jti"] = "1";
            claims["auth_time"] = shop.Now;
        });
        var profile = await client.Profile();
        Assert.Equal(("ada", "admin", JsonValueKind.Null), (profile.Text("name"), profile.Text("role"), profile.GetProperty("email").ValueKind));
    }

    [Fact]
    public async Task An_identity_token_of_Cognito_tells_name_and_address()
    {
        var profile = await shop.Client(claims =>
        {
            claims["token_use"] = "id";
            claims["cognito:username"] = "3f1c";
            claims["given_name"] = "Ada";
            claims["family_name"] = "Lovelace";
            claims["email"] = "ada@example.com";
            claims["email_verified"] = true;
        }).Profile();
        Assert.Equal(("Ada Lovelace", "ada@example.com", "customer"), (profile.Text("name"), profile.Text("email"), profile.Text("role")));
    }

    [Fact]
    public async Task An_address_that_is_somebodys_account_gives_no_access_to_it()
    {
        var email = People.NewEmail();
        var owner = await shop.App.NewUser(email);
        var stranger = await shop.Client(claims => claims["email"] = email).Profile();
        Assert.NotEqual(owner, stranger.Text("userId"));
        Assert.Equal(owner, (await shop.App.Anonymous.Login(email).ShouldBe(200)).Text("userId"));
    }

    [Fact]
    public async Task An_address_of_an_external_person_is_free_to_register()
    {
        var email = People.NewEmail();
        await shop.Client(claims => claims["email"] = email).Profile();
        await shop.App.Anonymous.Login(email).ShouldBeProblem(401, "invalid_credentials");
        await shop.App.Anonymous.Register(email).ShouldBe(201);
    }

    [Fact]
    public async Task A_person_who_is_shut_out_is_out_at_once_where_it_was_done_and_within_a_minute_elsewhere()
    {
        using var elsewhere = shop.App.WithWebHostBuilder(_ => { });
        var token = shop.Token();
        var (here, there) = (shop.App.ClientWith(token), elsewhere.ClientWith(token));
        var user = $"/user/{(await here.Profile()).Text("userId")}";
        await there.Get("/cart").ShouldBe(200);

        await shop.App.Admin.Patch(user, new { disabled = true }).ShouldBe(200);
        foreach (var path in new[] { "/user/profile", "/cart", "/order" }) await here.Get(path).ShouldBeProblem(401, "account_disabled");
        await here.Get("/product").ShouldBe(200);
        await there.Get("/cart").ShouldBe(200);
        shop.App.Clock.Advance(SeenPeople.CacheLife);
        await there.Get("/cart").ShouldBeProblem(401, "account_disabled");

        await shop.App.Admin.Patch(user, new { disabled = false }).ShouldBe(200);
        await here.Get("/cart").ShouldBe(200);
        await there.Get("/cart").ShouldBe(200);
    }

    [Fact]
    public async Task What_an_administrator_does_to_a_person_does_not_touch_the_account_of_the_same_address()
    {
        var email = People.NewEmail();
        await shop.App.NewUser(email);
        var stranger = await shop.Client(claims => claims["email"] = email).Profile();
        await shop.App.Admin.Patch($"/user/{stranger.Text("userId")}", new { disabled = true }).ShouldBe(200);
        await shop.App.Anonymous.Login(email).ShouldBe(200);
        await (await shop.App.Admin.Delete($"/user/{stranger.Text("userId")}")).ShouldBeEmpty(204);
        await shop.App.Anonymous.Login(email).ShouldBe(200);
    }

    [Fact]
    public async Task Password_and_role_are_the_issuers_to_change()
    {
        var client = shop.Client();
        var user = $"/user/{(await client.Profile()).Text("userId")}";
        await client.Post("/user/password", new { currentPassword = People.Password, newPassword = "another password" }).ShouldBeProblem(409, "external_account");
        await shop.App.Admin.Patch(user, new { role = "admin", name = "Eve" }).ShouldBeProblem(409, "external_account");
        var profile = await shop.App.Admin.Patch(user, new { role = "customer", name = "Ada" }).ShouldBe(200);
        Assert.Equal(("Ada", "customer"), (profile.Text("name"), profile.Text("role")));
    }

    [Fact]
    public async Task A_person_who_deletes_the_profile_is_a_new_one_to_the_next_request()
    {
        var client = shop.Client(claims => claims["name"] = "Ada");
        await client.Patch("/user/profile", new { name = "Countess", phone = "1" }).ShouldBe(200);
        await (await client.Delete("/user/profile")).ShouldBeEmpty(204);
        var profile = await client.Profile();
        Assert.Equal(("Ada", JsonValueKind.Null), (profile.Text("name"), profile.GetProperty("phone").ValueKind));
    }

    [Fact]
    public async Task A_store_out_of_reach_is_no_reason_to_ask_for_another_token()
    {
        var (app, store) = shop.App.Watched();
        using var _ = app;
        var client = app.ClientWith(shop.Token());
        store.BeforeTheNextCommit(() => throw new StoreUnavailableException("Away."));
        await client.Get("/cart").ShouldBeProblem(503, "unavailable");
        await client.Get("/cart").ShouldBe(200);
    }

    [Fact]
    public async Task A_request_of_somebody_known_costs_what_one_of_an_own_account_does()
    {
        var (external, own) = (shop.Client(), await shop.App.NewUsersClient());
        await external.Get("/user/profile").ShouldBe(200);
        foreach (var path in new[] { "/user/profile", "/cart", "/order" })
        {
            var (ours, theirs) = (await own.Get(path), await external.Get(path));
            await ours.ShouldBe(200);
            await theirs.ShouldBe(200);
            Assert.Equal(ours.Cost(), theirs.Cost());
        }

        shop.App.Clock.Advance(SeenPeople.CacheLife);
        var seenAgain = await external.Get("/user/profile");
        Assert.Equal((2, 0), (seenAgain.Cost().Calls, seenAgain.Cost().WriteUnits));
        Assert.Equal(1, (await external.Get("/user/profile")).Cost().Calls);
    }

    private Task<Item?> Kept(string userId) => shop.App.Store.Get(Profile.KeyOf(userId), consistent: true, TestContext.Current.CancellationToken);
}

public sealed class ExternalPeopleTests_on_Sqlite(SqliteExternalShop shop) : ExternalPeopleTests(shop), IClassFixture<SqliteExternalShop>;

public sealed class ExternalPeopleTests_on_DynamoDb(DynamoDbExternalShop shop) : ExternalPeopleTests(shop), IClassFixture<DynamoDbExternalShop>;
