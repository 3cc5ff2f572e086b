using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Users;

public abstract class SessionTests(EcommerceApp app)
{
    private const string NoToken = "usr_00000000000000000000000000.ses_00000000000000000000000000.0000000000000000000000000000000000000000000";

    [Fact]
    public async Task A_refresh_token_is_kept_as_a_hash_where_the_token_says()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var token = await app.Session(email);
        Assert.Matches("^usr_[a-z0-9]{26}\\.ses_[a-z0-9]{26}\\.[A-Za-z0-9_-]{43}$", token);
        var (sessionId, secret) = (token.Split('.')[1], token.Split('.')[2]);
        var kept = (await Kept(token))!;
        Assert.Equal((userId, $"session#{sessionId}"), (kept.Text("owner"), kept.Text("record")));
        Assert.Equal(["lapsesAt", "owner", "record", "secretHash", "securityStamp", "version"], kept.Select(attribute => attribute.Key).Order());
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal(hash, kept.Text("secretHash"));
        Assert.Equal(app.Clock.GetUtcNow().AddDays(30).ToUnixTimeSeconds() + 1, kept.Number("lapsesAt"));
    }

    [Fact]
    public async Task A_refresh_answers_as_a_login_does_and_its_tokens_are_good()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var login = await app.Anonymous.Login(email).ShouldBe(200);
        var refreshed = await app.Anonymous.Refresh(login.Text("refreshToken")).ShouldBe(200);
        Assert.Equal(login.Names(), refreshed.Names());
        Assert.Equal(("Login successful", "Bearer", userId), (refreshed.Text("message"), refreshed.Text("tokenType"), refreshed.Text("userId")));
        Assert.Equal(15 * 60, refreshed.GetProperty("expiresIn").GetInt32());
        Assert.NotEqual(login.Text("token"), refreshed.Text("token"));
        Assert.NotEqual(login.Text("refreshToken"), refreshed.Text("refreshToken"));
        Assert.Equal(login.Text("refreshToken").Split('.')[..2], refreshed.Text("refreshToken").Split('.')[..2]);
        Assert.Equal(userId, (await app.ClientWith(refreshed.Text("token")).Profile()).Text("userId"));
        await app.Anonymous.Refresh(refreshed.Text("refreshToken")).ShouldBe(200);
    }

    [Fact]
    public async Task A_spent_refresh_token_ends_its_family_and_no_other()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var (spent, other) = (await app.Session(email), await app.Session(email));
        var present = Token(await app.Anonymous.Refresh(spent).ShouldBe(200));
        await app.Anonymous.Refresh(spent).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(present).ShouldBeProblem(401, "invalid_token");
        Assert.Null(await Kept(present));
        await app.Anonymous.Refresh(other).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_that_is_spent_by_many_at_once_serves_one_at_most_and_its_family_ends()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var token = await app.Session(email);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Anonymous.Refresh(token)));
        var winners = answers.Where(answer => (int)answer.StatusCode == 200).ToList();
        Assert.InRange(winners.Count, 0, 1);
        foreach (var loser in answers.Except(winners)) await loser.ShouldBeProblem(401, "invalid_token");
        foreach (var winner in winners) await app.Anonymous.Refresh(Token(await winner.ShouldBe(200))).ShouldBeProblem(401, "invalid_token");
        Assert.Null(await Kept(token));
    }

    [Fact]
    public async Task A_refresh_that_is_overtaken_between_its_reading_and_its_writing_ends_the_family()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var token = await app.Session(email);
        var (watched, store) = app.Watched();
        await using var owned = watched;
        var thief = "";
        store.BeforeTheNextCommit(async () => thief = Token(await app.Anonymous.Refresh(token).ShouldBe(200)));
        await watched.Client().Refresh(token).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(thief).ShouldBeProblem(401, "invalid_token");
    }

    [Fact]
    public async Task A_refresh_token_is_good_to_the_edge_of_its_time_and_each_refresh_begins_it_anew()
    {
        await using var alone = app.Fresh(("Auth:RefreshTokenDays", "1"));
        var email = People.NewEmail();
        await alone.NewUser(email);
        var first = await alone.Session(email);
        var edge = DateTimeOffset.FromUnixTimeSeconds((await Kept(first, alone))!.Number("lapsesAt"));

        alone.Clock.Advance(edge - alone.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        var second = Token(await alone.Anonymous.Refresh(first).ShouldBe(200));
        edge = DateTimeOffset.FromUnixTimeSeconds((await Kept(second, alone))!.Number("lapsesAt"));
        Assert.InRange(edge - alone.Clock.GetUtcNow(), TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));

        alone.Clock.Advance(edge - alone.Clock.GetUtcNow());
        await alone.Anonymous.Refresh(second).ShouldBeProblem(401, "invalid_token");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("usr_00000000000000000000000000.0000000000000000000000000000000000000000000")]
    [InlineData(NoToken + ".x")]
    [InlineData(NoToken + "=")]
    [InlineData(NoToken + "\u0000")]
    [InlineData("usr_0000000000000000000000000U.ses_00000000000000000000000000.0000000000000000000000000000000000000000000")]
    public async Task What_cannot_be_a_token_is_refused_without_a_look_into_the_store(string token)
    {
        var refused = await app.Anonymous.Refresh(token);
        await refused.ShouldBeProblem(401, "invalid_token");
        Assert.Equal(0, refused.Cost().Calls);
        await app.Anonymous.Logout(token);
    }

    [Fact]
    public async Task A_token_that_was_never_given_out_is_refused()
    {
        await app.Anonymous.Refresh(NoToken).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Logout(NoToken);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "refreshToken": null }""")]
    [InlineData("""{ "refreshToken": "" }""")]
    [InlineData("""{ "refreshToken": 1 }""")]
    public async Task A_missing_token_is_named(string body)
    {
        await app.Anonymous.Post("/user/refresh", body).ShouldBeProblem(400, "validation_failed", "refreshToken");
        await app.Anonymous.Post("/user/logout", body).ShouldBeProblem(400, "validation_failed", "refreshToken");
    }

    [Fact]
    public async Task A_logout_ends_the_session_also_by_a_spent_token_and_leaves_the_others()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var (spent, plain, other) = (await app.Session(email), await app.Session(email), await app.Session(email));
        var present = Token(await app.Anonymous.Refresh(spent).ShouldBe(200));
        await app.Anonymous.Logout(spent);
        await app.Anonymous.Logout(plain);
        await app.Anonymous.Logout(plain);
        await app.Anonymous.Refresh(present).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(plain).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(other).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_does_not_pass_for_another_persons()
    {
        var (mine, theirs) = (People.NewEmail(), People.NewEmail());
        await app.NewUser(mine);
        var victim = await app.NewUser(theirs);
        var (token, kept) = ((await app.Session(mine)).Split('.'), await app.Session(theirs));
        await app.Anonymous.Refresh($"{victim}.{token[1]}.{token[2]}").ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(kept).ShouldBe(200);
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token() =>
        await app.ClientWith(NoToken).Get("/user/profile").ShouldBeProblem(401, "unauthorized");

    [Fact]
    public async Task A_refresh_and_a_login_keep_within_their_budgets()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var login = await app.Anonymous.Login(email);
        var token = Token(await login.ShouldBe(200));
        var refresh = await app.Anonymous.Refresh(token);
        await refresh.ShouldBe(200);
        foreach (var answer in new[] { login, refresh })
            Assert.Equal(app.Store.Engine == "DynamoDb" ? (2, 1, 2) : (0, 0, 2), answer.Cost());
    }

    [Fact]
    public async Task Tokens_are_never_logged()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var login = await app.Anonymous.Login(email).ShouldBe(200);
        var refreshed = await app.Anonymous.Refresh(Token(login)).ShouldBe(200);
        await app.Anonymous.Refresh(Token(login)).ShouldBeProblem(401, "invalid_token");
        string[] secrets = [Token(login).Split('.')[2], Token(refreshed).Split('.')[2], login.Text("token"), refreshed.Text("token")];
        Assert.NotEmpty(app.Log.Lines);
        Assert.DoesNotContain(app.Log.Lines, line => secrets.Any(secret => line.Message.Contains(secret, StringComparison.Ordinal)));
    }

    private static string Token(JsonElement answer) => answer.Text("refreshToken");

    private Task<Item?> Kept(string token, EcommerceApp? of = null) => (of ?? app).Store.Get(
        Tables.Users.Key(token.Split('.')[0], $"session#{token.Split('.')[1]}"), consistent: true, TestContext.Current.CancellationToken);
}

public sealed class SessionTests_on_Sqlite(SqliteApp app) : SessionTests(app), IClassFixture<SqliteApp>;

public sealed class SessionTests_on_DynamoDb(DynamoDbApp app) : SessionTests(app), IClassFixture<DynamoDbApp>;
