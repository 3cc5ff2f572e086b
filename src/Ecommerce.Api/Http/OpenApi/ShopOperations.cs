using Ecommerce.Api.Products;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Ecommerce.Api.Http.OpenApi;

/// <summary>A request header that a route understands, for its description.</summary>
internal sealed record DocumentedHeader(string Name, string Description)
{
    public static readonly DocumentedHeader IdempotencyKey = new("Idempotency-Key",
        "1 to 255 printable ASCII characters. The same key with the same body answers as the first time, and does nothing again.");

    public static readonly DocumentedHeader CartToken = new(Carts.GuestCart.Header,
        "Names a guest's cart. The shop answers it in the same header when a guest first adds to a cart, and gives it back from then on.");

    public static readonly DocumentedHeader GuestCart = new(Carts.GuestCart.Header, "Names the guest's cart that is merged into the person's.");

    public static readonly DocumentedHeader IfMatch = new("If-Match", "The ETag that was read; another version of the resource is a 412.");
}

/// <summary>How many items a list has where the caller gives no limit, for its description.</summary>
internal sealed record DocumentedLimit(int Default);

/// <summary>Says of each route who may call it, which headers it understands and what its query parameters may be.</summary>
internal sealed class ShopOperations : IOperationFilter
{
    private static readonly Dictionary<string, Func<OpenApiSchema>> QueryParameters = new()
    {
        ["limit"] = () => new() { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100", Default = 20 },
        ["cursor"] = () => new() { Type = JsonSchemaType.String, Description = "nextCursor of the page before." },
        ["minPrice"] = () => new() { Type = JsonSchemaType.Number, Minimum = "0", MultipleOf = 0.01m },
        ["maxPrice"] = () => new() { Type = JsonSchemaType.Number, Minimum = "0", MultipleOf = 0.01m },
        ["inStock"] = () => new() { Type = JsonSchemaType.Boolean },
        ["from"] = () => new() { Type = JsonSchemaType.String, Description = "A date, or a time (ISO 8601, UTC); inclusive." },
        ["to"] = () => new() { Type = JsonSchemaType.String, Description = "A date, or a time (ISO 8601, UTC); inclusive." },
        ["sort"] = () => new() { Type = JsonSchemaType.String, Enum = [.. SortOrder.All.Select(order => order.Name)], Default = SortOrder.Newest.Name },
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var authorization = metadata.OfType<IAuthorizeData>().ToList();
        operation.Security = authorization.Count > 0 ? [new() { [new(SwaggerSetup.BearerScheme, context.Document)] = [] }] : [];
        if (authorization.Exists(rule => rule.Policy == Authentication.GuestPolicy)) operation.Security.Add([]);

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter.In == ParameterLocation.Query && QueryParameters.TryGetValue(parameter.Name!, out var schema)) parameter.Schema = schema();
            if (parameter is { Name: "limit", Schema: OpenApiSchema limit } && metadata.OfType<DocumentedLimit>().FirstOrDefault() is { } documented) limit.Default = documented.Default;
        }

        foreach (var header in metadata.OfType<DocumentedHeader>())
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}
