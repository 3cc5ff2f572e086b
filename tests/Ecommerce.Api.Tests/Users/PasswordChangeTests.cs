using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Users;

public abstract class PasswordChangeTests(EcommerceApp app)
{
    [Fact]
    public async Task A_changed_password_is_the_only_one_and_every_session_is_over()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var (one, other, client) = (await app.Session(email), await app.Session(email), app.ClientFor(userId));
        await (await Change(client, People.Password, People.NewPassword)).ShouldBeEmpty(204);
        await app.Anonymous.Login(email).ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Refresh(one).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(other).ShouldBeProblem(401, "invalid_token");
        var session = await app.Session(email, People.NewPassword);
        await app.Anonymous.Refresh(session).ShouldBe(200);
        Assert.Equal(userId, (await client.Profile()).Text("userId"));
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_counts_like_a_failed_login()
    {
        await using var strict = app.Fresh(("Auth:Throttle:AccountFailures", "2"));
        var email = People.NewEmail();
        var client = strict.ClientFor(await strict.NewUser(email));
        var session = await strict.Session(email);
        for (var n = 0; n < 2; n++) await Change(client, "not the password", People.NewPassword).ShouldBeProblem(401, "invalid_credentials");
        var blocked = await Change(client, People.Password, People.NewPassword);
        await blocked.ShouldBeProblem(429, "too_many_attempts");
        Assert.Equal(TimeSpan.FromMinutes(15), blocked.Headers.RetryAfter!.Delta);
        await strict.Anonymous.Login(email).ShouldBeProblem(429, "too_many_attempts");
        await strict.Anonymous.Refresh(session).ShouldBe(200);
    }

    [Theory]
    [InlineData("{}", "currentPassword", "newPassword")]
    [InlineData("""{ "currentPassword": "", "newPassword": "short" }""", "currentPassword", "newPassword")]
    [InlineData("""{ "currentPassword": "korrekt-hästbatteri", "newPassword": "password1" }""", "newPassword")]
    [InlineData("""{ "currentPassword": 1, "newPassword": "long enough" }""", "currentPassword")]
    public async Task Every_field_that_is_wrong_is_named(string body, params string[] fields) =>
        await (await app.NewUsersClient()).Post("/user/password", body).ShouldBeProblem(400, "validation_failed", fields);

    [Fact]
    public async Task A_password_belongs_to_somebody_who_is_there()
    {
        await Change(app.Anonymous, People.Password, People.NewPassword).ShouldBeProblem(401, "unauthorized");
        await Change(app.ClientFor("usr_00000000000000000000000000"), People.Password, People.NewPassword).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_happens()
    {
        var email = People.NewEmail();
        var client = app.ClientFor(await app.NewUser(email));
        string[] wanted = ["first new password", "other new password"];
        var answers = await Task.WhenAll(wanted.Select(password => Change(client, People.Password, password)));
        Assert.Equal([204, 401], answers.Select(answer => (int)answer.StatusCode).Order());
        await app.Anonymous.Login(email, wanted[(int)answers[0].StatusCode == 204 ? 0 : 1]).ShouldBe(200);
    }

    [Fact]
    public async Task A_change_made_between_comparing_and_writing_makes_the_current_password_a_wrong_one()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var (watched, store) = app.Watched();
        await using var owned = watched;
        store.BeforeTheNextCommit(async () => await (await Change(app.ClientFor(userId), People.Password, People.NewPassword)).ShouldBeEmpty(204));
        await Change(watched.ClientFor(userId), People.Password, "a thief's password").ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Login(email, People.NewPassword).ShouldBe(200);
    }

    [Fact]
    public async Task A_profile_that_changes_at_the_same_moment_does_not_stand_in_the_way()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var (watched, store) = app.Watched();
        await using var owned = watched;
        store.BeforeTheNextCommit(async () => await app.ClientFor(userId).Patch("/user/profile", new { phone = "1" }).ShouldBe(200));
        await (await Change(watched.ClientFor(userId), People.Password, People.NewPassword)).ShouldBeEmpty(204);
        Assert.Equal("1", (await app.ClientFor(userId).Profile()).Text("phone"));
    }

    private static Task<HttpResponseMessage> Change(HttpClient client, string currentPassword, string newPassword) =>
        client.Post("/user/password", new { currentPassword, newPassword });
}

public sealed class PasswordChangeTests_on_Sqlite(SqliteApp app) : PasswordChangeTests(app), IClassFixture<SqliteApp>;

public sealed class PasswordChangeTests_on_DynamoDb(DynamoDbApp app) : PasswordChangeTests(app), IClassFixture<DynamoDbApp>;
