using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Users;

public abstract class RegistrationTests(EcommerceApp app)
{
    [Fact]
    public async Task Registering_makes_an_account_that_can_log_in()
    {
        var email = People.NewEmail();
        var response = await app.Anonymous.Register(email);
        var answer = await response.ShouldBe(201);
        Assert.Equal(["message", "userId"], answer.Names());
        Assert.Equal("User registered successfully", answer.Text("message"));
        Assert.True(Ids.IsWellFormed("usr", answer.Text("userId")));
        Assert.Equal("/user/profile", response.Headers.Location?.ToString());
        Assert.Equal(answer.Text("userId"), (await app.Anonymous.Login(email).ShouldBe(200)).Text("userId"));
    }

    [Fact]
    public async Task Everything_optional_is_kept_and_a_role_is_not_for_the_asking()
    {
        var email = People.NewEmail();
        var userId = (await app.Anonymous.Post("/user/register", new
        {
            email = $"  {email.ToUpperInvariant()} ", password = People.Password, name = " Ada L. ", firstName = "Ada", lastName = "Lovelace",
            phone = "+44 20 1", address = new { street = "St James's Square 12", city = "London" }, role = "admin", userId = "usr_me", favourite = 7,
        }).ShouldBe(201)).Text("userId");
        var profile = await app.ClientFor(userId).Profile();
        Assert.Equal(email.ToUpperInvariant(), profile.Text("email"));
        Assert.Equal(("Ada L.", "Ada", "Lovelace"), (profile.Text("name"), profile.Text("firstName"), profile.Text("lastName")));
        Assert.Equal(("+44 20 1", "customer"), (profile.Text("phone"), profile.Text("role")));
        Assert.Equal("London", profile.GetProperty("address").Text("city"));
    }

    [Theory]
    [InlineData("{}", "email", "name", "password")]
    [InlineData("""{ "email": null, "password": "", "name": "  " }""", "email", "name", "password")]
    [InlineData("""{ "email": "a@example.com", "password": "long enough" }""", "name")]
    [InlineData("""{ "email": "nobody", "password": "short", "name": "Ada" }""", "email", "password")]
    [InlineData("""{ "email": "a@example.com", "password": "PassWord1", "name": "Ada" }""", "password")]
    [InlineData("""{ "email": "a@example.com", "password": "long enough", "name": "A\u0000da" }""", "name")]
    [InlineData("""{ "email": "a@example.com", "password": "long enough", "name": 7 }""", "name")]
    [InlineData("""{ "email": "a@example.com", "password": 12345678, "name": "Ada" }""", "password")]
    [InlineData("""{ "email": ["a@example.com"], "password": "long enough", "name": "Ada" }""", "email")]
    [InlineData("""{ "email": "a@example.com", "password": "long enough", "name": "Ada", "address": 7 }""", "address")]
    [InlineData("""{ "email": "a@example.com", "password": "long enough", "name": "Ada", "name": "Eve" }""", "name")]
    [InlineData("""{ "email": "a@example.com", "password": "long enough", "name": "\ud800" }""", "name")]
    public async Task Every_field_that_is_wrong_is_named(string body, params string[] fields) =>
        await app.Anonymous.Post("/user/register", body).ShouldBeProblem(400, "validation_failed", fields);

    [Fact]
    public async Task Texts_that_are_too_long_are_named()
    {
        var (long101, long201) = (new string('x', 101), new string('x', 201));
        await app.Anonymous.Post("/user/register", new
        {
            email = $"{long201}{long101}@example.com", password = new string('x', 129), name = long201, firstName = long101, lastName = long101,
            phone = long101, address = "",
        }).ShouldBeProblem(400, "validation_failed", "email", "password", "name", "firstName", "lastName", "phone");
    }

    [Theory]
    [InlineData("ADA.{0}@EXAMPLE.COM", "ada.{0}@example.com")]
    [InlineData("ﬁne.{0}@example.com", "fine.{0}@example.com")]
    [InlineData("zoe\u0308.{0}@example.com", "ZO\u00cb.{0}@example.com")]
    [InlineData("{0}＠example.com", " {0}@example.com ")]
    [InlineData("σοφος.{0}@example.com", "ΣΟΦΟΣ.{0}@EXAMPLE.COM")]
    [InlineData("ΣΟΦΟΣ.{0}@example.com", "σοφοσ.{0}@example.com")]
    public async Task One_address_is_one_account_however_it_is_typed(string first, string second)
    {
        var unique = Guid.NewGuid().ToString("N");
        (first, second) = (string.Format(null, first, unique), string.Format(null, second, unique));
        await app.NewUser(first);
        await app.Anonymous.Register(second).ShouldBeProblem(409, "email_taken");
        await app.Anonymous.Login(second).ShouldBe(200);
    }

    [Fact]
    public async Task Of_many_who_register_one_address_at_once_one_succeeds()
    {
        var email = People.NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Anonymous.Register(email)));
        var winner = Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        foreach (var loser in answers.Where(answer => answer != winner)) await loser.ShouldBeProblem(409, "email_taken");
        Assert.Equal((await winner.ShouldBe(201)).Text("userId"), (await app.Anonymous.Login(email).ShouldBe(200)).Text("userId"));
    }

    [Fact]
    public async Task The_event_is_logged_with_the_account_and_names_nobody()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var entry = Assert.Single(await Entries(userId));
        var registered = Assert.Single(entry.List("events")).AsMap;
        Assert.Equal("UserRegistered", registered.Text("eventType"));
        Assert.Equal(new Item { ["userId"] = userId }, registered.MapOrNull("metadata"));
        Assert.Equal(app.Clock.GetUtcNow().ToUnixTimeMilliseconds(), entry.Number("at"));
    }

    [Fact]
    public async Task A_refused_registration_logs_nothing()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var before = await Entries();
        await app.Anonymous.Register(email).ShouldBeProblem(409, "email_taken");
        Assert.Equal(before.Count, (await Entries()).Count);
    }

    [Fact]
    public async Task A_password_is_kept_only_as_a_hash_and_never_logged()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        await app.Anonymous.Login(email).ShouldBe(200);
        await app.Anonymous.Login(email, "another secret").ShouldBeProblem(401, "invalid_credentials");
        var login = await app.Store.Get(Tables.Users.Key($"email#{email}", "login"), consistent: true, TestContext.Current.CancellationToken);
        Assert.Equal(["failures", "failuresSince", "owner", "passwordHash", "record", "role", "securityStamp", "userId", "version"], login!.Select(attribute => attribute.Key).Order());
        var kept = await app.Store.Query(new(Tables.Users, userId), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(kept.Items.Append(login!), item => item.ToString().Contains(People.Password, StringComparison.Ordinal));
        Assert.NotEmpty(app.Log.Lines);
        Assert.DoesNotContain(app.Log.Lines, line => line.Message.Contains(People.Password, StringComparison.Ordinal)
            || line.Message.Contains("another secret", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<Item>> Entries(string? userId = null)
    {
        var entries = new List<Item>();
        for (var shard = 0; shard < Tables.Shards; shard++)
        {
            var day = $"{app.Clock.GetUtcNow():yyyy-MM-dd}.{shard}";
            var page = await app.Store.Query(new(Tables.EventLogs, day) { Limit = 1000, Consistent = true }, TestContext.Current.CancellationToken);
            entries.AddRange(page.Items.Where(entry => userId is null || entry.Text("userId") == userId));
        }

        return entries;
    }
}

public sealed class RegistrationTests_on_Sqlite(SqliteApp app) : RegistrationTests(app), IClassFixture<SqliteApp>;

public sealed class RegistrationTests_on_DynamoDb(DynamoDbApp app) : RegistrationTests(app), IClassFixture<DynamoDbApp>;
