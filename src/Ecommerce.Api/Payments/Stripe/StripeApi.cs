using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>What a request came to: one of the two, or neither when its outcome is unknown.</summary>
/// <param name="Value">It was done.</param>
/// <param name="Refusal">It was not done, and repeating it is no use: 400 or 402 (https://docs.stripe.com/api/errors).</param>
internal sealed record StripeAnswer<T>(T? Value, StripeError? Refusal) where T : class;

/// <summary>
/// Requests over HTTPS. Where Stripe is out of reach, too slow or in trouble (5xx), the same request under the same key goes out
/// again a few times, for as long as the caller waits; Stripe answers a repeated key with its first answer
/// (https://docs.stripe.com/api/idempotent_requests).
/// </summary>
internal sealed partial class StripeApi : IDisposable
{
    /// <summary>The version of the API that <see cref="StripeJson"/> was written to, whatever the account's own is.</summary>
    private const string Version = "2025-03-31.basil";

    private const int Tries = 3;
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    private const int ShortestDelayMilliseconds = 250;
    private const int LongestDelayMilliseconds = 500;

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly ILogger<StripeApi> _log;

    public StripeApi(StripeSettings settings, TimeProvider clock, ILogger<StripeApi> log)
    {
        (_clock, _log) = (clock, log);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = new($"{settings.BaseUrl.AbsoluteUri.TrimEnd('/')}/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.SecretKey);
        _http.DefaultRequestHeaders.Add("Stripe-Version", Version);
    }

    /// <summary>Of one try.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(8);

    public Task<StripeAnswer<T>> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class =>
        Send(() => new(HttpMethod.Get, path), type, cancellation);

    /// <param name="path">Below <c>/v1/</c>.</param>
    /// <param name="idempotencyKey">Null where a repetition does no harm.</param>
    /// <param name="form">Names in Stripe's notation: <c>metadata[orderId]</c>.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="cancellation">Gives up waiting; the outcome is then unknown.</param>
    public Task<StripeAnswer<T>> Post<T>(
        string path, string? idempotencyKey, Dictionary<string, string> form, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class =>
        Send(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
            if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
            return request;
        }, type, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<StripeAnswer<T>> Send<T>(Func<HttpRequestMessage> compose, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var unknown = new StripeAnswer<T>(null, null);
        for (var left = Tries - 1; !cancellation.IsCancellationRequested; left--)
        {
            using var request = compose();
            using var response = await Try(request, cancellation);
            if (response is { StatusCode: < HttpStatusCode.InternalServerError }) return await Read(request, response, type);
            if (response is not null) LogTrouble((int)response.StatusCode, request.Method, Place(request));
            if (left == 0 || !await Pause(cancellation)) break;
        }

        return unknown;
    }

    /// <summary>Null when there was no answer.</summary>
    private async Task<HttpResponseMessage?> Try(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await _http.SendAsync(request, either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            LogNoAnswer(request.Method, Place(request), e.Message);
            return null;
        }
    }

    /// <summary>False when the caller gave up meanwhile.</summary>
    private async Task<bool> Pause(CancellationToken cancellation)
    {
        var delay = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(ShortestDelayMilliseconds, LongestDelayMilliseconds + 1));
        await Task.Delay(delay, _clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }

    private async Task<StripeAnswer<T>> Read<T>(HttpRequestMessage request, HttpResponseMessage response, JsonTypeInfo<T> type) where T : class
    {
        var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
        try
        {
            if (response.IsSuccessStatusCode) return new(JsonSerializer.Deserialize(body, type), null);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired
                && JsonSerializer.Deserialize(body, StripeJson.Default.ErrorBody)?.Error is { } error)
            {
                if (error.Type != "card_error") LogRefused(request.Method, Place(request), error.Type, error.Code);
                return new(null, error);
            }
        }
        catch (JsonException e)
        {
            LogUnreadable((int)response.StatusCode, request.Method, Place(request), e.Message);
            return new(null, null);
        }

        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) LogNotAuthorized((int)response.StatusCode);
        else LogTrouble((int)response.StatusCode, request.Method, Place(request));
        return new(null, null);
    }

    private static string Place(HttpRequestMessage request) => request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe gave no answer to {Method} {Path}: {Trouble}")]
    private partial void LogNoAnswer(HttpMethod method, string path, string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe answered {Status} to {Method} {Path}.")]
    private partial void LogTrouble(int status, HttpMethod method, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe refused {Method} {Path}: {Type} {Code}")]
    private partial void LogRefused(HttpMethod method, string path, string type, string? code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe's answer {Status} to {Method} {Path} cannot be read: {Trouble}")]
    private partial void LogUnreadable(int status, HttpMethod method, string path, string trouble);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe does not accept the shop's secret key (answer {Status}): see Payment__Stripe__SecretKey.")]
    private partial void LogNotAuthorized(int status);
}
