using System.IdentityModel.Tokens.Jwt;
using System.Text.RegularExpressions;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Hosting;

namespace Ecommerce.Api.Tests.Users;

public abstract class LoginTests(EcommerceApp app)
{
    [Fact]
    public async Task A_login_hands_out_an_access_token_and_a_refresh_token()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var answer = await app.Anonymous.Login(email).ShouldBe(200);
        Assert.Equal(["message", "token", "tokenType", "expiresIn", "refreshToken", "userId"], answer.Names());
        Assert.Equal(("Login successful", "Bearer", userId), (answer.Text("message"), answer.Text("tokenType"), answer.Text("userId")));
        Assert.Equal(15 * 60, answer.GetProperty("expiresIn").GetInt32());
        Assert.Equal(userId, (await app.ClientWith(answer.Text("token")).Profile()).Text("userId"));

        var token = new JwtSecurityTokenHandler().ReadJwtToken(answer.Text("token"));
        var now = app.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal("HS256", token.Header.Alg);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "role", "sub"], token.Payload.Keys.Order());
        Assert.Equal((userId, "customer", "ecommerce"), (token.Subject, (string)token.Payload["role"], token.Issuer));
        Assert.Equal((now, now + 15 * 60), ((long)token.Payload["iat"], (long)token.Payload["exp"]));
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_answer()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var wrong = await app.Anonymous.Login(email, "not the password");
        foreach (var other in new[] { People.NewEmail(), "not an address", new string('x', 100_000), "\0@\0.\0" })
        {
            var unknown = await app.Anonymous.Login(other);
            Assert.Equal(
                WithoutTrace((await wrong.ShouldBeProblem(401, "invalid_credentials")).GetRawText()),
                WithoutTrace((await unknown.ShouldBeProblem(401, "invalid_credentials")).GetRawText()));
            Assert.Equal(wrong.Headers.Select(header => header.Key).Order(), unknown.Headers.Select(header => header.Key).Order());
        }

        static string WithoutTrace(string problem) => Regex.Replace(problem, "[0-9a-f]{32}", "");
    }

    [Theory]
    [InlineData("{}", "email", "password")]
    [InlineData("""{ "email": " ", "password": "" }""", "email", "password")]
    [InlineData("""{ "email": "a@example.com" }""", "password")]
    [InlineData("""{ "password": "long enough" }""", "email")]
    [InlineData("""{ "email": true, "password": "long enough" }""", "email")]
    public async Task Every_field_that_is_wrong_is_named(string body, params string[] fields) =>
        await app.Anonymous.Post("/user/login", body).ShouldBeProblem(400, "validation_failed", fields);

    [Fact]
    public async Task A_password_longer_than_any_is_refused_unhashed() =>
        await app.Anonymous.Login("a@example.com", new string('x', 900_000)).ShouldBeProblem(400, "validation_failed", "password");

    [Fact]
    public async Task Every_character_of_the_longest_password_counts_in_any_encoding()
    {
        var email = People.NewEmail();
        var password = string.Concat(Enumerable.Repeat("🐎", 127)) + "\u00e9";
        await app.Anonymous.Register(email, password).ShouldBe(201);
        await app.Anonymous.Login(email, password).ShouldBe(200);
        await app.Anonymous.Login(email, password[..^1] + "e").ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Login(email, password[..^1]).ShouldBeProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_password_may_be_typed_composed_or_decomposed()
    {
        var email = People.NewEmail();
        await app.Anonymous.Register(email, "caf\u00e9 au lait").ShouldBe(201);
        await app.Anonymous.Login(email, "cafe\u0301 au lait").ShouldBe(200);
        await app.Anonymous.Login(email, "CAF\u00c9 AU LAIT").ShouldBeProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_login_strengthens_a_hash_that_was_made_with_fewer_iterations_once()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        await using var stricter = app.WithWebHostBuilder(host => host.UseSetting("Auth:PasswordIterations", "150000"));
        var before = await Kept();
        await stricter.CreateDefaultClient().Login(email, "not the password").ShouldBeProblem(401, "invalid_credentials");
        Assert.Equal(before.Text("passwordHash"), (await Kept()).Text("passwordHash"));
        await stricter.CreateDefaultClient().Login(email).ShouldBe(200);
        var after = await Kept();
        Assert.Equal((100_000, 150_000), (Iterations(before), Iterations(after)));
        Assert.Equal(before.Version + 2, after.Version);
        await stricter.CreateDefaultClient().Login(email).ShouldBe(200);
        Assert.Equal(after, await Kept());

        async Task<Item> Kept() => (await app.Store.Get(Tables.Users.Key($"email#{email}", "login"), consistent: true, TestContext.Current.CancellationToken))!;
        static int Iterations(Item login) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(login.Text("passwordHash")).AsSpan(5));
    }

    [Fact]
    public async Task Logins_at_once_each_get_tokens_of_their_own()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Anonymous.Login(email).ShouldBe(200)));
        Assert.Equal(8, answers.Select(answer => answer.Text("token")).Distinct().Count());
        Assert.Equal(8, answers.Select(answer => answer.Text("refreshToken")).Distinct().Count());
        foreach (var answer in answers) Assert.Equal(userId, (await app.ClientWith(answer.Text("token")).Profile()).Text("userId"));
    }
}

public sealed class LoginTests_on_Sqlite(SqliteApp app) : LoginTests(app), IClassFixture<SqliteApp>;

public sealed class LoginTests_on_DynamoDb(DynamoDbApp app) : LoginTests(app), IClassFixture<DynamoDbApp>;
