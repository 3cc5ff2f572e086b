namespace Ecommerce.Api.Tests.Harness.Issuer;

/// <summary>An app that trusts an issuer of its own.</summary>
public abstract class ExternalShop(EcommerceApp engine) : IAsyncLifetime
{
    private EcommerceApp? _app;
    private IssuerStandIn? _issuer;

    internal EcommerceApp App => _app!;

    internal IssuerStandIn Issuer => _issuer!;

    internal long Now => App.Clock.GetUtcNow().ToUnixTimeSeconds();

    public async ValueTask InitializeAsync()
    {
        _issuer = await IssuerStandIn.Start();
        _app = engine.Fresh(_issuer.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await App.DisposeAsync();
        await engine.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>A token that is good now, of somebody whom nobody knows yet.</summary>
    internal string Token(Action<Dictionary<string, object?>>? change = null, IssuerKey? key = null) => Issuer.Sign(Claims(change), key);

    internal Dictionary<string, object?> Claims(Action<Dictionary<string, object?>>? change = null)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer.Url,
            ["sub"] = Guid.NewGuid().ToString(),
            ["aud"] = IssuerStandIn.Audience,
            ["iat"] = Now,
            ["exp"] = Now + 3600,
        };
        change?.Invoke(claims);
        return claims;
    }

    internal HttpClient Client(Action<Dictionary<string, object?>>? change = null) => App.ClientWith(Token(change));
}

public sealed class SqliteExternalShop() : ExternalShop(new SqliteApp());

public sealed class DynamoDbExternalShop() : ExternalShop(new DynamoDbApp());
