using System.Text.RegularExpressions;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Simulation;
using Ecommerce.Api.Tests.Users;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Ecommerce.Api.Tests.Http;

/// <summary>Beside nothing else: the pattern is the whole process's.</summary>
[Collection(nameof(WholeMachine))]
public sealed class SlowPatternTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task A_good_token_is_good_however_slow_the_machine_is()
    {
        using var client = app.ClientFor(await app.NewUser());
        var pattern = JwtTokenUtilities.RegexJws;
        try
        {
            JwtTokenUtilities.RegexJws = new("^(([A-Za-z0-9-_]+[.]?)+)+!$", RegexOptions.None, TimeSpan.FromMilliseconds(1));
            Assert.Throws<RegexMatchTimeoutException>(() => JwtTokenUtilities.RegexJws.IsMatch("header.payload.signature-of-some-length"));
            await client.Get("/user/profile").ShouldBe(200);
        }
        finally
        {
            JwtTokenUtilities.RegexJws = pattern;
        }
    }
}
