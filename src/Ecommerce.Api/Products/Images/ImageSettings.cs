using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Images;

public enum ImagePlace
{
    Local,
    S3,
}

/// <summary>Where images are kept.</summary>
/// <param name="Store">Which kind of place.</param>
/// <param name="Folder">The folder of the local one; made when it is missing.</param>
/// <param name="Bucket">The bucket of S3; empty without.</param>
/// <param name="ServiceUrl">The endpoint of a stand-in for S3; null for the service itself.</param>
public sealed record ImageSettings(ImagePlace Store, string Folder, string Bucket, Uri? ServiceUrl)
{
    private const string InLambda = "AWS_LAMBDA_FUNCTION_NAME";

    public static ImageSettings Read(SettingsReader settings, IHostEnvironment environment, StoreEngine engine)
    {
        var images = new ImageSettings(
            settings.OneOf("Images:Store", ImagePlace.Local),
            Path.Combine(environment.ContentRootPath, settings.Text("Images:Path", "data/images")),
            settings.Matching("Images:Bucket", "", IsBucket, "the name of a bucket: 3 to 63 lower-case letters, digits, '.' and '-'"),
            settings.Uri("Images:ServiceUrl"));
        if (images is { Store: ImagePlace.S3, Bucket: "" }) throw new InvalidSettingException("Images:Bucket", "is required where Images__Store is S3.");

        // A Lambda's disk goes with it. Who keeps the tables there, too, hears of those first, from the store.
        if (images.Store == ImagePlace.Local && engine != StoreEngine.Sqlite && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(InLambda)))
            throw new InvalidSettingException("Images:Store", "Local keeps images on this machine, and a Lambda has none of its own; use S3.");
        return images;
    }

    private static bool IsBucket(string text) =>
        text.Length == 0 || (text.Length is >= 3 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'));
}
