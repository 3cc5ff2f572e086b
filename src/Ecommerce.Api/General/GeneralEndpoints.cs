using Ecommerce.Api.Http;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.General;

public sealed record ServiceInfo(string Name, string Version);

public sealed record Hello(string Message, string Path);

/// <param name="Status"><c>healthy</c>.</param>
/// <param name="Store">The engine's name.</param>
public sealed record Health(string Status, string Store);

internal static class GeneralEndpoints
{
    public static void MapGeneral(this IEndpointRouteBuilder app)
    {
        var general = app.MapGroup("").WithTags("General");
        general.MapGet("/", Root).ExcludeFromDescription();
        general.MapGet("/hello", SayHello).WithName("hello").WithSummary("A greeting that shows the service answers.");
        general.MapGet("/health/live", Live).WithName("healthLive").WithSummary("Whether the process runs.");
        general.MapGet("/health/ready", Ready).WithName("healthReady").WithSummary("Whether the store answers.").Problems(503);
    }

    private static Results<RedirectHttpResult, Ok<ServiceInfo>> Root(IWebHostEnvironment environment) => environment.IsDevelopment()
        ? TypedResults.Redirect("/swagger")
        : TypedResults.Ok(new ServiceInfo("Ecommerce", typeof(GeneralEndpoints).Assembly.GetName().Version!.ToString(3)));

    private static Ok<Hello> SayHello() => TypedResults.Ok(new Hello("Hello from Lambda", "/hello"));

    private static Ok<Health> Live(IStore store) => TypedResults.Ok(new Health("healthy", store.Engine));

    private static async Task<Ok<Health>> Ready(IStore store, CancellationToken cancellation)
    {
        await store.Get(Tables.Products.Key("health"), consistent: false, cancellation);
        return TypedResults.Ok(new Health("healthy", store.Engine));
    }
}
