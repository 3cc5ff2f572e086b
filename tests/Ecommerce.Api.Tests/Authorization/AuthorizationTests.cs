using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Authorization;

public abstract class AuthorizationTests(EcommerceApp app)
{
    public static TheoryData<string> Routes => [.. AuthorizationTable.Rows.Select(row => row.Route)];

    /// <summary>Also of routes that the API's description leaves out.</summary>
    [Fact]
    public void Every_route_has_one_row_and_every_row_a_route()
    {
        var routes = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"));
        Assert.Equal(routes.Order(StringComparer.Ordinal), AuthorizationTable.Rows.Select(row => row.Route).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Everybody_gets_what_the_row_of_the_route_says(string route)
    {
        var row = AuthorizationTable.Rows.Single(row => row.Route == route);
        var statuses = new List<int>();
        foreach (var asker in Enum.GetValues<Asker>()) statuses.Add(await Ask(row, asker));
        Assert.Equal(row.Statuses, string.Join(' ', statuses));
    }

    private async Task<int> Ask(AuthorizationRow row, Asker asker)
    {
        var scene = await Scene.Set(app);
        if (row.Given is { } given) await given(scene);
        var (method, path) = (row.Route.Split(' ')[0], await scene.Path(row.Route.Split(' ')[1]));
        var body = row.Body?.Invoke(scene);
        var client = await scene.As(asker);
        using var response = await client.Send(HttpMethod.Parse(method), path, body);
        if ((int)response.StatusCode >= 400) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        if (IsPrivate(path) && (int)response.StatusCode < 400) Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return (int)response.StatusCode;
    }

    private static bool IsPrivate(string path) => path.Split('/')[1] is "user" or "cart" or "order" && !path.EndsWith("/stripe", StringComparison.Ordinal);
}

/// <summary>An app with every route there is.</summary>
public sealed class WholeApp<TEngine> : IAsyncDisposable where TEngine : EcommerceApp, new()
{
    private readonly TEngine _engine = new();

    public WholeApp() => App = _engine.Fresh(("Hosting:InternalEndpoints", "true"));

    public EcommerceApp App { get; }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _engine.DisposeAsync();
    }
}

public sealed class AuthorizationTests_on_Sqlite(WholeApp<SqliteApp> whole) : AuthorizationTests(whole.App), IClassFixture<WholeApp<SqliteApp>>;

public sealed class AuthorizationTests_on_DynamoDb(WholeApp<DynamoDbApp> whole) : AuthorizationTests(whole.App), IClassFixture<WholeApp<DynamoDbApp>>;
