namespace Ecommerce.Api.Products.Images;

internal static class ImageRegistration
{
    public static void AddImages(this IServiceCollection services, ImageSettings settings)
    {
        services.AddSingleton<ProductImages>();
        services.AddSingleton<IImageStore>(_ => settings.Store switch
        {
            ImagePlace.Local => new LocalImages(settings.Folder),
            ImagePlace.S3 => new S3Images(settings.Bucket, settings.ServiceUrl),
        });
    }
}
