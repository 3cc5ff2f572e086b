using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>A request as it arrived.</summary>
internal sealed record ReceivedEvent(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Event => JsonDocument.Parse(Body).RootElement;

    /// <summary>When it was signed; fails where it was not signed with this secret, computed here from the header's description alone.</summary>
    public DateTimeOffset SignedAt(string secret)
    {
        var parts = Headers["Ecommerce-Signature"].Split(',');
        Assert.Equal(2, parts.Length);
        Assert.StartsWith("t=", parts[0]);
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts[0][2..]}.{Body}"));
        Assert.Equal($"v1={Convert.ToHexString(mac)}", parts[1], ignoreCase: true);
        return DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0][2..], CultureInfo.InvariantCulture));
    }
}

/// <summary>Somebody outside who is told of events: a server on a loopback port of its own, which answers 204 unless told otherwise.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedEvent> _received = [];
    private readonly WebApplication _server;

    private WebhookReceiver(IPAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        _server = builder.Build();
        _server.Run(Serve);
    }

    public string Url => $"{_server.Urls.Single()}/events?shop=1";

    public int Port => new Uri(_server.Urls.Single()).Port;

    /// <summary>In the order of their arrival, whatever was answered.</summary>
    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    /// <summary>How it answers; <see cref="Hang"/> to not do so.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Status(204);

    public static async Task<WebhookReceiver> Start(IPAddress? address = null)
    {
        var receiver = new WebhookReceiver(address ?? IPAddress.Loopback);
        await receiver._server.StartAsync();
        return receiver;
    }

    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>What came with a request that is being answered; others may have come since.</summary>
    public static ReceivedEvent Of(HttpContext context) => (ReceivedEvent)context.Items[nameof(ReceivedEvent)]!;

    /// <summary>Until the caller gives up.</summary>
    public static Task Hang(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Serve(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        var received = new ReceivedEvent(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body);
        _received.Enqueue(received);
        context.Items[nameof(ReceivedEvent)] = received;
        await Answer(context);
    }
}
