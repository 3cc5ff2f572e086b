using System.Security.Cryptography;
using System.Text;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Issuer;

namespace Ecommerce.Api.Tests.Users.External;

/// <summary>Which tokens of an external issuer are taken.</summary>
public sealed class ExternalTokenTests(SqliteExternalShop shop) : IClassFixture<SqliteExternalShop>
{
    [Fact]
    public async Task A_token_of_the_issuer_is_good_and_so_is_one_of_the_shop()
    {
        await shop.Client().Get("/user/profile").ShouldBe(200);
        await (await shop.App.NewUsersClient()).Get("/user/profile").ShouldBe(200);
    }

    [Theory]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    public async Task Every_signature_by_a_public_key_is_taken(string algorithm)
    {
        await using var issuer = await IssuerStandIn.Start();
        issuer.Keys = [IssuerKey.New(algorithm)];
        using var app = shop.App.Fresh(issuer.Settings);
        await app.ClientWith(issuer.Sign(shop.Claims(claims => claims["iss"] = issuer.Url))).Get("/user/profile").ShouldBe(200);
    }

    [Fact]
    public async Task Another_audience_is_refused()
    {
        await ShouldBeRefused(claims => claims["aud"] = "somebody else");
        await ShouldBeRefused(claims => claims["aud"] = new List<string> { "one", "two" });
        await ShouldBeRefused(claims => claims["aud"] = null);
        await ShouldBeRefused(claims => claims["aud"] = "");
        await ShouldBeRefused(claims => (claims["aud"], claims["client_id"]) = (null, "somebody else"));
        await ShouldBeRefused(claims => (claims["aud"], claims["client_id"]) = (null, new[] { IssuerStandIn.Audience, "x" }));
    }

    [Fact]
    public async Task One_of_several_audiences_is_enough() =>
        await shop.Client(claims => claims["aud"] = new List<string> { "another", IssuerStandIn.Audience }).Get("/user/profile").ShouldBe(200);

    [Fact]
    public async Task A_client_stands_in_for_a_missing_audience_and_not_for_a_wrong_one()
    {
        await shop.Client(claims => (claims["aud"], claims["client_id"]) = (null, IssuerStandIn.Audience)).Get("/user/profile").ShouldBe(200);
        await ShouldBeRefused(claims => (claims["aud"], claims["client_id"]) = ("another service", IssuerStandIn.Audience));
    }

    [Fact]
    public async Task Another_issuer_is_refused_and_nothing_fetched_for_it()
    {
        await shop.Client().Get("/user/profile").ShouldBe(200);
        var asked = shop.Issuer.Requests.Count;
        await ShouldBeRefused(claims => claims["iss"] = "https://somebody.example");
        await ShouldBeRefused(claims => claims["iss"] = null);
        await ShouldBeRefused(claims => claims["iss"] = $"{shop.Issuer.Url}/other");
        Assert.Equal(asked, shop.Issuer.Requests.Count);
        await ShouldBeRefused(claims => claims["iss"] = $"{shop.Issuer.Url}/");
    }

    [Fact]
    public async Task A_token_is_good_from_its_beginning_to_its_end_by_the_shops_clock()
    {
        await ShouldBeRefused(claims => claims["nbf"] = shop.Now + 60);
        await ShouldBeRefused(claims => claims["exp"] = shop.Now - 31);
        await ShouldBeRefused(claims => claims["exp"] = null);
        var client = shop.Client(claims => claims["exp"] = shop.Now + 10);
        shop.App.Clock.Advance(TimeSpan.FromSeconds(39));
        await client.Get("/user/profile").ShouldBe(200);
        shop.App.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.Get("/user/profile").ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_token_that_names_nobody_is_refused()
    {
        await ShouldBeRefused(claims => claims["sub"] = null);
        await ShouldBeRefused(claims => claims["sub"] = "");
        await ShouldBeRefused(claims => claims["sub"] = 1);
        await ShouldBeRefused(claims => claims["sub"] = new List<string> { "a", "b" });
    }

    [Fact]
    public async Task A_key_that_is_not_the_issuers_is_refused_under_any_name()
    {
        await ShouldBeRefused(key: IssuerKey.New());
        await shop.Client().Get("/user/profile").ShouldBe(200);
        await ShouldBeRefused(key: IssuerKey.New(id: shop.Issuer.Keys[0].Id));
        await ShouldBeRefused(key: IssuerKey.New("ES256", shop.Issuer.Keys[0].Id));
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        await Refused(Jwt.Write(new { alg = "none" }, shop.Claims(), _ => []));
        await Refused(Jwt.Write(new { alg = "none", kid = shop.Issuer.Keys[0].Id }, shop.Claims(), _ => []));
        await Refused(Jwt.Write(new { alg = "RS256", kid = shop.Issuer.Keys[0].Id }, shop.Claims(), _ => []));
        await Refused(Jwt.Write(new { kid = shop.Issuer.Keys[0].Id }, shop.Claims(), shop.Issuer.Keys[0].Sign));
    }

    /// <summary>The library knows the algorithms of XML signatures as well.</summary>
    [Fact]
    public async Task An_algorithm_by_another_name_is_refused()
    {
        var key = shop.Issuer.Keys[0];
        await shop.App.ClientWith(Jwt.Write(new { alg = "RS256", kid = key.Id }, shop.Claims(), key.Sign)).Get("/user/profile").ShouldBe(200);
        await Refused(Jwt.Write(new { alg = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", kid = key.Id }, shop.Claims(), key.Sign));
    }

    [Fact]
    public async Task A_public_key_is_no_secret_to_sign_with()
    {
        var key = shop.Issuer.Keys[0];
        foreach (var secret in new[] { key.Public["n"], key.Public["e"], key.Id, EcommerceApp.SigningKey }.Select(Encoding.UTF8.GetBytes))
        {
            await Refused(Jwt.Write(new { alg = "HS256", kid = key.Id }, shop.Claims(), data => HMACSHA256.HashData(secret, data)));
            await Refused(Jwt.Write(new { alg = "HS256" }, shop.Claims(), data => HMACSHA256.HashData(secret, data)));
        }
    }

    [Fact]
    public async Task No_key_vouches_for_the_other_issuers_tokens()
    {
        await ShouldBeRefused(claims => claims["iss"] = "ecommerce");
        var shops = Encoding.UTF8.GetBytes(EcommerceApp.SigningKey);
        await Refused(Jwt.Write(new { alg = "HS256" }, shop.Claims(), data => HMACSHA256.HashData(shops, data)));
        await shop.App.ClientWith(Jwt.Write(new { alg = "HS256" }, OwnClaims(), data => HMACSHA256.HashData(shops, data))).Get("/cart").ShouldBe(200);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("e30.e30.")]
    [InlineData("W10.W10.W10")]
    [InlineData("e30.eyJpc3MiOnt9fQ.x")]
    [InlineData("e30.eyJpc3MiOltdfQ.x")]
    [InlineData("a.b.c.d.e")]
    public async Task Garbage_is_refused(string token) => await Refused(token);

    [Fact]
    public async Task A_changed_claim_is_refused()
    {
        var (good, other) = (shop.Token().Split('.'), shop.Token(claims => claims["groups"] = "admin").Split('.'));
        await Refused($"{good[0]}.{other[1]}.{good[2]}");
    }

    [Fact]
    public async Task A_token_that_is_refused_does_not_close_what_is_open_to_all() =>
        await shop.Client(claims => claims["exp"] = 1).Get("/product").ShouldBe(200);

    [Fact]
    public async Task Without_an_authority_its_tokens_are_anybodys()
    {
        using var app = shop.App.Fresh(("Auth:Audience", IssuerStandIn.Audience));
        await app.ClientWith(shop.Token()).Get("/user/profile").ShouldBeProblem(401, "unauthorized");
    }

    private Dictionary<string, object?> OwnClaims() => shop.Claims(claims => (claims["iss"], claims["role"]) = ("ecommerce", "customer"));

    private Task ShouldBeRefused(Action<Dictionary<string, object?>>? change = null, IssuerKey? key = null) => Refused(shop.Token(change, key));

    private async Task Refused(string token) => await shop.App.ClientWith(token).Get("/user/profile").ShouldBeProblem(401, "unauthorized");
}
