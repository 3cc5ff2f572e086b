using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Ecommerce.Storage.DynamoDb;

namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>What becomes of one request: an answer made up here, or the one from behind, delivered or lost.</summary>
internal delegate Task<HttpResponseMessage> Fate(Func<Task<HttpResponseMessage>> goThrough);

/// <summary>
/// The wire under the real SDK client, where the trouble is injected that DynamoDB Local never makes. Requests meet the given
/// fates in turn and the last one, set by <see cref="Always"/>, from then on: unless told otherwise they go through, to DynamoDB
/// Local where there is one and else to something that says yes to everything.
/// </summary>
internal sealed class StubbedWire : HttpMessageHandler
{
    public static readonly Uri Nowhere = new("http://dynamodb.invalid");

    private readonly Queue<Fate> _fates;
    private readonly HttpMessageInvoker _behind = new(new SocketsHttpHandler());

    public StubbedWire(params Fate[] fates) => _fates = new(fates);

    public Fate Always { get; init; } = goThrough => goThrough();

    public List<JsonElement> Requests { get; } = [];

    public Action OnRequest { get; set; } = () => { };

    /// <summary>A store whose waiting takes no time.</summary>
    public DynamoDbStore Store(StoreOptions options, TimeProvider? clock = null)
    {
        var config = Connection.Config(options);
        config.HttpClientFactory = new Factory(this);
        return new(options, config, clock ?? new InstantClock());
    }

    public static Fate Says(string json) => _ => Task.FromResult(Answer(HttpStatusCode.OK, json));

    public static Fate Fails(string error, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        _ => Task.FromResult(Answer(status, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{error}}","message":"stub"}"""));

    /// <summary>A transaction's failure: one reason per write.</summary>
    public static Fate Cancels(params string[] reasons) => _ => Task.FromResult(Answer(HttpStatusCode.BadRequest,
        $$"""
        {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"stub",
         "CancellationReasons":[{{string.Join(",", reasons.Select(reason => $$"""{"Code":"{{reason}}"}"""))}}]}
        """));

    /// <summary>It happens, and nobody hears of it.</summary>
    /// <param name="meanwhile">What others do before it is sent again.</param>
    public static Fate LosesReply(Func<Task>? meanwhile = null) => async goThrough =>
    {
        (await goThrough()).Dispose();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        throw new HttpRequestException("stub: connection reset");
    };

    public static Task<HttpResponseMessage> TimesOut(Func<Task<HttpResponseMessage>> goThrough) =>
        throw new TaskCanceledException("stub: time-out");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        Requests.Add(JsonDocument.Parse(body).RootElement);
        OnRequest();
        var fate = _fates.TryDequeue(out var next) ? next : Always;
        return await fate(() => request.RequestUri!.Host == Nowhere.Host
            ? Task.FromResult(Answer(HttpStatusCode.OK, "{}")) : _behind.SendAsync(request, cancellationToken));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _behind.Dispose();
        base.Dispose(disposing);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.0") };

    private sealed class Factory(StubbedWire wire) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(wire, disposeHandler: false);
    }
}
