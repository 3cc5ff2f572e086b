using System.Net;
using Ecommerce.Api.Http;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Users;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Users;

public abstract class LoginThrottleTests(EcommerceApp engine)
{
    private const string Wrong = "not the password";
    private static readonly (string, string)[] Limits =
        [("Auth:Throttle:AccountFailures", "3"), ("Auth:Throttle:AddressFailures", "6"), ("Auth:Throttle:AccountFailuresAnywhere", "5")];

    [Fact]
    public async Task After_so_many_failures_an_account_is_shut_to_the_address_until_the_window_ends()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.NewUser(email);
        await app.From("192.0.2.1").Fail(email);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.From("192.0.2.1").Fail(email, times: 2);

        var blocked = await app.From("192.0.2.1").Login(email);
        var problem = await blocked.ShouldBeProblem(429, "too_many_attempts");
        Assert.Equal("Wait as long as Retry-After says, or reset the password.", problem.Text("detail"));
        Assert.Equal(TimeSpan.FromMinutes(10), blocked.Headers.RetryAfter!.Delta);
        Assert.Equal((0, 1), (blocked.Cost().WriteUnits, blocked.Cost().Calls));

        app.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var last = await app.From("192.0.2.1").Login(email);
        await last.ShouldBeProblem(429, "too_many_attempts");
        Assert.Equal(TimeSpan.FromSeconds(1), last.Headers.RetryAfter!.Delta);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await app.From("192.0.2.1").Login(email).ShouldBe(200);
    }

    [Fact]
    public async Task Failures_before_do_not_make_a_login_dearer_and_successes_are_not_counted()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.NewUser(email);
        await app.From("192.0.2.1").Fail(email, times: 2);
        for (var n = 0; n < 8; n++)
        {
            var login = await app.From("192.0.2.1").Login(email);
            await login.ShouldBe(200);
            Assert.Equal(app.Store.Engine == "DynamoDb" ? (2, 1, 2) : (0, 0, 2), login.Cost());
        }

        await app.From("192.0.2.1").Fail(email);
        await app.From("192.0.2.1").Login(email).ShouldBeProblem(429, "too_many_attempts");
    }

    [Fact]
    public async Task A_stranger_shuts_out_nobody_but_the_own_address()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.NewUser(email);
        await app.From("192.0.2.1").Fail(email, times: 3);
        for (var n = 0; n < 20; n++) await app.From("192.0.2.1").Login(email, Wrong).ShouldBeProblem(429, "too_many_attempts");
        await app.From("192.0.2.2").Login(email).ShouldBe(200);
    }

    [Fact]
    public async Task An_account_guessed_at_from_everywhere_is_shut_for_a_window_and_no_longer()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.NewUser(email);
        for (var n = 1; n <= 5; n++) await app.From($"192.0.2.{n}").Fail(email);
        await app.From("192.0.2.9").Login(email).ShouldBeProblem(429, "too_many_attempts");
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await app.From("192.0.2.9").Login(email).ShouldBe(200);
    }

    [Fact]
    public async Task An_address_that_fails_at_many_accounts_is_shut_out_from_all()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.NewUser(email);
        for (var n = 0; n < 6; n++) await app.From("192.0.2.1").Fail(People.NewEmail());
        await app.From("192.0.2.1").Login(email).ShouldBeProblem(429, "too_many_attempts");
        await app.From("192.0.2.2").Login(email).ShouldBe(200);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_shut_to_an_address_like_one_that_does()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.From("192.0.2.1").Fail(email, times: 3);
        await app.From("192.0.2.1").Login(email).ShouldBeProblem(429, "too_many_attempts");
        await app.From("192.0.2.2").Fail("not an address", times: 3);
        await app.From("192.0.2.2").Login("another thing").ShouldBeProblem(429, "too_many_attempts");
    }

    [Theory]
    [InlineData("ada.{0}@example.com", "ADA.{0}@EXAMPLE.COM")]
    [InlineData("fine.{0}@example.com", "ﬁne.{0}＠example.com")]
    [InlineData("zo\u00eb.{0}@example.com", "zoe\u0308.{0}@example.com")]
    public async Task Another_way_to_type_an_address_is_no_way_around(string one, string other)
    {
        await using var app = engine.Fresh(Limits);
        var unique = Guid.NewGuid().ToString("N");
        (one, other) = (string.Format(null, one, unique), string.Format(null, other, unique));
        await app.NewUser(one);
        await app.From("192.0.2.1").Fail(one, times: 2);
        await app.From("192.0.2.1").Fail(other);
        await app.From("192.0.2.1").Login(one).ShouldBeProblem(429, "too_many_attempts");
    }

    [Fact]
    public async Task Guesses_at_once_do_not_slip_past_the_limit()
    {
        await using var app = engine.Fresh(Limits);
        var email = People.NewEmail();
        await app.NewUser(email);
        var client = app.From("192.0.2.1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Login(email, Wrong)));
        Assert.Equal((3, 7), (answers.Count(answer => (int)answer.StatusCode == 401), answers.Count(answer => (int)answer.StatusCode == 429)));
    }

    [Fact]
    public async Task Failures_at_many_accounts_at_once_are_all_counted()
    {
        await using var app = engine.Fresh();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.Anonymous.Fail(People.NewEmail())));
        var kept = await app.Store.Get(ClientFailures.KeyOf(new("unknown")), consistent: true, TestContext.Current.CancellationToken);
        Assert.Equal((12, 12), (kept!.Number("total"), kept.MapOrNull("accounts")!.Count));
        Assert.Equal(kept.Number("since") + 15 * 60 * 1000, kept.Number("lapsesAt") * 1000, 1000d);
    }

    [Fact]
    public async Task A_failure_that_is_counted_while_another_is_loses_neither()
    {
        await using var app = engine.Fresh();
        var email = People.NewEmail();
        await app.NewUser(email);
        var (watched, store) = app.Watched();
        await using var owned = watched;
        store.BeforeTheNextCommit(() => app.Anonymous.Fail(email));
        await watched.Client().Fail(email);
        var address = await app.Store.Get(ClientFailures.KeyOf(new("unknown")), consistent: true, TestContext.Current.CancellationToken);
        var login = await app.Store.Get(Credentials.KeyOf(email), consistent: true, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (address!.Number("total"), login!.Number("failures")));
    }
}

public sealed class LoginThrottleTests_on_Sqlite(SqliteApp app) : LoginThrottleTests(app), IClassFixture<SqliteApp>;

public sealed class LoginThrottleTests_on_DynamoDb(DynamoDbApp app) : LoginThrottleTests(app), IClassFixture<DynamoDbApp>;

/// <summary>The decision by itself.</summary>
public sealed class LoginThrottleDecisionTests
{
    private static readonly DateTime Now = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
    private static readonly ThrottleSettings Limits = new(2, 4, 3, TimeSpan.FromMinutes(15));

    [Fact]
    public void Nothing_failed_and_nothing_is_shut() => Assert.Null(Limits.BlockedUntil(Failures(0), "a", default, Now));

    [Fact]
    public void The_limits_are_reached_by_the_last_failure_that_is_allowed()
    {
        Assert.Null(Limits.BlockedUntil(Failures(1), "a", new(Now, 3), Now));
        Assert.NotNull(Limits.BlockedUntil(Failures(2), "a", default, Now));
        Assert.Null(Limits.BlockedUntil(Failures(2), "b", default, Now));
        Assert.NotNull(Limits.BlockedUntil(Failures(3), "b", default, Now));
        Assert.NotNull(Limits.BlockedUntil(Failures(0), "a", new(Now, 4), Now));
    }

    [Fact]
    public void Who_is_shut_out_twice_waits_for_the_later_end()
    {
        var early = Now - TimeSpan.FromMinutes(5);
        Assert.Equal(Now + Limits.Window, Limits.BlockedUntil(Failures(2), "a", new(early, 4), Now));
        Assert.Equal(Now + Limits.Window, Limits.BlockedUntil(Failures(2, early), "a", new(Now, 4), Now));
        Assert.Equal(early + Limits.Window, Limits.BlockedUntil(Failures(2, early), "a", default, Now));
    }

    [Fact]
    public void A_window_is_over_at_its_end_and_the_next_failure_opens_another()
    {
        var later = Now + Limits.Window;
        Assert.NotNull(Limits.BlockedUntil(Failures(2), "a", default, later - TimeSpan.FromMilliseconds(1)));
        Assert.Null(Limits.BlockedUntil(Failures(2), "a", new(Now, 4), later));
        var next = Failures(2).Add("b", later, Limits.Window);
        Assert.Equal((later, 1, 0L, 1L), (next.Total.Since, next.Total.Count, next.At("a"), next.At("b")));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1%3", "2001:db8:1:2::/64")]
    public void An_address_counts_as_one_machine_or_household(string address, string counted) =>
        Assert.Equal(counted, ClientAddress.Of(IPAddress.Parse(address)).Text);

    [Fact]
    public void An_address_nobody_knows_is_one() => Assert.Equal("unknown", ClientAddress.Of(null).Text);

    private static ClientFailures Failures(int atA, DateTime? since = null)
    {
        var failures = ClientFailures.Of(new("192.0.2.1"), null);
        for (var n = 0; n < atA; n++) failures = failures.Add("a", since ?? Now, Limits.Window);
        return failures;
    }
}
