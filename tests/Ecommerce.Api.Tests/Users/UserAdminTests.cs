using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Users;

public abstract class UserAdminTests(EcommerceApp app)
{
    [Fact]
    public async Task Everybody_is_listed_newest_first_ten_to_a_page_at_the_price_of_a_page()
    {
        await using var alone = app.Fresh();
        var ids = new List<string>();
        for (var n = 0; n < 23; n++) ids.Add(await alone.NewUser());
        ids.Reverse();

        var response = await alone.Admin.Get("/user");
        var page = await response.ShouldBe(200);
        Assert.Equal(ids[..10], page.Items().Select(user => user.Text("userId")));
        Assert.Equal(10, page.GetProperty("count").GetInt32());
        Assert.Equal((0, 1), (response.Cost().WriteUnits, response.Cost().Calls));
        Assert.InRange(response.Cost().ReadUnits, 0, 2.5);
        Assert.Equal(["userId", "email", "name", "firstName", "lastName", "phone", "address", "role", "createdAt", "updatedAt"], page.Items().First().Names());

        var all = await alone.Admin.Pages("/user", 9);
        Assert.Equal(ids, all.Select(user => user.Text("userId")));
        await alone.Admin.Get("/user?limit=101").ShouldBeProblem(400, "validation_failed", "limit");
        await alone.Admin.Get("/user?limit=ten").ShouldBeProblem(400, "validation_failed", "limit");
        await alone.Admin.Get("/user?cursor=x.y").ShouldBeProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task An_account_that_is_made_for_somebody_waits_for_a_password_by_mail()
    {
        var email = People.NewEmail();
        var response = await app.Admin.Post("/user", new { name = " Sam ", email = $" {email} ", role = "admin", password = "ignored password" });
        var made = await response.ShouldBe(201);
        Assert.Equal(("Sam", email, "admin"), (made.Text("name"), made.Text("email"), made.Text("role")));
        Assert.Equal($"/user/{made.Text("userId")}", response.Headers.Location?.ToString());
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal(made.GetRawText(), (await app.Admin.Get($"/user/{made.Text("userId")}").ShouldBe(200)).GetRawText());

        await app.Anonymous.Login(email, "ignored password").ShouldBeProblem(401, "invalid_credentials");
        var mail = await app.Mail.WaitForPassword(email);
        Assert.Equal("Choose your password", mail.Subject);
        Assert.Contains("an account was made for you", mail.Text);
        await (await app.Anonymous.Reset(CapturedMail.Token(mail))).ShouldBeEmpty(204);
        var login = await app.Anonymous.Login(email, People.NewPassword).ShouldBe(200);
        Assert.Equal("admin", (await app.ClientWith(login.Text("token")).Profile()).Text("role"));
        await app.ClientWith(login.Text("token")).Get("/user").ShouldBe(200);
    }

    [Fact]
    public async Task An_account_is_a_customers_unless_it_is_said_otherwise() =>
        Assert.Equal("customer", (await app.Admin.Post("/user", new { name = "Sam", email = People.NewEmail() }).ShouldBe(201)).Text("role"));

    [Fact]
    public async Task An_address_that_is_taken_is_refused_and_nothing_is_mailed()
    {
        var (email, witness) = (People.NewEmail(), People.NewEmail());
        await app.NewUser(email);
        await app.Admin.Post("/user", new { name = "Sam", email = email.ToUpperInvariant() }).ShouldBeProblem(409, "email_taken");
        await app.Admin.Post("/user", new { name = "Sam", email = witness }).ShouldBe(201);
        await app.Mail.WaitForPassword(witness);
        Assert.Empty(app.Mail.PasswordsTo(email));
    }

    [Theory]
    [InlineData("{}", "email", "name")]
    [InlineData("""{ "name": " ", "email": "nobody" }""", "email", "name")]
    [InlineData("""{ "name": "Sam", "email": "a@example.com\r\nBcc: b@example.com" }""", "email")]
    [InlineData("""{ "name": "Sam", "email": "sam@example.com", "role": "boss" }""", "role")]
    [InlineData("""{ "name": "Sam", "email": "sam@example.com", "role": "" }""", "role")]
    [InlineData("""{ "name": 1, "email": "sam@example.com" }""", "name")]
    public async Task Every_field_that_is_wrong_is_named(string body, params string[] fields) =>
        await app.Admin.Post("/user", body).ShouldBeProblem(400, "validation_failed", fields);

    [Theory]
    [InlineData("""{ "role": "boss" }""", "role")]
    [InlineData("""{ "disabled": "yes" }""", "disabled")]
    [InlineData("""{ "name": "a\nb" }""", "name")]
    public async Task Every_field_of_a_change_that_is_wrong_is_named(string body, params string[] fields) =>
        await app.Admin.Patch($"/user/{await app.NewUser()}", body).ShouldBeProblem(400, "validation_failed", fields);

    [Fact]
    public async Task A_person_sees_the_own_profile_and_no_other()
    {
        var (me, other) = (await app.NewUser(), await app.NewUser());
        var client = app.ClientFor(me);
        Assert.Equal((await client.Profile()).GetRawText(), (await client.Get($"/user/{me}").ShouldBe(200)).GetRawText());
        await client.Get($"/user/{other}").ShouldBeProblem(404, "not_found");
        await client.Get("/user/nobody").ShouldBeProblem(404, "not_found");
        await app.Admin.Get($"/user/{Ids.Derive("usr", "nobody")}").ShouldBeProblem(404, "not_found");
        await app.Admin.Get("/user/nobody").ShouldBeProblem(404, "not_found");
        var found = await app.Admin.Get($"/user/{other}");
        Assert.Equal(other, (await found.ShouldBe(200)).Text("userId"));
        Assert.Equal("\"1\"", found.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task A_disabled_person_is_out_at_once_and_told_only_with_the_right_password()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var (session, client) = (await app.Session(email), app.ClientFor(userId));
        var disabled = await app.Admin.Patch($"/user/{userId}", new { disabled = true }).ShouldBe(200);
        Assert.True(disabled.GetProperty("disabled").GetBoolean());

        await app.Anonymous.Login(email).ShouldBeProblem(401, "account_disabled");
        await app.Anonymous.Login(email, "not the password").ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Refresh(session).ShouldBeProblem(401, "invalid_token");
        await client.Get("/user/profile").ShouldBeProblem(401, "account_disabled");
        await client.Patch("/user/profile", new { name = "Eve" }).ShouldBeProblem(401, "account_disabled");
        await client.Delete("/user/profile").ShouldBeProblem(401, "account_disabled");
        await client.Get($"/user/{userId}").ShouldBeProblem(401, "account_disabled");
        await client.Post("/user/password", new { currentPassword = People.Password, newPassword = People.NewPassword }).ShouldBeProblem(401, "account_disabled");

        Assert.False((await app.Admin.Patch($"/user/{userId}", new { disabled = false }).ShouldBe(200)).TryGetProperty("disabled", out _));
        await app.Anonymous.Refresh(session).ShouldBeProblem(401, "invalid_token");
        await app.Anonymous.Refresh(await app.Session(email)).ShouldBe(200);
        await client.Get("/user/profile").ShouldBe(200);
    }

    [Fact]
    public async Task A_disabled_person_can_reset_the_password_and_stays_disabled()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        await app.Admin.Patch($"/user/{userId}", new { disabled = true }).ShouldBe(200);
        await (await app.Anonymous.Reset(await app.ResetToken(email))).ShouldBeEmpty(204);
        await app.Anonymous.Login(email, People.NewPassword).ShouldBeProblem(401, "account_disabled");
    }

    [Fact]
    public async Task A_role_that_is_given_or_taken_counts_from_the_next_refresh()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var session = await app.Session(email);
        await app.Admin.Patch($"/user/{userId}", new { role = "admin" }).ShouldBe(200);
        var promoted = await app.Anonymous.Refresh(session).ShouldBe(200);
        await app.ClientWith(promoted.Text("token")).Get("/user").ShouldBe(200);
        await app.Admin.Patch($"/user/{userId}", new { role = "customer" }).ShouldBe(200);
        var demoted = await app.Anonymous.Refresh(promoted.Text("refreshToken")).ShouldBe(200);
        await app.ClientWith(demoted.Text("token")).Get("/user").ShouldBeProblem(403, "forbidden");
        var login = await app.Anonymous.Login(email).ShouldBe(200);
        await app.ClientWith(login.Text("token")).Get("/user").ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_change_touches_what_was_sent_and_honours_the_version_that_was_read()
    {
        var userId = await app.NewUser();
        var read = (await app.Admin.Get($"/user/{userId}")).Headers.ETag!.ToString();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var renamed = await app.Admin.Patch($"/user/{userId}", new { name = " Grace ", email = "other@example.com" }, ("If-Match", read));
        var profile = await renamed.ShouldBe(200);
        Assert.Equal(("Grace", "customer"), (profile.Text("name"), profile.Text("role")));
        Assert.NotEqual(profile.Text("createdAt"), profile.Text("updatedAt"));
        Assert.Equal("\"2\"", renamed.Headers.ETag?.ToString());
        Assert.Equal(profile.GetRawText(), (await app.ClientFor(userId).Profile()).GetRawText());
        await app.Admin.Patch($"/user/{userId}", new { name = "Eve" }, ("If-Match", read)).ShouldBeProblem(412, "precondition_failed");

        var unchanged = await app.Admin.Patch($"/user/{userId}", new { name = "Grace", role = "customer", disabled = false });
        Assert.Equal(profile.GetRawText(), (await unchanged.ShouldBe(200)).GetRawText());
        Assert.Equal(("\"2\"", 0), (unchanged.Headers.ETag?.ToString(), unchanged.Cost().WriteUnits));
    }

    [Fact]
    public async Task Changes_at_once_all_happen()
    {
        var userId = await app.NewUser();
        var answers = await Task.WhenAll(
            app.Admin.Patch($"/user/{userId}", new { role = "admin" }), app.Admin.Patch($"/user/{userId}", new { disabled = true }),
            app.Admin.Patch($"/user/{userId}", new { name = "Grace" }));
        foreach (var answer in answers) await answer.ShouldBe(200);
        var profile = await app.Admin.Get($"/user/{userId}").ShouldBe(200);
        Assert.Equal(("admin", "Grace", true), (profile.Text("role"), profile.Text("name"), profile.GetProperty("disabled").GetBoolean()));
    }

    [Fact]
    public async Task An_administrator_cannot_stop_being_one()
    {
        var userId = await app.NewUser();
        await app.Admin.Patch($"/user/{userId}", new { role = "admin" }).ShouldBe(200);
        var self = app.ClientFor(userId, admin: true);
        await self.Patch($"/user/{userId}", new { role = "customer" }).ShouldBeProblem(409, "own_account");
        await self.Patch($"/user/{userId}", new { disabled = true }).ShouldBeProblem(409, "own_account");
        await self.Delete($"/user/{userId}").ShouldBeProblem(409, "own_account");
        Assert.Equal("Me", (await self.Patch($"/user/{userId}", new { name = "Me", role = "admin", disabled = false }).ShouldBe(200)).Text("name"));
        Assert.Equal("admin", (await self.Profile()).Text("role"));
    }

    [Fact]
    public async Task Who_is_no_administrator_any_more_changes_no_account_by_the_token_of_before()
    {
        var (former, other) = (await app.NewUser(), await app.NewUser());
        await app.Admin.Patch($"/user/{former}", new { role = "admin" }).ShouldBe(200);
        var client = app.ClientFor(former, admin: true);
        var kept = await client.Patch($"/user/{other}", new { name = "Kept" }).ShouldBe(200);

        await app.Admin.Patch($"/user/{former}", new { role = "customer" }).ShouldBe(200);
        await ShouldChangeNothing(403, "forbidden");
        await app.Admin.Patch($"/user/{former}", new { role = "admin", disabled = true }).ShouldBe(200);
        await ShouldChangeNothing(401, "account_disabled");
        await (await app.Admin.Delete($"/user/{former}")).ShouldBeEmpty(204);
        await ShouldChangeNothing(401, "unauthorized");

        async Task ShouldChangeNothing(int status, string code)
        {
            var email = People.NewEmail();
            await client.Post("/user", new { name = "Sam", email, role = "admin" }).ShouldBeProblem(status, code);
            await client.Post("/user", new { name = "" }).ShouldBeProblem(status, code);
            foreach (var userId in new[] { former, other })
            {
                await client.Patch($"/user/{userId}", new { role = "admin", disabled = false, name = "Eve" }).ShouldBeProblem(status, code);
                await client.Delete($"/user/{userId}").ShouldBeProblem(status, code);
            }

            Assert.Equal(kept.GetRawText(), (await app.Admin.Get($"/user/{other}").ShouldBe(200)).GetRawText());
            await app.NewUser(email);
        }
    }

    [Fact]
    public async Task Somebody_who_is_not_there_cannot_be_changed_or_deleted()
    {
        foreach (var userId in new[] { "nobody", Ids.Derive("usr", "nobody") })
        {
            await app.Admin.Patch($"/user/{userId}", new { name = "Eve" }).ShouldBeProblem(404, "not_found");
            await app.Admin.Delete($"/user/{userId}").ShouldBeProblem(404, "not_found");
        }
    }

    [Fact]
    public async Task A_customer_administers_nobody()
    {
        var (me, other) = (await app.NewUser(), await app.NewUser());
        var client = app.ClientFor(me);
        await client.Get("/user").ShouldBeProblem(403, "forbidden");
        await client.Post("/user", new { name = "Sam", email = People.NewEmail() }).ShouldBeProblem(403, "forbidden");
        foreach (var userId in new[] { me, other })
        {
            await client.Patch($"/user/{userId}", new { role = "admin" }).ShouldBeProblem(403, "forbidden");
            await client.Delete($"/user/{userId}").ShouldBeProblem(403, "forbidden");
        }
    }
}

public sealed class UserAdminTests_on_Sqlite(SqliteApp app) : UserAdminTests(app), IClassFixture<SqliteApp>;

public sealed class UserAdminTests_on_DynamoDb(DynamoDbApp app) : UserAdminTests(app), IClassFixture<DynamoDbApp>;
