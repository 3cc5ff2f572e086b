using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>An answer of the shop.</summary>
internal sealed record Reply(int Status, string Body, bool IsReplayed)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonSerializer.Deserialize<JsonElement>(Body));

    public JsonElement Json => _json.Value;

    public string? Code => Text("code");

    public string? OrderId => Text("orderId");

    public bool IsInProgress => Code == "idempotency_in_progress";

    private string? Text(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var text) ? text.GetString() : null;
}

/// <summary>Sends requests to a shop that may die over them, and finds fault with whatever no kill explains.</summary>
internal sealed class Wire(MortalShop shop, Findings findings) : IDisposable
{
    /// <summary>Longer than the shop may take for any request.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private int _requests;
    private int _cutOff;

    public int Requests => _requests;

    public int CutOff => _cutOff;

    /// <summary>Waits until the shop is up and sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="token">Whose; null for nobody's.</param>
    /// <param name="body">Sent as JSON; a text as it stands.</param>
    /// <param name="key">The idempotency key.</param>
    /// <returns>The answer; null when the shop was killed before all of it came.</returns>
    public async Task<Reply?> Send(HttpMethod method, string path, string? token, object? body = null, string? key = null)
    {
        var address = await shop.Address;
        var kills = shop.Kills;
        using var request = new HttpRequestMessage(method, new Uri(address, path))
        {
            Content = body switch
            {
                null => null,
                string json => new StringContent(json, Encoding.UTF8, "application/json"),
                _ => JsonContent.Create(body),
            },
        };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        Interlocked.Increment(ref _requests);
        try
        {
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var reply = new Reply((int)response.StatusCode, text, response.Headers.Contains("Idempotency-Replayed"));
            if (reply.Status >= 500 && reply.Status != 503) findings.Add($"{method} {path} was answered {reply.Status}: {text}");
            return reply;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _cutOff);
            if (shop.Kills == kills && (await shop.Address) == address) findings.Add($"{method} {path} was cut off by no kill: {e.Message}");
            return null;
        }
    }

    /// <summary>Sends until it is answered, by another life of the shop if need be, and not with a 503. For what may be done twice.</summary>
    public async Task<Reply> Insist(HttpMethod method, string path, string? token, object? body = null, string? key = null)
    {
        while (true)
        {
            if (await Send(method, path, token, body, key) is { Status: not 503 } reply) return reply;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same, with the answer that must come.</summary>
    public async Task<JsonElement> Insist(int status, HttpMethod method, string path, string? token, object? body = null)
    {
        var reply = await Insist(method, path, token, body);
        return reply.Status == status ? reply.Json : throw new InvalidOperationException($"{method} {path} was answered {reply.Status} instead of {status}: {reply.Body}");
    }

    public void Dispose() => _http.Dispose();
}
