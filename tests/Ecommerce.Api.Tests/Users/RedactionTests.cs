using System.IdentityModel.Tokens.Jwt;
using Ecommerce.Api.Users;
using Ecommerce.Api.Users.External;

namespace Ecommerce.Api.Tests.Users;

/// <summary>A record prints its members wherever it is logged or interpolated; those with something secret do not.</summary>
public sealed class RedactionTests
{
    private const string Known = "s3cret";
    private static readonly Profile Person = new("usr_1", "ada@example.com", "Ada", "customer", DateTime.UnixEpoch) { SecurityStamp = Known };
    private static readonly Credentials Login = Credentials.Of(Person, Known);

    public static TheoryData<object> Secrets =>
    [
        new RegisterRequest("ada@example.com", Known, "Ada"),
        new LoginRequest("ada@example.com", Known),
        new RefreshRequest(Known),
        new LoginAnswer("Login successful", Known, "Bearer", 900, Known, "usr_1"),
        new PasswordChange(Known, Known),
        new ResetRequest(Known, Known),
        new Refreshed(Person, new("usr_1", "ses_1", Known)),
        new RefreshToken("usr_1", "ses_1", Known),
        new ResetToken("usr_1", Known),
        new ExternalPerson("usr_1", "customer", new JwtSecurityToken(issuer: Known)),
        Login,
        (LoginAttempt)Login,
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void What_is_secret_is_not_printed(object secret) => Assert.DoesNotContain(Known, $"{secret}");

    [Fact]
    public void A_token_is_written_where_it_is_asked_for()
    {
        Assert.Equal("usr_1.ses_1.s3cret", new RefreshToken("usr_1", "ses_1", Known).Text);
        Assert.Equal("usr_1.s3cret", new ResetToken("usr_1", Known).Text);
    }
}
