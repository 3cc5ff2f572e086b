using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ecommerce.Api.Tests.Harness.Issuer;

/// <summary>How the issuer answers.</summary>
internal enum IssuerMood
{
    Well,

    /// <summary>Hangs up on everybody.</summary>
    Away,
    Failing,

    /// <summary>Takes the request and never answers.</summary>
    Hanging,
    Garbled,

    /// <summary>Calls itself by another name in the discovery document.</summary>
    Impostor,

    /// <summary>Shows no keys.</summary>
    Keyless,
}

/// <summary>An OpenID Connect issuer on a port of its own: its discovery document, its keys, and tokens that it signs.</summary>
internal sealed class IssuerStandIn : IAsyncDisposable
{
    public const string Audience = "shop-client";

    private readonly ConcurrentQueue<string> _requests = [];
    private readonly WebApplication _server;

    private IssuerStandIn()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(Serve);
    }

    public string Url => _server.Urls.Single();

    /// <summary>For an app that is to trust it.</summary>
    public (string Name, string Value)[] Settings => [("Auth:Authority", Url), ("Auth:Audience", Audience)];

    public IssuerMood Mood { get; set; }

    /// <summary>What the key document shows; the first signs.</summary>
    public IReadOnlyList<IssuerKey> Keys { get; set; } = [IssuerKey.New()];

    /// <summary>The paths that were asked for, in the order of asking.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<IssuerStandIn> Start()
    {
        var issuer = new IssuerStandIn();
        await issuer._server.StartAsync();
        return issuer;
    }

    /// <summary>A token as this issuer signs it.</summary>
    /// <param name="claims">The payload; null values are left out.</param>
    /// <param name="key">Another key than the first of <see cref="Keys"/>.</param>
    public string Sign(Dictionary<string, object?> claims, IssuerKey? key = null)
    {
        key ??= Keys[0];
        return Jwt.Write(new { alg = key.Algorithm, kid = key.Id, typ = "JWT" }, claims.Where(claim => claim.Value is not null).ToDictionary(), key.Sign);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task Serve(HttpContext context)
    {
        _requests.Enqueue(context.Request.Path);
        switch (Mood)
        {
            case IssuerMood.Away:
                context.Abort();
                return Task.CompletedTask;
            case IssuerMood.Failing:
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            case IssuerMood.Hanging:
                return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            case IssuerMood.Garbled:
                return context.Response.WriteAsync("<html>Bad gateway");
        }

        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                return context.Response.WriteAsJsonAsync(new { issuer = Mood == IssuerMood.Impostor ? "https://somebody.example" : Url, jwks_uri = $"{Url}/keys" });
            case "/keys":
                return context.Response.WriteAsJsonAsync(new { keys = Mood == IssuerMood.Keyless ? [] : Keys.Select(key => key.Public) });
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }
}
