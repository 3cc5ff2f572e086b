using System.IdentityModel.Tokens.Jwt;
using System.Text;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;
using Microsoft.IdentityModel.Tokens;

namespace Ecommerce.Api.Tests.Http;

public sealed class AccessTokenTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task A_token_made_by_these_rules_is_good() => await With(Token()).Get("/user/profile").ShouldBe(200);

    [Theory]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("none")]
    public async Task Another_algorithm_is_refused(string algorithm) => await ShouldBeRefused(Token(algorithm: algorithm));

    [Fact]
    public async Task Another_key_is_refused() => await ShouldBeRefused(Token(key: EcommerceApp.SigningKey.Replace('a', 'b')));

    [Fact]
    public async Task Another_issuer_is_refused() => await ShouldBeRefused(Token(payload => payload["iss"] = "somebody"));

    [Fact]
    public async Task Another_audience_is_refused() => await ShouldBeRefused(Token(payload => payload["aud"] = "somebody"));

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("sub")]
    public async Task A_missing_claim_is_refused(string claim) => await ShouldBeRefused(Token(payload => payload.Remove(claim)));

    [Fact]
    public async Task A_token_that_is_not_good_yet_is_refused() => await ShouldBeRefused(Token(payload => payload["nbf"] = Now + 60));

    [Fact]
    public async Task A_token_is_refused_when_it_has_expired_and_half_a_minute_has_passed()
    {
        var client = With(Token(payload => payload["exp"] = Now + 10));
        app.Clock.Advance(TimeSpan.FromSeconds(39));
        await client.Get("/user/profile").ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.Get("/user/profile").ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_changed_claim_is_refused()
    {
        var parts = Token().Split('.');
        var forged = new JwtSecurityTokenHandler().ReadJwtToken(string.Join('.', parts)).Payload;
        forged["role"] = "admin";
        await ShouldBeRefused($"{parts[0]}.{forged.Base64UrlEncode()}.{parts[2]}");
        await ShouldBeRefused($"{parts[0]}.{parts[1]}.");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ....")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.e30.")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("garbage")]
    public async Task Garbage_is_refused(string authorization) =>
        await app.Anonymous.Get("/user/profile", ("Authorization", authorization)).ShouldBeProblem(401, "unauthorized");

    [Fact]
    public async Task A_scheme_has_no_case() => await app.Anonymous.Get("/user/profile", ("Authorization", $"bearer {Token()}")).ShouldBe(200);

    [Fact]
    public async Task A_bad_token_does_not_close_what_is_open_to_all() => await With("garbage").Get("/hello").ShouldBe(200);

    private long Now => app.Clock.GetUtcNow().ToUnixTimeSeconds();

    private readonly string _userId = app.NewUser().GetAwaiter().GetResult();

    private async Task ShouldBeRefused(string token) => await With(token).Get("/user/profile").ShouldBeProblem(401, "unauthorized");

    private HttpClient With(string token) => app.ClientWith(token);

    private string Token(Action<JwtPayload>? change = null, string key = EcommerceApp.SigningKey, string algorithm = "HS256")
    {
        var payload = new JwtPayload
        {
            ["sub"] = _userId, ["role"] = "customer", ["iss"] = "ecommerce", ["aud"] = "ecommerce", ["iat"] = Now, ["exp"] = Now + 900, ["jti"] = "1",
        };
        change?.Invoke(payload);
        var credentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), algorithm);
        var header = algorithm == "none" ? new JwtHeader() : new JwtHeader(credentials);
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(header, payload));
    }
}
