using System.Diagnostics;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Issuer;
using Ecommerce.Api.Users.External;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Users.External;

/// <summary>How the shop comes by the issuer's keys, and what happens while it cannot.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private static readonly string[] OneFetch = ["/.well-known/openid-configuration", "/keys"];
    private readonly SqliteExternalShop _shop = new();

    private IssuerStandIn Issuer => _shop.Issuer;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Nothing_is_fetched_before_a_token_asks_for_it_and_then_once_for_many()
    {
        await _shop.App.Anonymous.Get("/product").ShouldBe(200);
        Assert.Empty(Issuer.Requests);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _shop.Client().Get("/user/profile").ShouldBe(200)));
        Assert.Equal(OneFetch, Issuer.Requests);
    }

    [Fact]
    public async Task A_new_key_is_good_at_once_and_a_retired_one_no_more()
    {
        var old = Issuer.Keys[0];
        await Profile(old).ShouldBe(200);
        Pass(IssuerKeys.FirstInterval);
        Issuer.Keys = [IssuerKey.New("ES256")];
        await Profile(Issuer.Keys[0]).ShouldBe(200);
        await Profile(old).ShouldBeProblem(401, "unauthorized");
        Assert.Equal([.. OneFetch, .. OneFetch], Issuer.Requests);
    }

    [Fact]
    public async Task A_key_made_anew_under_its_old_name_replaces_the_old_one()
    {
        var old = Issuer.Keys[0];
        await Profile(old).ShouldBe(200);
        Issuer.Keys = [IssuerKey.New(id: old.Id)];
        await StaleKeysAreFetched();
        await Profile(old).ShouldBeProblem(401, "unauthorized");
        await Profile(Issuer.Keys[0]).ShouldBe(200);
    }

    [Fact]
    public async Task Keys_beside_each_other_are_all_good()
    {
        Issuer.Keys = [IssuerKey.New(), IssuerKey.New("ES256"), IssuerKey.New("PS256")];
        foreach (var key in Issuer.Keys) await Profile(key).ShouldBe(200);
        Assert.Equal(OneFetch, Issuer.Requests);
    }

    [Fact]
    public async Task A_token_that_names_no_key_is_tried_with_all()
    {
        Issuer.Keys = [IssuerKey.New("ES256"), IssuerKey.New("RS256")];
        foreach (var key in Issuer.Keys) await With(Jwt.Write(new { alg = key.Algorithm }, _shop.Claims(), key.Sign)).ShouldBe(200);
    }

    [Fact]
    public async Task Keys_that_do_not_exist_are_asked_for_twice_a_minute_at_most()
    {
        await Profile(Issuer.Keys[0]).ShouldBe(200);
        for (var second = 0; second < 60; second += 2)
        {
            await Profile(new("unknown", "RS256", _ => new byte[256], [])).ShouldBeProblem(401, "unauthorized");
            Pass(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(Issuer.Requests.Count, 4, 6);
        await Profile(Issuer.Keys[0]).ShouldBe(200);
    }

    [Fact]
    public async Task A_retired_key_is_refused_within_the_hour_also_when_no_new_one_shows_up()
    {
        var retired = IssuerKey.New("ES256");
        Issuer.Keys = [Issuer.Keys[0], retired];
        await Profile(retired).ShouldBe(200);
        Issuer.Keys = [Issuer.Keys[0]];
        await Profile(retired).ShouldBe(200);
        await StaleKeysAreFetched();
        await Profile(retired).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_key_that_was_retired_while_nobody_came_is_not_taken_once_more()
    {
        var retired = IssuerKey.New("ES256");
        Issuer.Keys = [Issuer.Keys[0], retired];
        await Profile(retired).ShouldBe(200);
        Issuer.Keys = [Issuer.Keys[0]];
        Pass(IssuerKeys.MaxAge);
        await Profile(retired).ShouldBeProblem(401, "unauthorized");
        await Profile(Issuer.Keys[0]).ShouldBe(200);
        Assert.Equal([.. OneFetch, .. OneFetch], Issuer.Requests);
    }

    [Fact]
    public async Task Keys_that_cannot_be_fetched_anew_are_good_until_they_are_too_old()
    {
        await Profile(Issuer.Keys[0]).ShouldBe(200);
        Issuer.Mood = IssuerMood.Failing;
        Pass(IssuerKeys.MaxAge - TimeSpan.FromSeconds(1));
        await Profile(Issuer.Keys[0]).ShouldBe(200);
        Assert.True(await FetchIsOver());
        Pass(TimeSpan.FromSeconds(1));
        await Profile(Issuer.Keys[0]).ShouldBeProblem(503, "unavailable");

        Issuer.Mood = IssuerMood.Well;
        Pass(IssuerKeys.MinInterval);
        await Profile(Issuer.Keys[0]).ShouldBe(200);
    }

    [Theory]
    [InlineData(nameof(IssuerMood.Away))]
    [InlineData(nameof(IssuerMood.Failing))]
    [InlineData(nameof(IssuerMood.Garbled))]
    [InlineData(nameof(IssuerMood.Impostor))]
    [InlineData(nameof(IssuerMood.Keyless))]
    public async Task An_issuer_that_cannot_tell_its_keys_is_a_503_until_it_can(string mood)
    {
        Issuer.Mood = Enum.Parse<IssuerMood>(mood);
        await Profile(Issuer.Keys[0]).ShouldBeProblem(503, "unavailable");
        await With(_shop.Token(), "/product").ShouldBe(200);
        await (await _shop.App.NewUsersClient()).Get("/user/profile").ShouldBe(200);
        var asked = Issuer.Requests.Count;
        await Profile(Issuer.Keys[0]).ShouldBeProblem(503, "unavailable");
        Assert.Equal(asked, Issuer.Requests.Count);
        Assert.Contains(_shop.App.Log.Lines, line => line.Category == typeof(IssuerKeys).FullName && line.Exception is not null);

        Issuer.Mood = IssuerMood.Well;
        Pass(IssuerKeys.FirstInterval);
        await Profile(Issuer.Keys[0]).ShouldBe(200);
    }

    [Fact]
    public async Task An_issuer_that_hangs_holds_nobody_for_longer_than_its_time()
    {
        Issuer.Mood = IssuerMood.Hanging;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Profile(Issuer.Keys[0]).ShouldBeProblem(503, "unavailable")));
        Assert.InRange(Stopwatch.GetElapsedTime(started), IssuerKeys.Timeout * 0.9, IssuerKeys.Timeout * 2);
        Assert.Single(Issuer.Requests);
    }

    [Fact]
    public async Task Known_keys_go_on_working_without_waiting_while_the_issuer_hangs()
    {
        await Profile(Issuer.Keys[0]).ShouldBe(200);
        Issuer.Mood = IssuerMood.Hanging;
        Pass(IssuerKeys.RefreshAge);
        var unknown = Profile(IssuerKey.New());
        var started = Stopwatch.GetTimestamp();
        for (var request = 0; request < 5; request++) await Profile(Issuer.Keys[0]).ShouldBe(200);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, IssuerKeys.Timeout * 0.6);
        Assert.False(unknown.IsCompleted);
        await unknown.ShouldBeProblem(401, "unauthorized");
        await Profile(Issuer.Keys[0]).ShouldBe(200);
    }

    private void Pass(TimeSpan time) => _shop.App.Clock.Advance(time);

    /// <summary>Lets the time pass after which keys are fetched beside a request, and waits for that.</summary>
    private async Task StaleKeysAreFetched()
    {
        var wanted = Issuer.Requests.Count + OneFetch.Length;
        Pass(IssuerKeys.RefreshAge);
        await With(_shop.Token(), "/product").ShouldBe(200);
        await FetchIsOver();
        Assert.Equal(wanted, Issuer.Requests.Count);
    }

    /// <summary>Who asks for a key that is not known waits for the fetch that is under way.</summary>
    private Task<bool> FetchIsOver() => _shop.App.Services.GetRequiredService<IssuerKeys>().Learn("unknown", TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> Profile(IssuerKey key) => With(_shop.Token(key: key));

    private Task<HttpResponseMessage> With(string token, string path = "/user/profile") => _shop.App.ClientWith(token).Get(path);
}
