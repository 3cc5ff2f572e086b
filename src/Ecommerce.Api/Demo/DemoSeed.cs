using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Featured;
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
        var pictured = new Dictionary<string, Product>();
        foreach (var (request, draw) in DemoCatalogue.Products)
        {
            var product = await products.Create(request, Actor, CancellationToken.None);
            var (after, _) = await images.Replace(product.ProductId, ImageFormat.Png, draw(), Actor, conflict: _ => null, CancellationToken.None);
            pictured[product.Name] = after!;
        }

        var (featured, ids) = (services.GetRequiredService<FeaturedAds>(), services.GetRequiredService<Ids>());
        foreach (var ad in DemoCatalogue.Ads)
            await featured.Add(new(ids.New("ad"), ad.Label, pictured[ad.Product].ImageUrl!, pictured[ad.Product].ProductId), CancellationToken.None);
    }
}
