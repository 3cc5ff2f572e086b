using System.Text.RegularExpressions;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
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
        var mail = Assert.Single(app.Mail.PasswordsTo(email));
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
        Assert.Contains($"on this page:\n\n    https://shop.example/password?lang=en&token={token}\n", Assert.Single(linked.Mail.PasswordsTo(email)).Text);
    }

    [Fact]
    public async Task Whether_there_is_an_account_nobody_is_told_by_answer_or_cost()
    {
        await using var alone = app.Fresh();
        var (known, unknown) = (People.NewEmail(), People.NewEmail());
        await alone.NewUser(known);
        await alone.Anonymous.Forgot(People.NewEmail());
        var (first, other) = (await Costs(known), await Costs(unknown));
        Assert.Equal(first, other);
        Assert.Equal(2, first[0].Calls);
        Assert.InRange(first[0].WriteUnits, 0, 6);
        Assert.Equal((0, 1), (first[1].WriteUnits, first[1].Calls));

        // That it is no address whoever types it knows.
        Assert.All(await Costs("not an address"), cost => Assert.Equal((0, 0, 0), cost));
        Assert.All(await Costs(new string('x', 10_000)), cost => Assert.Equal((0, 0, 0), cost));
        Assert.Single(alone.Mail.PasswordsTo(known));
        Assert.Empty(alone.Mail.To(unknown));

        // Asked for the first time, at once again, and again when it was sent.
        async Task<IReadOnlyList<(double ReadUnits, double WriteUnits, int Calls)>> Costs(string email)
        {
            var (asked, again) = (await Ask(email), await Ask(email));
            await alone.Deliver();
            return [asked, again, await Ask(email)];
        }

        async Task<(double ReadUnits, double WriteUnits, int Calls)> Ask(string email)
        {
            var answer = await alone.Anonymous.Post("/user/password/forgot", new { email });
            (await answer.ShouldBe(202)).ShouldRead("""{"message":"If the address has an account, a mail is on its way"}""");
            return answer.Cost();
        }
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
        Assert.Single(alone.Mail.PasswordsTo(email));

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
        Assert.Equal(mailed, (await app.Mail.WaitForPassword(mailed)).To);
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
            if (mail.To == lucky || CapturedMail.Token(mail).Length == 0) return Task.CompletedTask;
            secret = CapturedMail.Token(mail).Split('.')[1];
            throw mail.To == unlucky ? new MailException("The mailbox is full.", isOfThisMail: true) : new InvalidOperationException($"No {mail.To}: {mail.Text}");
        });
        await alone.Anonymous.Forgot(unlucky);
        await alone.Anonymous.Forgot(cursed);
        await alone.ResetToken(lucky);
        for (var pass = 0; pass < 2; pass++) await alone.Deliver();
        Assert.Single(alone.Log.Lines, line => line.Level == LogLevel.Warning && line.Message.EndsWith(" (PASSWORD_RESET) was not sent at try 1: The mailbox is full.", StringComparison.Ordinal));
        Assert.Single(alone.Log.Lines, line => line.Level == LogLevel.Error && line.Message.Contains(" failed unexpectedly: InvalidOperationException\n", StringComparison.Ordinal));
        foreach (var told in new[] { secret, unlucky, cursed })
            Assert.DoesNotContain(alone.Log.Lines, line => $"{line.Message} {line.Exception}".Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_was_not_taken_is_sent_again_with_a_token_that_is_good()
    {
        await using var alone = app.Fresh();
        var email = People.NewEmail();
        await alone.NewUser(email);
        var (lost, lostId) = ("", "");
        alone.Mail.Before(mail =>
        {
            if (CapturedMail.Token(mail) is not { Length: > 0 } token || lost.Length > 0) return Task.CompletedTask;
            (lost, lostId) = (token, mail.Id);
            throw new MailException("The server is full.");
        });
        await alone.Anonymous.Forgot(email);
        await alone.Dispatch();
        await alone.Deliver();
        Assert.NotEmpty(lost);
        Assert.Empty(alone.Mail.PasswordsTo(email));

        alone.Clock.Advance(Backoff.After(1));
        var again = await alone.Mail.WaitForPassword(email);
        var token = CapturedMail.Token(again);

        // Another mail, which no program takes for the lost one.
        Assert.NotEqual(lostId, again.Id);
        await alone.Anonymous.Reset(lost).ShouldBeProblem(400, "invalid_token");
        await (await alone.Anonymous.Reset(token)).ShouldBeEmpty(204);
    }

    [Fact]
    public async Task What_was_asked_for_and_cannot_be_sent_for_an_hour_is_forgotten()
    {
        await using var alone = app.Fresh();
        var email = People.NewEmail();
        await alone.NewUser(email);
        await alone.Anonymous.Forgot(email);
        alone.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await alone.Deliver();
        Assert.Empty(alone.Mail.PasswordsTo(email));
        await alone.ResetToken(email);
    }

    [Fact]
    public async Task What_waits_when_the_process_ends_is_sent_by_the_next()
    {
        await using var alone = app.Fresh();
        var emails = Enumerable.Range(0, 5).Select(_ => People.NewEmail()).ToList();
        foreach (var email in emails) await alone.NewUser(email);
        await using (var ending = alone.WithWebHostBuilder(_ => { }))
            foreach (var email in emails) await ending.Client().Forgot(email);
        foreach (var email in emails) await alone.Mail.WaitForPassword(email);
        Assert.All(emails, email => Assert.Single(alone.Mail.PasswordsTo(email)));
    }

    [Fact]
    public async Task The_store_keeps_an_address_only_until_it_was_written_to()
    {
        await using var alone = app.Fresh();
        var email = People.NewEmail();
        await alone.NewUser(email);
        foreach (var asked in new[] { email, People.NewEmail() })
        {
            await alone.Anonymous.Forgot(asked);
            var key = Delivery.KeyOf(Ids.Derive("ntf", "password", asked));
            var waiting = (await alone.Store.Get(key, consistent: true, TestContext.Current.CancellationToken))!;
            Assert.Contains(asked, waiting.ToString());
            Assert.Equal(alone.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() + 1, waiting.Number("lapsesAt"));
            await alone.Deliver();
            var over = (await alone.Store.Get(key, consistent: true, TestContext.Current.CancellationToken))!;
            Assert.DoesNotContain(asked, over.ToString());
            Assert.Equal((asked == email ? "SENT" : "SKIPPED", waiting.Number("lapsesAt")), (over.Text("status"), over.Number("lapsesAt")));
        }
    }

    [Fact]
    public async Task Whoever_asks_for_very_many_is_told_to_come_again_and_nobody_else_is()
    {
        await using var strict = app.Fresh(("Auth:Throttle:AddressFailures", "3"));
        var email = People.NewEmail();
        await strict.NewUser(email);
        var client = strict.From("192.0.2.1");

        // What cannot be an address takes nobody's place, and neither does what was asked for just before.
        for (var n = 0; n < 10; n++) await client.Forgot($"nobody {n}");
        for (var n = 0; n < 10; n++) await client.Forgot("nobody@example.com");
        for (var n = 0; n < 2; n++) await client.Forgot(People.NewEmail());
        var refused = await client.Post("/user/password/forgot", new { email });
        await refused.ShouldBeProblem(429, "too_many_attempts");
        Assert.Equal(TimeSpan.FromMinutes(15), refused.Headers.RetryAfter?.Delta);
        await strict.From("192.0.2.2").Forgot(email);
        await strict.Mail.WaitForPassword(email);

        strict.Clock.Advance(TimeSpan.FromMinutes(15));
        await client.Forgot(email);
        await strict.Mail.WaitForPassword(email, nth: 2);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_all_are_sent_a_mail_and_each_one()
    {
        await using var alone = app.Fresh();
        var emails = Enumerable.Range(0, 6).Select(_ => People.NewEmail()).ToList();
        foreach (var email in emails) await alone.NewUser(email);
        await Task.WhenAll(emails.Concat(emails).Select(email => alone.Anonymous.Forgot(email)));
        foreach (var email in emails) await alone.Mail.WaitForPassword(email);
        Assert.All(emails, email => Assert.Single(alone.Mail.PasswordsTo(email)));
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

    private Task<Item?> Kept(string userId) => app.Store.Get(PasswordReset.KeyOf(userId), consistent: true, TestContext.Current.CancellationToken);
}

public sealed class PasswordResetTests_on_Sqlite(SqliteApp app) : PasswordResetTests(app), IClassFixture<SqliteApp>;

public sealed class PasswordResetTests_on_DynamoDb(DynamoDbApp app) : PasswordResetTests(app), IClassFixture<DynamoDbApp>;
