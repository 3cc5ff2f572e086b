using Ecommerce.Api.Events;
using Ecommerce.Api.Products;
using Microsoft.OpenApi;

namespace Ecommerce.Api.Http.OpenApi;

/// <summary>The OpenAPI document and its pages. Nothing of it is built before somebody asks for it: a cold start is a user's wait.</summary>
internal static class SwaggerSetup
{
    public const string BearerScheme = "bearer";

    public static void AddShopSwagger(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new()
            {
                Title = "Ecommerce",
                Version = "v1",
                Description = "Users, products, carts and orders. Money is a decimal number with at most two places; times are ISO 8601 UTC; "
                    + "every error is an RFC 9457 problem whose code is stable.",
            });
            swagger.AddServer(new() { Url = "/", Description = "This server" });
            swagger.AddSecurityDefinition(BearerScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The token that POST /user/login answers; where the shop trusts an OpenID Connect issuer (Auth__Authority), also one of that issuer's.",
            });
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, $"{typeof(SwaggerSetup).Assembly.GetName().Name}.xml"));
            swagger.MapType<Money>(() => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "decimal", MultipleOf = 0.01m });
            swagger.MapType<PostalAddress>(() => new OpenApiSchema { Description = "A text, or an object of texts." });
            swagger.MapType<ProductAttributes>(() => new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Texts, whole numbers or flags by name." });
            swagger.MapType<EventMetadata>(() => new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Facts by name; amounts are decimal numbers." });
            swagger.OperationFilter<ShopOperations>();
            swagger.OperationFilter<BodyExamples>();
            swagger.OperationFilter<ImageBodies>();
            swagger.SchemaFilter<RequiredFields>();
            swagger.DocumentFilter<TagOrder>();
        });
    }

    public static void UseShopSwagger(this IApplicationBuilder app)
    {
        var pages = new Lazy<RequestDelegate>(() =>
        {
            var branch = app.New();
            branch.UseSwagger();
            branch.UseSwaggerUI(ui => ui.DocumentTitle = "Ecommerce API");
            return branch.Build();
        });
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal) ? pages.Value(context) : next(context));
    }
}
