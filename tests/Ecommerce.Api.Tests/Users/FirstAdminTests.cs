using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Users;

public abstract class FirstAdminTests(EcommerceApp engine)
{
    private const string Email = "Boss@example.com";
    private const string Password = " boss knows best ";

    [Fact]
    public async Task The_first_admin_is_there_at_the_first_start_and_the_same_after_a_restart()
    {
        await using var app = engine.Fresh(("Admin:Email", Email), ("Admin:Password", Password));
        var first = await app.Anonymous.Login(Email, Password).ShouldBe(200);
        var profile = await app.ClientWith(first.Text("token")).Profile();
        Assert.Equal(("admin", Email), (profile.Text("role"), profile.Text("email")));

        await using var restarted = app.WithWebHostBuilder(host => host.UseSetting("Admin:Password", "another password"));
        var second = await restarted.CreateDefaultClient().Login(Email, Password).ShouldBe(200);
        Assert.Equal(first.Text("userId"), second.Text("userId"));
    }

    [Fact]
    public async Task Of_instances_that_start_at_once_one_makes_the_first_admin()
    {
        await using var app = engine.Fresh();
        Assert.NotNull(app.Store);
        var instances = Enumerable.Range(0, 4).Select(_ => WithAdmin(app)).ToList();
        await Task.WhenAll(instances.Select(instance => Task.Run(() => instance.Server, TestContext.Current.CancellationToken)));
        foreach (var instance in instances) await instance.CreateDefaultClient().Login(Email, Password).ShouldBe(200);
        Assert.Single(app.Log.Lines, line => line.Message == "The first administrator was created.");
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Warning);
        foreach (var instance in instances) await instance.DisposeAsync();
    }

    [Fact]
    public async Task An_account_of_the_address_that_is_no_admin_is_left_with_a_warning()
    {
        await using var app = engine.Fresh();
        var userId = await app.NewUser(Email);
        await using var instance = WithAdmin(app);
        await instance.CreateDefaultClient().Login(Email, Password).ShouldBeProblem(401, "invalid_credentials");
        await instance.CreateDefaultClient().Login(Email).ShouldBe(200);
        Assert.Equal("customer", (await instance.ClientFor(userId).Profile()).Text("role"));
        var warning = Assert.Single(app.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains("Admin__Email", warning.Message, StringComparison.Ordinal);
    }

    private static WebApplicationFactory<Program> WithAdmin(EcommerceApp app) =>
        app.WithWebHostBuilder(host => host.UseSetting("Admin:Email", Email).UseSetting("Admin:Password", Password));
}

public sealed class FirstAdminTests_on_Sqlite(SqliteApp app) : FirstAdminTests(app), IClassFixture<SqliteApp>;

public sealed class FirstAdminTests_on_DynamoDb(DynamoDbApp app) : FirstAdminTests(app), IClassFixture<DynamoDbApp>;
