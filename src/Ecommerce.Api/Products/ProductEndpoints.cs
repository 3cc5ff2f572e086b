using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Products.Featured;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Products.LowStock;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Products;

internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/product").WithTags("Product");
        products.MapGet("", List).WithName("listProducts").WithSummary("The shop window: products by category, tag, words, price and order.").Problems(400);
        products.MapGet("/{productId}", Get).WithName("getProduct").WithSummary("One product, with what is on hand of each size.").Problems(404);
        products.MapImage();

        var admin = products.MapGroup("").RequireAdmin().Problems(401, 403);
        admin.MapPost("", Create).WithName("createProduct").Validate<CreateProductRequest, CreateProductValidator>()
            .WithSummary("Sells a new product, with its first stock.").Problems(400, 413, 415);
        admin.MapPut("/{productId}", Update).WithName("updateProduct").WithMetadata(DocumentedHeader.IfMatch).Validate<UpdateProductRequest, UpdateProductValidator>()
            .WithSummary("Describes a product anew; its stock stays.").Problems(400, 404, 412, 413, 415);
        admin.MapDelete("/{productId}", Delete).WithName("deleteProduct").WithMetadata(DocumentedHeader.IfMatch).WithSummary("Stops selling a product. Orders keep what they bought.").Problems(404, 412);
        admin.MapStock();
        admin.MapStockAudit();
        admin.MapLowStock();
        products.MapFeatured(admin);
    }

    private static async Task<Results<Ok<PageOf<ProductSummary>>, Problem>> List(
        string? category, string? tag, string? minPrice, string? maxPrice, string? inStock, string? q, string? sort, string? limit, string? cursor,
        Catalogue catalogue, SignedCursors cursors, Settings settings, CancellationToken cancellation)
    {
        if (CatalogueFilter.Check(category, tag, minPrice, maxPrice, inStock, q, sort, out var filter) is { } wrong) return wrong;
        if (PageRequest.Check(filter.Scope, limit, cursor, cursors, out var page) is { } problem) return problem;
        var found = await catalogue.List(filter, page, cancellation);
        return TypedResults.Ok(page.Answer(found, item => ProductSummary.Of(item.ToProduct(), settings.Currency), cursors));
    }

    private static async Task<Results<Ok<ProductDetails>, Problem>> Get(
        string productId, ProductRepository products, Settings settings, HttpResponse response, CancellationToken cancellation)
    {
        if (await products.Find(productId, consistent: false, cancellation) is not { } product) return Problem.NotFound("product");
        Etag.Set(response, product.Revision);
        return TypedResults.Ok(ProductDetails.Of(product, await products.Stock(productId, consistent: false, cancellation), settings.Currency));
    }

    private static async Task<Results<Created<ProductCreated>, Problem>> Create(
        CreateProductRequest request, Caller caller, ProductRepository products, CancellationToken cancellation)
    {
        var product = await products.Create(request, caller.UserId, cancellation);
        return TypedResults.Created($"/product/{product.ProductId}", new ProductCreated("Product created", product.ProductId));
    }

    private static async Task<Results<Ok<ProductDetails>, Problem>> Update(
        string productId, UpdateProductRequest request, Caller caller, ProductRepository products, Settings settings, HttpContext http,
        CancellationToken cancellation)
    {
        var (_, after, problem) = await products.Edit(
            productId, product => Etag.Conflict(http.Request, product.Revision), request.ApplyTo, caller.UserId, cancellation);
        if (problem is not null) return problem;
        Etag.Set(http.Response, after!.Revision);
        return TypedResults.Ok(ProductDetails.Of(after, await products.Stock(productId, consistent: true, cancellation), settings.Currency));
    }

    private static async Task<Results<NoContent, Problem>> Delete(
        string productId, Caller caller, ProductRepository products, ProductImages images, HttpRequest http, CancellationToken cancellation)
    {
        var (deleted, _, problem) = await products.Delete(
            productId, product => Etag.Conflict(http, product.Revision), caller.UserId, cancellation);
        if (problem is not null) return problem;
        await images.Discard(deleted!.Image);
        return TypedResults.NoContent();
    }
}
