using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Users;

public abstract class ProfileTests(EcommerceApp app)
{
    [Fact]
    public async Task A_profile_shows_every_field_also_those_without_a_value()
    {
        var email = People.NewEmail();
        var userId = await app.NewUser(email);
        var response = await app.ClientFor(userId).Get("/user/profile");
        var profile = await response.ShouldBe(200);
        Assert.Equal(["userId", "email", "name", "firstName", "lastName", "phone", "address", "role", "createdAt", "updatedAt"], profile.Names());
        Assert.Equal((userId, email, "Ada", "customer"), (profile.Text("userId"), profile.Text("email"), profile.Text("name"), profile.Text("role")));
        Assert.All(["firstName", "lastName", "phone", "address"], field => Assert.Equal(JsonValueKind.Null, profile.GetProperty(field).ValueKind));
        var now = $"{app.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
        Assert.Equal((now, now), (profile.Text("createdAt"), profile.Text("updatedAt")));
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task A_change_touches_what_was_sent_and_nothing_else()
    {
        var client = await app.NewUsersClient();
        var before = await client.Profile();
        await client.Patch("/user/profile", new { firstName = " Ada ", address = "12 St James's Square" }).ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var response = await client.Patch("/user/profile", new
        {
            lastName = "Lovelace", phone = "1", name = (string?)null, role = "admin", email = "new@example.com", userId = "usr_x", createdAt = "2000-01-01",
        });
        var after = await response.ShouldBe(200);
        Assert.Equal(("Ada", "Ada", "Lovelace", "1"), (after.Text("name"), after.Text("firstName"), after.Text("lastName"), after.Text("phone")));
        Assert.Equal("12 St James's Square", after.Text("address"));
        foreach (var fixedField in new[] { "userId", "email", "role", "createdAt" }) Assert.Equal(before.Text(fixedField), after.Text(fixedField));
        Assert.Equal($"{app.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}", after.Text("updatedAt"));
        Assert.Equal("\"3\"", response.Headers.ETag?.ToString());
        Assert.Equal(after.GetRawText(), (await client.Profile()).GetRawText());
    }

    [Fact]
    public async Task An_empty_text_removes_what_may_be_absent()
    {
        var client = await app.NewUsersClient();
        await client.Patch("/user/profile", new { firstName = "Ada", phone = "1", address = new { city = "London" } }).ShouldBe(200);
        var profile = await client.Patch("/user/profile", new { firstName = "", phone = " ", address = "" }).ShouldBe(200);
        Assert.All(["firstName", "phone", "address"], field => Assert.Equal(JsonValueKind.Null, profile.GetProperty(field).ValueKind));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "name": "Ada" }""")]
    [InlineData("""{ "name": null, "something": "else" }""")]
    public async Task Nothing_to_change_writes_nothing(string change)
    {
        var client = await app.NewUsersClient();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var response = await client.Patch("/user/profile", change);
        var profile = await response.ShouldBe(200);
        Assert.Equal(profile.Text("createdAt"), profile.Text("updatedAt"));
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal((0, 1), (response.Cost().WriteUnits, response.Cost().Calls));
    }

    [Theory]
    [InlineData("""{ "name": "" }""", "name")]
    [InlineData("""{ "name": " \t " }""", "name")]
    [InlineData("""{ "name": "a\nb", "phone": "\u0007" }""", "name", "phone")]
    [InlineData("""{ "firstName": 1 }""", "firstName")]
    [InlineData("""{ "address": { "street": { "deep": "er" } } }""", "address")]
    public async Task Every_field_that_is_wrong_is_named(string change, params string[] fields)
    {
        var client = await app.NewUsersClient();
        await client.Patch("/user/profile", change).ShouldBeProblem(400, "validation_failed", fields);
        Assert.Equal("Ada", (await client.Profile()).Text("name"));
    }

    [Fact]
    public async Task A_change_of_what_has_changed_meanwhile_is_refused()
    {
        var client = await app.NewUsersClient();
        var read = (await client.Get("/user/profile")).Headers.ETag!.ToString();
        await client.Patch("/user/profile", new { phone = "1" }, ("If-Match", read)).ShouldBe(200);
        await client.Patch("/user/profile", new { phone = "2" }, ("If-Match", read)).ShouldBeProblem(412, "precondition_failed");
        await client.Patch("/user/profile", new { phone = "2" }, ("If-Match", "nonsense")).ShouldBeProblem(412, "precondition_failed");
        Assert.Equal("1", (await client.Profile()).Text("phone"));
        await client.Patch("/user/profile", new { phone = "3" }, ("If-Match", "*")).ShouldBe(200);
    }

    [Fact]
    public async Task Changes_of_different_fields_at_once_all_happen()
    {
        var client = await app.NewUsersClient();
        await Task.WhenAll(
            client.Patch("/user/profile", new { firstName = "Ada" }).ShouldBe(200),
            client.Patch("/user/profile", new { lastName = "Lovelace" }).ShouldBe(200),
            client.Patch("/user/profile", new { phone = "1" }).ShouldBe(200),
            client.Patch("/user/profile", new { address = "London" }).ShouldBe(200));
        var profile = await client.Profile();
        Assert.Equal(("Ada", "Lovelace", "1", "London"),
            (profile.Text("firstName"), profile.Text("lastName"), profile.Text("phone"), profile.Text("address")));
    }

    [Fact]
    public async Task Changes_at_once_that_name_one_version_succeed_once()
    {
        var client = await app.NewUsersClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => client.Patch("/user/profile", new { phone = $"{i}" }, ("If-Match", "\"1\""))));
        var winner = Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        foreach (var loser in answers.Where(answer => answer != winner)) await loser.ShouldBeProblem(412, "precondition_failed");
    }

    [Fact]
    public async Task A_token_whose_user_is_gone_is_not_good_any_more()
    {
        var client = app.ClientFor("usr_00000000000000000000000000");
        await client.Get("/user/profile").ShouldBeProblem(401, "unauthorized");
        await client.Patch("/user/profile", new { name = "Eve" }).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_profile_needs_a_token()
    {
        await app.Anonymous.Get("/user/profile").ShouldBeProblem(401, "unauthorized");
        await app.Anonymous.Patch("/user/profile", new { name = "Eve" }).ShouldBeProblem(401, "unauthorized");
    }
}

public sealed class ProfileTests_on_Sqlite(SqliteApp app) : ProfileTests(app), IClassFixture<SqliteApp>;

public sealed class ProfileTests_on_DynamoDb(DynamoDbApp app) : ProfileTests(app), IClassFixture<DynamoDbApp>;
