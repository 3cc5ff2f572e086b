using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Http;

namespace Ecommerce.Api.Webhooks;

/// <summary>Posts events to webhooks. What a receiver answers beside its status is not looked at.</summary>
internal sealed class WebhookClient : IDisposable
{
    private const string EventIdHeader = "Ecommerce-Event-Id";
    private const string DeliveryIdHeader = "Ecommerce-Delivery-Id";

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookClient(Settings settings, TimeProvider clock)
    {
        _clock = clock;
        _http = new(OutgoingConnections.Handler(settings.AllowPrivateWebhooks)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new("Ecommerce", typeof(WebhookClient).Assembly.GetName().Version!.ToString(3)));
    }

    /// <summary>From the look-up of the name to the head of the answer.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    public void Dispose() => _http.Dispose();

    /// <summary>Tries once.</summary>
    public async Task<DeliveryResult> Post(Webhook webhook, EventAnswer told, string deliveryId, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var request = Compose(webhook, told, deliveryId);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.IsSuccessStatusCode) return new DeliveryResult.Done();
            var reason = $"The receiver answered {(int)response.StatusCode}.";
            return response.StatusCode == HttpStatusCode.Gone ? new DeliveryResult.Refused(reason) : new DeliveryResult.Again(reason);
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new DeliveryResult.Refused(forbidden.Message);
        }
        catch (HttpRequestException e)
        {
            return new DeliveryResult.Again($"The receiver could not be reached: {e.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new DeliveryResult.Again($"The receiver did not answer within {TimeLimit.TotalSeconds:0.#} seconds.");
        }
    }

    private HttpRequestMessage Compose(Webhook webhook, EventAnswer told, string deliveryId)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(told, ShopJson.Default.EventAnswer);
        return new(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers =
            {
                { WebhookSignature.Header, WebhookSignature.Of(body, webhook.Secret, _clock.GetUtcNow()) },
                { EventIdHeader, told.EventId },
                { DeliveryIdHeader, deliveryId },
            },
        };
    }
}
