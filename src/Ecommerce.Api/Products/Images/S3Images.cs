using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Images;

/// <summary>
/// Images as objects of a bucket, which nobody but the shop can list or read: callers are sent there with an address that is signed
/// for a short while. Region and credentials are those of the environment.
/// </summary>
internal sealed class S3Images(string bucket, Uri? serviceUrl) : IImageStore, IDisposable
{
    private static readonly TimeSpan AddressLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Made when it is first used: most starts serve no image, and each is a user's wait.</summary>
    private readonly Lazy<AmazonS3Client> _client = new(() => new(Config(serviceUrl)));

    public Task Put(string key, string mediaType, ArraySegment<byte> bytes, CancellationToken cancellation) => Call(client =>
        client.PutObjectAsync(new()
        {
            BucketName = bucket,
            Key = key,
            ContentType = mediaType,
            InputStream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false),
        }, cancellation), cancellation);

    /// <summary>Without asking whether the object is there: the answer would cost a round trip, and the bucket gives it anyway.</summary>
    public async Task<ImageSource?> Locate(string key, CancellationToken cancellation)
    {
        var address = await Call(client => client.GetPreSignedURLAsync(new()
        {
            BucketName = bucket,
            Key = key,
            Verb = HttpVerb.GET,
            Protocol = serviceUrl?.Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS,
            Expires = DateTime.UtcNow + AddressLife, // The library counts from the machine's clock.
        }), cancellation);
        return new ImageSource.Address(new(address), AddressLife);
    }

    public Task Delete(string key, CancellationToken cancellation) =>
        Call(client => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key }, cancellation), cancellation);

    public void Dispose()
    {
        if (_client.IsValueCreated) _client.Value.Dispose();
    }

    private async Task<T> Call<T>(Func<AmazonS3Client, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call(_client.Value);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new StoreUnavailableException($"The bucket {bucket} is out of reach: {e.Message}", e);
        }
    }

    private static AmazonS3Config Config(Uri? serviceUrl)
    {
        // Checksums only where S3 demands them: stand-ins know fewer of them.
        var config = new AmazonS3Config
        {
            Timeout = CallTimeout,
            MaxErrorRetry = 1,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (serviceUrl is null) return config;
        config.ServiceURL = serviceUrl.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.ForcePathStyle = true;
        return config;
    }
}
