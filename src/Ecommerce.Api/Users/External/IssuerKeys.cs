using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ecommerce.Api.Users.External;

/// <summary>
/// The keys by which the external issuer signs, as its discovery document has them. Unlike the library's ConfigurationManager, which
/// makes everybody wait while it fetches, this makes only those wait whose key is not known; and it goes by the shop's clock.
/// </summary>
internal sealed partial class IssuerKeys : IDisposable
{
    /// <summary>For both documents together. An issuer that hangs must not hang the shop.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The age at which keys are fetched anew, beside the request that finds them so old.</summary>
    public static readonly TimeSpan RefreshAge = TimeSpan.FromHours(1);

    /// <summary>
    /// The age at which keys are not known any more, after an hour without a request or of fetches that failed: a key that has left the
    /// issuer's document is good no longer than this.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(2);

    /// <summary>Between two fetches, however many tokens name keys that do not exist.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(30);

    /// <summary>The same while no keys are known, and after the fetch that ends it.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);

    private const int MaxDocumentBytes = 1024 * 1024;

    private readonly string _authority;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _client;
    private readonly HttpDocumentRetriever _documents;
    private readonly Lock _lock = new();
    private Task _fetching = Task.CompletedTask;
    private DateTimeOffset _notBefore;
    private volatile Document? _last;

    public IssuerKeys(Settings settings, TimeProvider clock, ILogger<IssuerKeys> log)
    {
        (_authority, _clock, _log) = (settings.Auth.Authority!, clock, log);
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = RefreshAge }) { MaxResponseContentBufferSize = MaxDocumentBytes };
        _documents = new(_client) { RequireHttps = _authority.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) };
    }

    /// <summary>As the discovery document spells it; null while nothing is known.</summary>
    public string? Issuer => Known?.Content.Issuer;

    /// <summary>The known keys of this id, or all for a token that names none.</summary>
    public IEnumerable<SecurityKey> Find(string? keyId) => Known?.Content.SigningKeys.Where(key => keyId is null || key.KeyId == keyId) ?? [];

    /// <summary>Fetches what the issuer has now if this key is not known, or, without making the caller wait, if it is time to.</summary>
    /// <returns>False while no keys are known.</returns>
    public async Task<bool> Learn(string? keyId, CancellationToken cancellation)
    {
        Task fetching;
        var isKnown = Find(keyId).Any();
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            if ((!isKnown || now >= _last?.FetchedAt + RefreshAge) && now >= _notBefore && _fetching.IsCompleted) _fetching = Task.Run(Fetch, CancellationToken.None);
            fetching = _fetching;
        }

        if (!isKnown) await fetching.WaitAsync(cancellation);
        return Known is not null;
    }

    public void Dispose() => _client.Dispose();

    private Document? Known => _last is { } last && _clock.GetUtcNow() < last.FetchedAt + MaxAge ? last : null;

    private async Task Fetch()
    {
        var interval = Known is null ? FirstInterval : MinInterval;
        try
        {
            using var patience = new CancellationTokenSource(Timeout);
            var found = await OpenIdConnectConfigurationRetriever.GetAsync($"{_authority}/.well-known/openid-configuration", _documents, patience.Token);
            if (found.Issuer?.TrimEnd('/') != _authority) throw new InvalidDataException("The discovery document is another issuer's.");
            if (found.SigningKeys.Count == 0) throw new InvalidDataException("The issuer has no keys.");
            _last = new(found, _clock.GetUtcNow());
        }
#pragma warning disable CA1031 // Whatever is wrong with the issuer's answer: the keys that are known stay, until they are too old; without any the answer is 503.
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            LogTrouble(_log, trouble);
        }
        finally
        {
            lock (_lock) _notBefore = _clock.GetUtcNow() + interval;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of Auth__Authority could not be fetched.")]
    private static partial void LogTrouble(ILogger log, Exception trouble);

    private sealed record Document(OpenIdConnectConfiguration Content, DateTimeOffset FetchedAt);
}
