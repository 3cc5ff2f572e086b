using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Http;

/// <summary>Whom a failed login is counted against: seen by who is shut out after it.</summary>
public sealed class TrustedProxiesTests(SqliteApp engine) : IClassFixture<SqliteApp>
{
    private const string Proxy = "10.1.2.3";
    private const string Guest = "192.0.2.1";
    private static readonly (string, string) OneFailure = ("Auth:Throttle:AccountFailures", "1");

    [Theory]
    [InlineData(Proxy)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task What_anybody_says_is_not_believed(string sender)
    {
        await using var app = engine.Fresh(OneFailure);
        Assert.True(await SharesAFailure(app, sender, Guest, "192.0.2.2"));
    }

    [Theory]
    [InlineData(Proxy)]
    [InlineData("10.0.0.0/8")]
    [InlineData("192.0.2.200, 10.1.0.0/16")]
    public async Task What_a_proxy_of_ours_says_is_believed(string proxies)
    {
        await using var app = engine.Fresh(OneFailure, ("Http:TrustedProxies", proxies));
        Assert.False(await SharesAFailure(app, Proxy, Guest, "192.0.2.2"));
        Assert.True(await SharesAFailure(app, Proxy, Guest, Guest));
        Assert.False(await SharesAFailure(app, $"::ffff:{Proxy}", Guest, "192.0.2.2"));
    }

    [Fact]
    public async Task With_proxies_of_ours_nobody_else_is_believed_not_even_this_machine()
    {
        await using var app = engine.Fresh(OneFailure, ("Http:TrustedProxies", Proxy));
        foreach (var stranger in new[] { "10.1.2.4", "127.0.0.1", "::1" }) Assert.True(await SharesAFailure(app, stranger, Guest, "192.0.2.2"));
    }

    [Fact]
    public async Task What_stood_in_the_header_before_our_proxies_wrote_is_not_believed()
    {
        await using var app = engine.Fresh(OneFailure, ("Http:TrustedProxies", "10.0.0.0/8"));
        Assert.True(await SharesAFailure(app, Proxy, $"1.1.1.1, {Guest}, 10.9.9.9", $"2.2.2.2, {Guest}"));
        Assert.True(await SharesAFailure(app, Proxy, $"nonsense, {Guest}", Guest));
    }

    /// <summary>Whether a failure that comes by the first header shuts out who comes by the second.</summary>
    private static async Task<bool> SharesAFailure(EcommerceApp app, string sender, string first, string second)
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        await Login(first, "not the password").ShouldBeProblem(401, "invalid_credentials");
        return (int)(await Login(second, People.Password)).StatusCode == 429;

        Task<HttpResponseMessage> Login(string forwarded, string password) =>
            app.From(sender).Post("/user/login", new { email, password }, ("X-Forwarded-For", forwarded));
    }
}
