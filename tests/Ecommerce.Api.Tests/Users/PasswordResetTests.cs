using System.Text.RegularExpressions;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Users;
using Ecommerce.Storage;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Users;

public abstract class PasswordResetTests(EcommerceApp app)
{
    private const string NoToken = "usr_00000000000000000000000000.0000000000000000000000000000000000000000000";

    [Fact]
    public async Task A_mailed_token_sets_a_new_password_once_and_ends_every_session()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var session = await app.Session(email);
        var token = await app.ResetToken(email);
        await (await app.Anonymous.Reset(token)).ShouldBeEmpty(204);
        await app.Anonymous.Login(email).ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Login(email, People.NewPassword).ShouldBe(200);
        await app.Anonymous.Refresh(session).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Reset(token, "yet another password").ShouldBeProblem(400, "invalid_token");
        await app.Anonymous.Login(email, People.NewPassword).ShouldBe(200);
    }

    [Fact]
    public async Task The_mail_says_what_to_do_and_the_store_keeps_only_a_hash()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var token = await app.ResetToken(email);
        var mail = Assert.Single(app.Mail.To(email));
        Assert.Equal("Choose a new password", mail.Subject);
        Assert.Equal($"""
            Hello,

            somebody, we hope you, asked for a new password for the account with this address. Choose one
            with this token, where it is asked for:

                {token}

            It is good for 30 minutes, and once.
            If it was not you, there is nothing to do: your password is as it was.

            """, mail.Text);
        var kept = await Kept(userId);
        Assert.Equal(["lapsesAt", "owner", "record", "secretHash", "sentAt", "version"], kept!.Select(attribute => attribute.Key).Order());
        Assert.DoesNotContain(token.Split('.')[1], kept!.ToString());
        Assert.Equal(app.Clock.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds() + 1, kept.Number("lapsesAt"));
    }

    [Fact]
    public async Task Where_there_is_a_page_for_it_the_mail_leads_there()
    {
        await using var linked = app.Fresh(("Shop:ResetUrl", "https://shop.example/password?lang=en"));
        var email = People.NewEmail();
        await linked.NewUser(email);
        var token = await linked.ResetToken(email);
        Assert.Contains($"on this page:\n\n    https://shop.example/password?lang=en&token={token}\n", Assert.Single(linked.Mail.To(email)).Text);
    }

    [Fact]
    public async Task Whether_there_is_an_account_nobody_is_told_by_answer_or_cost()
    {
        var (known, witness) = (People.NewEmail(), People.NewEmail());
        await app.NewUser(known);
        await app.NewUser(witness);
        foreach (var email in new[] { known, People.NewEmail(), "not an address", new string('x', 10_000) })
        {
            var answer = await app.Anonymous.Post("/user/password/forgot", new { email });
            (await answer.ShouldBe(202)).ShouldRead("""{"message":"If the address has an account, a mail is on its way"}""");
            Assert.Equal((0, 0, 0), answer.Cost());
        }

        await app.ResetToken(witness);
        Assert.Single(app.Mail.To(known));
    }

    [Fact]
    public async Task A_second_mail_comes_after_a_minute_and_its_token_replaces_the_first()
    {
        await using var alone = app.Fresh();
        var (email, witness) = (People.NewEmail(), People.NewEmail());
        await alone.NewUser(email);
        await alone.NewUser(witness);
        var first = await alone.ResetToken(email);

        alone.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        await alone.Anonymous.Forgot(email);
        await alone.ResetToken(witness);
        Assert.Single(alone.Mail.To(email));

        alone.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await alone.ResetToken(email, nth: 2);
        await alone.Anonymous.Reset(first).ShouldBeProblem(400, "invalid_token");
        await (await alone.Anonymous.Reset(second)).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task A_token_is_good_to_the_edge_of_its_time()
    {
        await using var alone = app.Fresh();
        var (early, late) = (People.NewEmail(), People.NewEmail());
        await alone.NewUser(early);
        await alone.NewUser(late);
        var (good, lapsed) = (await alone.ResetToken(early), await alone.ResetToken(late));
        alone.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        await (await alone.Anonymous.Reset(good)).ShouldBeEmpty(204);
        alone.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await alone.Anonymous.Reset(lapsed).ShouldBeProblem(400, "invalid_token");
    }

    [Fact]
    public async Task Every_token_that_is_not_good_gets_the_same_answer()
    {
        var (email, other) = (People.NewEmail(), People.NewEmail());
        await app.NewUser(email);
        var otherId = await app.NewUser(other);
        var (token, spent) = (await app.ResetToken(email), await app.ResetToken(other));
        await (await app.Anonymous.Reset(spent)).ShouldBeEmpty(204);
        string[] bad = ["nonsense", "a.b", NoToken, NoToken + "x", spent, $"{otherId}.{token.Split('.')[1]}", token[..^1] + (token[^1] == 'A' ? 'E' : 'A'), token + "\0"];
        var answers = new List<string>();
        foreach (var one in bad) answers.Add(Regex.Replace((await app.Anonymous.Reset(one).ShouldBeProblem(400, "invalid_token")).GetRawText(), "[0-9a-f]{32}", ""));
        Assert.Single(answers.Distinct());
        await (await app.Anonymous.Reset(token)).ShouldBeEmpty(204);
    }

    [Theory]
    [InlineData("{}", "token", "newPassword")]
    [InlineData("""{ "token": "", "newPassword": "password" }""", "token", "newPassword")]
    [InlineData("""{ "token": 1, "newPassword": "long enough" }""", "token")]
    public async Task Every_field_that_is_wrong_is_named(string body, params string[] fields) =>
        await app.Anonymous.Post("/user/password/reset", body).ShouldBeProblem(400, "validation_failed", fields);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "email": " " }""")]
    [InlineData("""{ "email": ["a@example.com"] }""")]
    public async Task An_address_is_needed(string body) =>
        await app.Anonymous.Post("/user/password/forgot", body).ShouldBeProblem(400, "validation_failed", "email");

    [Fact]
    public async Task A_password_that_is_refused_does_not_spend_the_token()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var token = await app.ResetToken(email);
        await app.Anonymous.Reset(token, "short").ShouldBeProblem(400, "validation_failed", "newPassword");
        await app.Anonymous.Reset(token, "PASSWORD1").ShouldBeProblem(400, "validation_failed", "newPassword");
        await (await app.Anonymous.Reset(token)).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task Of_many_who_use_one_token_at_once_one_succeeds()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var token = await app.ResetToken(email);
        var passwords = Enumerable.Range(0, 5).Select(n => $"new password {n}").ToList();
        var answers = await Task.WhenAll(passwords.Select(password => app.Anonymous.Reset(token, password)));
        var winner = Assert.Single(answers, answer => (int)answer.StatusCode == 204);
        foreach (var loser in answers.Where(answer => answer != winner)) await loser.ShouldBeProblem(400, "invalid_token");
        await app.Anonymous.Login(email, passwords[Array.IndexOf(answers, winner)]).ShouldBe(200);
    }

    [Theory]
    [InlineData("ada.{0}@example.com", "ADA.{0}@EXAMPLE.COM", "ada.{0}@example.com")]
    [InlineData("Fine.{0}@example.com", "ﬁne.{0}＠example.com", "Fine.{0}@example.com")]
    [InlineData("zo\u00eb.{0}@example.com", "zoe\u0308.{0}@example.com", "zo\u00eb.{0}@example.com")]
    [InlineData("{0}＠example.com", "{0}@EXAMPLE.com", "{0}@example.com")]
    public async Task However_the_address_is_typed_the_mail_goes_where_the_account_is(string registered, string typed, string mailed)
    {
        var unique = Guid.NewGuid().ToString("N");
        (registered, typed, mailed) = (string.Format(null, registered, unique), string.Format(null, typed, unique), string.Format(null, mailed, unique));
        await app.NewUser(registered);
        await app.Anonymous.Forgot(typed);
        Assert.Equal(mailed, (await app.Mail.Wait(mailed)).To);
    }

    [Fact]
    public async Task Whoever_resets_the_password_is_not_shut_out_for_the_guesses_before()
    {
        await using var strict = app.Fresh(("Auth:Throttle:AccountFailures", "2"), ("Auth:Throttle:AccountFailuresAnywhere", "3"));
        var email = People.NewEmail();
        await strict.NewUser(email);
        await strict.From("192.0.2.2").Fail(email);
        await strict.From("192.0.2.1").Fail(email, times: 2);
        await strict.From("192.0.2.1").Login(email).ShouldBeProblem(429, "too_many_attempts");
        await (await strict.From("192.0.2.1").Reset(await strict.ResetToken(email))).ShouldBeEmpty(204);
        await strict.From("192.0.2.1").Login(email, People.NewPassword).ShouldBe(200);
        await strict.From("192.0.2.2").Login(email, People.NewPassword).ShouldBe(200);
    }

    [Fact]
    public async Task A_failed_login_at_the_same_moment_does_not_stand_in_the_way()
    {
        var email = People.NewEmail();
        await app.NewUser(email);
        var token = await app.ResetToken(email);
        var (watched, store) = app.Watched();
        await using var owned = watched;
        store.BeforeTheNextCommit(() => app.Anonymous.Fail(email));
        await (await watched.Client().Reset(token)).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_sent_is_logged_without_its_reader_and_the_next_one_is_sent()
    {
        await using var alone = app.Fresh();
        var (unlucky, cursed, lucky) = (People.NewEmail(), People.NewEmail(), People.NewEmail());
        foreach (var email in new[] { unlucky, cursed, lucky }) await alone.NewUser(email);
        var secret = "";
        alone.Mail.Before(mail =>
        {
            if (mail.To == lucky) return Task.CompletedTask;
            secret = CapturedMail.Token(mail).Split('.')[1];
            throw mail.To == unlucky ? new MailException("The server is full.") : new InvalidOperationException($"No {mail.To}: {mail.Text}");
        });
        await alone.Anonymous.Forgot(unlucky);
        await alone.Anonymous.Forgot(cursed);
        await alone.ResetToken(lucky);
        Assert.Single(alone.Log.Lines, line => line is { Level: LogLevel.Error, Message: "A password mail was not sent. The server is full." });
        Assert.Single(alone.Log.Lines, line => line.Level == LogLevel.Error && line.Message.StartsWith("A password mail failed unexpectedly: InvalidOperationException\n", StringComparison.Ordinal));
        foreach (var told in new[] { secret, unlucky, cursed })
            Assert.DoesNotContain(alone.Log.Lines, line => $"{line.Message} {line.Exception}".Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_when_the_process_is_told_to_end_is_still_sent()
    {
        await using var alone = app.Fresh();
        var emails = Enumerable.Range(0, 5).Select(_ => People.NewEmail()).ToList();
        foreach (var email in emails) await alone.NewUser(email);
        await using var ending = alone.WithWebHostBuilder(_ => { });
        var gate = new TaskCompletionSource();
        alone.Mail.Before(_ => gate.Task);
        foreach (var email in emails) await ending.Client().Forgot(email);
        var end = ending.DisposeAsync();
        gate.SetResult();
        await end;
        Assert.All(emails, email => Assert.Single(alone.Mail.To(email)));
    }

    [Fact]
    public async Task What_cannot_be_an_address_takes_nobodys_place()
    {
        await using var alone = app.Fresh();
        var (email, next) = (People.NewEmail(), People.NewEmail());
        await alone.NewUser(email);
        await alone.NewUser(next);
        var gate = await HeldUp(alone, email);
        var client = alone.Anonymous;
        for (var n = 0; n < 1_000; n++) await client.Forgot($"nobody {n}");
        await client.Forgot(next);
        gate.SetResult();
        await alone.Mail.Wait(next);
    }

    [Fact]
    public async Task A_password_that_is_changed_meanwhile_takes_the_token_back()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var token = await app.ResetToken(email);
        await (await app.ClientFor(userId).Post("/user/password", new { currentPassword = People.Password, newPassword = "chosen by its owner" })).ShouldBeEmpty(204);
        Assert.Null(await Kept(userId));
        await app.Anonymous.Reset(token).ShouldBeProblem(400, "invalid_token");
        await app.Anonymous.Login(email, "chosen by its owner").ShouldBe(200);
    }

    [Fact]
    public async Task More_requests_than_can_wait_are_told_to_come_again()
    {
        await using var alone = app.Fresh();
        var email = People.NewEmail();
        await alone.NewUser(email);
        var gate = await HeldUp(alone, email);
        var client = alone.Anonymous;
        for (var n = 0; n < 1_000; n++) await client.Forgot("nobody@example.com");
        await client.Post("/user/password/forgot", new { email }).ShouldBeProblem(503, "unavailable");
        gate.SetResult();
    }

    /// <summary>A mail is being sent to somebody, and all others wait behind it until the gate is opened.</summary>
    private static async Task<TaskCompletionSource> HeldUp(EcommerceApp alone, string email)
    {
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        alone.Mail.Before(_ =>
        {
            reached.TrySetResult();
            return gate.Task;
        });
        await alone.Anonymous.Forgot(email);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return gate;
    }

    private Task<Item?> Kept(string userId) => app.Store.Get(PasswordReset.KeyOf(userId), consistent: true, TestContext.Current.CancellationToken);
}

public sealed class PasswordResetTests_on_Sqlite(SqliteApp app) : PasswordResetTests(app), IClassFixture<SqliteApp>;

public sealed class PasswordResetTests_on_DynamoDb(DynamoDbApp app) : PasswordResetTests(app), IClassFixture<DynamoDbApp>;
