using System.IdentityModel.Tokens.Jwt;
using Ecommerce.Api.Tests.Harness.Issuer;
using Ecommerce.Api.Users.External;

namespace Ecommerce.Api.Tests.Users.External;

/// <summary>What becomes of the claims of a token.</summary>
public sealed class ExternalPersonTests
{
    [Theory]
    [InlineData("""{ "name": " Ada L. ", "given_name": "Ada", "username": "ada" }""", "Ada L.")]
    [InlineData("""{ "name": " ", "given_name": "Ada", "family_name": "Lovelace", "username": "ada" }""", "Ada Lovelace")]
    [InlineData("""{ "family_name": "Lovelace" }""", "Lovelace")]
    [InlineData("""{ "preferred_username": "countess", "username": "ada" }""", "countess")]
    [InlineData("""{ "username": "ada", "cognito:username": "3f1c" }""", "ada")]
    [InlineData("""{ "cognito:username": "3f1c" }""", "3f1c")]
    [InlineData("""{}""", "Customer")]
    [InlineData("""{ "name": "\u0000\u0007\n" }""", "Customer")]
    [InlineData("""{ "name": "A\u0000d\r\na\u001b[31m" }""", "Ada[31m")]
    [InlineData("""{ "name": "Ada \ud83d\udc0e \ud83d" }""", "Ada \ud83d\udc0e")]
    [InlineData("""{ "name": 7 }""", "7")]
    public void The_name_is_the_best_that_there_is(string claims, string name) => Assert.Equal(name, Person(claims).ToProfile(DateTime.UnixEpoch).Name);

    [Fact]
    public void Texts_are_cut_between_characters()
    {
        var horses = string.Concat(Enumerable.Repeat("\ud83d\udc0e", 300));
        var profile = Person($$"""{ "name": "x{{horses}}", "given_name": "{{horses}}", "family_name": "{{horses}}" }""").ToProfile(DateTime.UnixEpoch);
        Assert.Equal(("x" + horses[..198], horses[..100], horses[..100]), (profile.Name, profile.FirstName, profile.LastName));
        Assert.Equal(200, Person($$"""{ "given_name": "{{horses}}", "family_name": "{{horses}}" }""").ToProfile(DateTime.UnixEpoch).Name.Length);
    }

    [Theory]
    [InlineData("""{ "email": " ada@example.com " }""", "ada@example.com")]
    [InlineData("""{ "email": "ada@example.com", "email_verified": true }""", "ada@example.com")]
    [InlineData("""{ "email": "ada@example.com", "email_verified": "true" }""", "ada@example.com")]
    [InlineData("""{ "email": "ada@example.com", "email_verified": false }""", null)]
    [InlineData("""{ "email": "ada@example.com", "email_verified": "false" }""", null)]
    [InlineData("""{ "email": "ada" }""", null)]
    [InlineData("""{ "email": "" }""", null)]
    [InlineData("""{ "email": { "a@example.com": 1 } }""", null)]
    [InlineData("""{}""", null)]
    public void An_address_is_kept_when_it_can_be_one_and_is_not_said_to_be_unverified(string claims, string? email) =>
        Assert.Equal(email, Person(claims).ToProfile(DateTime.UnixEpoch).Email);

    [Fact]
    public void The_id_is_of_issuer_and_subject()
    {
        var ids = new[] { Person("{}").UserId, Person("{}", issuer: "https://b.example").UserId, Person("{}", subject: "other").UserId };
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Ids.IsWellFormed("usr", id)));
        Assert.Equal(ids[0], Person("""{ "name": "Ada" }""").UserId);
    }

    [Fact]
    public void Of_everything_that_is_said_a_caller_is_an_id_and_a_role()
    {
        var principal = Person("""{ "name": "Ada", "roles": ["admin", "owner"], "userId": "usr_1", "role": "root" }""").ToPrincipal("external");
        Assert.Equal(["sub", "role"], principal.Claims.Select(claim => claim.Type));
        Assert.Equal(["usr", "admin"], principal.Claims.Select(claim => claim.Value.Split('_')[0]));
        Assert.True(principal.Identity!.IsAuthenticated);
    }

    private static ExternalPerson Person(string claims, string issuer = "https://a.example", string subject = "1")
    {
        var payload = $"{{ \"iss\": \"{issuer}\", \"sub\": \"{subject}\", {claims.TrimStart('{')}".Replace(", }", " }", StringComparison.Ordinal);
        return ExternalPerson.Of(new JwtSecurityToken(Jwt.Write(new { alg = "RS256" }, payload, _ => [])))!;
    }
}
