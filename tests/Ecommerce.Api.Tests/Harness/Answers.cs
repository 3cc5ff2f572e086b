using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>What an answer must be, and then its parts.</summary>
internal static partial class Answers
{
    /// <summary>The JSON body of an answer that has this status.</summary>
    public static async Task<JsonElement> ShouldBe(this HttpResponseMessage response, int status)
    {
        var body = await Body(response);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {body}");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return Parse(body);
    }

    /// <inheritdoc cref="ShouldBe(HttpResponseMessage, int)"/>
    public static async Task<JsonElement> ShouldBe(this Task<HttpResponseMessage> response, int status) => await (await response).ShouldBe(status);

    public static async Task ShouldBeEmpty(this HttpResponseMessage response, int status)
    {
        var body = await Body(response);
        Assert.True((int)response.StatusCode == status && body.Length == 0, $"{(int)response.StatusCode} instead of an empty {status}: {body}");
    }

    /// <summary>
    /// Checks the whole problem document and the headers that belong to its status. A <c>validation_failed</c> names exactly
    /// these fields. Answers the document, for what the code adds to it.
    /// </summary>
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage response, int status, string code, params string[] fields)
    {
        var body = await Body(response);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status} {code}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        var problem = Parse(body);
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal($"urn:ecommerce:problem:{code}", problem.Text("type"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.EndsWith(".", problem.Text("title"));
        Assert.EndsWith(".", problem.Text("detail"));
        Assert.Matches("^[0-9a-f]{32}$", problem.Text("traceId"));
        Assert.Equal(fields.Order(), problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name).Order() : []);
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Bearer"));
        Assert.Equal(status is 429 or 503 || code == "idempotency_in_progress", response.Headers.RetryAfter is not null);
        return problem;
    }

    /// <inheritdoc cref="ShouldBeProblem(HttpResponseMessage, int, string, string[])"/>
    public static async Task<JsonElement> ShouldBeProblem(this Task<HttpResponseMessage> response, int status, string code, params string[] fields) =>
        await (await response).ShouldBeProblem(status, code, fields);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>The names of an object's members, in their order.</summary>
    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    /// <summary>What the answer says it cost at the store.</summary>
    public static (double ReadUnits, double WriteUnits, int Calls) Cost(this HttpResponseMessage response)
    {
        var cost = Timing().Match(string.Join(',', response.Headers.GetValues("Server-Timing")));
        Assert.True(cost.Success);
        return (Number(1), Number(2), (int)Number(3));

        double Number(int group) => double.Parse(cost.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static Task<string> Body(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    [GeneratedRegex("store;desc=\"rcu=([0-9.]+),wcu=([0-9.]+),calls=([0-9]+)\"")]
    private static partial Regex Timing();
}
