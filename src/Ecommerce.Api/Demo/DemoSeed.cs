using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Images;
using Ecommerce.Storage;

namespace Ecommerce.Api.Demo;

/// <summary>Puts the demo catalogue into an empty shop, so that a newcomer's first look is not at an empty list.</summary>
internal static class DemoSeed
{
    private const string Actor = "demo";

    /// <summary>Fills an empty shop; leaves any other alone.</summary>
    public static async Task SeedDemo(this IServiceProvider services)
    {
        var page = new Query(Tables.Products, ProductItems.Shelf) { Index = Tables.Products.Index("newest"), Limit = 1 };
        if ((await services.GetRequiredService<IStore>().Query(page, CancellationToken.None)).Items.Count > 0) return;
        var (products, images) = (services.GetRequiredService<ProductRepository>(), services.GetRequiredService<ProductImages>());
        foreach (var (request, draw) in DemoCatalogue.Products)
        {
            var product = await products.Create(request, Actor, CancellationToken.None);
            await images.Replace(product.ProductId, ImageFormat.Png, draw(), Actor, conflict: _ => null, CancellationToken.None);
        }
    }
}
