namespace Ecommerce.Api.Http;

/// <summary>Documents which problems a route, or a whole group, can answer.</summary>
internal static class ProblemResponses
{
    public static TBuilder Problems<TBuilder>(this TBuilder builder, params ReadOnlySpan<int> statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses) builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]));
        return builder;
    }
}
