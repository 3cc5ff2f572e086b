using System.Net.Http.Headers;
using System.Text;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Http;

/// <summary>What no route should have to think about, tried on one that takes a body.</summary>
public sealed class BadRequestTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    private const string Path = "/user/login";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{ email: 1 }")]
    [InlineData("""{ "email": "a@example.com", }""")]
    [InlineData("""{ "email": "a@example.com" } {}""")]
    [InlineData("""{ "email": "a@example.com" /* no */ }""")]
    public async Task A_body_that_is_not_the_JSON_that_is_expected_is_malformed(string body) =>
        await app.Anonymous.Post(Path, body).ShouldBeProblem(400, "malformed_request");

    [Fact]
    public async Task No_body_is_malformed() => await app.Anonymous.Post(Path).ShouldBeProblem(400, "malformed_request");

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] body = [.. "{ \"email\": \""u8, 0xff, 0xfe, .. "\", \"password\": \"x\" }"u8];
        await app.Anonymous.Post(Path, Content(body)).ShouldBeProblem(400, "validation_failed", "email");
    }

    [Fact]
    public async Task A_name_that_occurs_twice_is_refused() =>
        await app.Anonymous.Post(Path, """{ "email": "a@b.co", "password": "x", "email": "c@d.co" }""").ShouldBeProblem(400, "validation_failed", "email");

    [Fact]
    public async Task Deep_nesting_is_malformed()
    {
        var deep = $"{{ \"other\": {new string('[', 10_000)}{new string(']', 10_000)} }}";
        await app.Anonymous.Post(Path, deep).ShouldBeProblem(400, "malformed_request");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Another_media_type_is_not_supported(string mediaType)
    {
        var response = app.Anonymous.Post(Path, new StringContent("""{ "email": "a@b.co", "password": "x" }""", Encoding.UTF8, mediaType));
        await response.ShouldBeProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_body_without_a_media_type_is_not_supported()
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        await app.Anonymous.Post(Path, content).ShouldBeProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_too_large() =>
        await app.Anonymous.Post(Path, Content(new byte[1024 * 1024 + 1])).ShouldBeProblem(413, "body_too_large");

    [Fact]
    public async Task A_body_over_a_megabyte_is_too_large_also_when_it_does_not_say_so()
    {
        await using var served = new SqliteApp();
        served.UseKestrel(0);
        served.StartServer();
        using var client = served.CreateClient();
        var body = Encoding.UTF8.GetBytes($"{{ \"email\": \"{new string('x', 1024 * 1024)}\" }}");
        var response = await client.Send(HttpMethod.Post, Path, Content(body), ("Transfer-Encoding", "chunked"));
        await response.ShouldBeProblem(413, "body_too_large");
    }

    [Fact]
    public async Task A_path_nobody_answers_is_not_found() => await app.Anonymous.Post("/user/nothing/at/all", "{}").ShouldBeProblem(404, "not_found");

    [Fact]
    public async Task A_method_the_path_does_not_have_is_answered_with_those_it_has()
    {
        var response = await app.Anonymous.Put("/user/profile", "{}");
        await response.ShouldBeProblem(405, "method_not_allowed");
        Assert.Equal(["DELETE", "GET", "PATCH"], response.Content.Headers.Allow.Order());
    }

    private static ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
