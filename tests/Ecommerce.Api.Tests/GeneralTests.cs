using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests;

public abstract class GeneralTests(EcommerceApp app)
{
    [Fact]
    public async Task Ready_says_which_store_answers()
    {
        var health = await app.Anonymous.Get("/health/ready").ShouldBe(200);
        Assert.Equal("healthy", health.Text("status"));
        Assert.Equal(app.Store.Engine, health.Text("store"));
    }

    [Fact]
    public async Task Hello_greets_from_its_path()
    {
        var hello = await app.Anonymous.Get("/hello").ShouldBe(200);
        Assert.Equal(["message", "path"], hello.Names());
        Assert.Equal(("Hello from Lambda", "/hello"), (hello.Text("message"), hello.Text("path")));
    }

    [Theory]
    [InlineData("/hello", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/product?limit=1", 200)]
    [InlineData("/order", 401)]
    [InlineData("/nowhere", 404)]
    public async Task Head_answers_as_get_does_and_without_a_body(string path, int status)
    {
        var head = await app.Anonymous.Send(HttpMethod.Head, path, null);
        await head.ShouldBeEmpty(status);
        Assert.Equal((await app.Anonymous.Get(path)).Content.Headers.ContentType, head.Content.Headers.ContentType);
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem() => await app.Anonymous.Get("/nowhere").ShouldBeProblem(404, "not_found");

    [Fact]
    public async Task A_method_the_path_does_not_have_is_a_problem_that_names_those_it_has()
    {
        var response = await app.Anonymous.Delete("/hello");
        await response.ShouldBeProblem(405, "method_not_allowed");
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }
}

public sealed class GeneralTests_on_Sqlite(SqliteApp app) : GeneralTests(app), IClassFixture<SqliteApp>;

public sealed class GeneralTests_on_DynamoDb(DynamoDbApp app) : GeneralTests(app), IClassFixture<DynamoDbApp>;
