using Amazon.Runtime;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>
/// The connections under the SDK's client. A pool throws away those that were idle for too long, but counts by a clock that stands still
/// while the process does: between two calls of a Lambda, and above all in a snapshot, many copies of which go on later with connections
/// that have no other end. A call over one of them would wait for its time limit. So the time of day is asked, too.
/// </summary>
internal sealed class FreshHttpClientFactory(TimeProvider clock) : HttpClientFactory, IDisposable
{
    /// <summary>After which connections are not trusted any more. A snapshot takes longer to be made.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private HttpClient? _client;
    private DateTimeOffset _lastUsed;

    /// <summary>
    /// Asked for each call. A client that has rested is let go of, not disposed of: if the time of day was set while it was at work, its
    /// calls come to their end, and its pool empties itself.
    /// </summary>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _lastUsed > IdleLimit) _client = null;
            _lastUsed = now;
            return _client ??= Connect(clientConfig);
        }
    }

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client?.Dispose();

    private static HttpClient Connect(IClientConfig config) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = config.Timeout ?? Timeout.InfiniteTimeSpan };
}
