using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ecommerce.Api.Hosting;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Hosting;

/// <summary>The requests that Lambda makes before it takes a snapshot, as its library makes events of them.</summary>
public abstract class HotRequestsTests(EcommerceApp app)
{
    /// <summary>For all that is done before a snapshot (https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(130);

    /// <summary>How often Lambda makes each of them.</summary>
    private const int Times = 5;

    [Fact]
    public async Task They_reach_their_routes_and_write_nothing()
    {
        await app.Sell();
        var answers = new List<(string Request, int Status, string? Code, string Cost)>();
        for (var time = 0; time < Times; time++)
        {
            answers.Clear();
            foreach (var request in HotRequests.All)
            {
                var answer = await app.Invoke(await Event(request));
                var code = answer.Json(answer.Status).TryGetProperty("code", out var text) ? text.GetString() : null;
                answers.Add(($"{request.Method} {request.RequestUri}", answer.Status, code, answer.Headers["Server-Timing"].Split("wcu=")[1]));
            }
        }

        Assert.Equal(
            [
                ("GET product", 200, null, "0,calls=1\""), ("GET product/prod_00000000000000000000000000", 404, "not_found", "0,calls=1\""),
                ("GET cart", 200, null, "0,calls=0\""), ("GET order", 401, "unauthorized", "0,calls=0\""),
                ("POST cart", 400, "validation_failed", "0,calls=0\""), ("POST user/login", 400, "validation_failed", "0,calls=0\""),
            ],
            answers);
    }

    /// <summary>By a path without a query, and no header of the body: https://github.com/aws/aws-lambda-dotnet, HttpRequestMessageConverter.</summary>
    internal static async Task<JsonElement> Event(HttpRequestMessage request)
    {
        Assert.False(request.RequestUri!.IsAbsoluteUri);
        var http = new { method = request.Method.Method, path = $"/{request.RequestUri}" };
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.First());
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.SerializeToElement(new { headers, body, isBase64Encoded = false, requestContext = new { http } });
    }

    /// <summary>On an engine out of reach.</summary>
    internal static async Task<TimeSpan> TimeOfAll(EcommerceApp app)
    {
        var spent = await Task.WhenAll(HotRequests.All.Select(async request =>
        {
            var began = Stopwatch.GetTimestamp();
            Assert.NotEqual(500, (await app.Invoke(await Event(request))).Status);
            return Stopwatch.GetElapsedTime(began);
        }));
        return Times * spent.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);
    }

    internal static void ShouldLeaveTime(TimeSpan spent) =>
        Assert.True(spent < 0.8 * Patience, string.Create(CultureInfo.InvariantCulture, $"They take {spent.TotalSeconds} s."));
}

public sealed class HotRequestsTests_on_Sqlite(SqliteApp app) : HotRequestsTests(app), IClassFixture<SqliteApp>;

public sealed class HotRequestsTests_on_DynamoDb(DynamoDbApp app) : HotRequestsTests(app), IClassFixture<DynamoDbApp>;

public sealed class HotRequestsOutOfReachTests
{
    [Fact]
    public async Task A_store_that_does_not_answer_does_not_use_up_the_time_before_the_snapshot()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        await using var app = new OutOfReachApp(((IPEndPoint)deaf.LocalEndpoint).Port);
        HotRequestsTests.ShouldLeaveTime(await HotRequestsTests.TimeOfAll(app));
    }

    /// <summary>On DynamoDB at an address where nobody answers.</summary>
    private sealed class OutOfReachApp(int port) : EcommerceApp
    {
        public override EcommerceApp Fresh(params (string Name, string Value)[] settings) => new OutOfReachApp(port) { Settings = settings };

        protected override IEnumerable<(string Name, string Value)> StoreSettings() =>
            [("Store:Engine", "DynamoDb"), ("Store:ServiceUrl", $"http://127.0.0.1:{port}"), ("Store:CreateTables", "false")];
    }
}
