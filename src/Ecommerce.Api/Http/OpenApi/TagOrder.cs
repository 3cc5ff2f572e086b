using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Ecommerce.Api.Http.OpenApi;

/// <summary>The groups of routes, in the order in which a newcomer meets them.</summary>
internal sealed class TagOrder : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags = new HashSet<OpenApiTag>
    {
        new() { Name = "User", Description = "Accounts and access tokens." },
        new() { Name = "Product", Description = "What is sold, and its stock." },
        new() { Name = "Cart", Description = "What the caller means to buy." },
        new() { Name = "Order", Description = "Placing, buying and following orders." },
        new() { Name = "General", Description = "Whether the service runs." },
    };
}
