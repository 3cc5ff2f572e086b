using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Ecommerce.Tests;

/// <summary>
/// The real DynamoDB Local, one for the process, found or started when it is first asked for: the endpoint that
/// <c>ECOMMERCE_DYNAMODB_URL</c> names, else Docker, else Java. It ends with the process.
/// </summary>
internal sealed partial class DynamoDbLocal
{
    private const int OldestJava = 17;

    private static readonly TimeSpan GivenPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PullPatience = TimeSpan.FromMinutes(4);
    private static readonly Lazy<Task<DynamoDbLocal>> Instance = new(() => Task.Run(Find));

    private DynamoDbLocal(Uri? url, string source, string reason) => (Url, Source, Reason) = (url, source, reason);

    /// <summary>Never fails: where none is to be had, <see cref="Url"/> is null and <see cref="Reason"/> says why.</summary>
    public static Task<DynamoDbLocal> Shared => Instance.Value;

    public Uri? Url { get; }

    /// <summary>"given", "docker" or "java"; "none" where there is none.</summary>
    public string Source { get; }

    /// <summary>Why there is none; empty otherwise.</summary>
    public string Reason { get; }

    private static async Task<DynamoDbLocal> Find()
    {
        if (Environment.GetEnvironmentVariable("ECOMMERCE_DYNAMODB_URL") is { Length: > 0 } given)
        {
            return !Uri.TryCreate(given, UriKind.Absolute, out var url) ? None($"ECOMMERCE_DYNAMODB_URL is no URL: {given}")
                : await Answers(url, GivenPatience, () => false) ? new(url, "given", "")
                : None($"nothing answers at ECOMMERCE_DYNAMODB_URL, {url}");
        }

        try
        {
            return await OverDocker() ?? await OverJava();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException or InvalidDataException)
        {
            return None(e.Message);
        }
    }

    /// <summary>Null where no Docker engine answers or the image cannot be had: then Java may do.</summary>
    private static async Task<DynamoDbLocal?> OverDocker()
    {
        if ((await ChildProcess.Ask(AskPatience, "docker", "info")).ExitCode != 0) return null;
        var port = FreePort();
        var local = await Started("docker", port, PullPatience, ChildProcess.Start(null, "docker", "run", "--rm", "-p", $"127.0.0.1:{port}:8000",
            "amazon/dynamodb-local", "-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-disableTelemetry"));
        return local.Url is null ? null : local;
    }

    private static async Task<DynamoDbLocal> OverJava()
    {
        var java = await ChildProcess.Ask(AskPatience, "java", "-version");
        if (java.ExitCode != 0 || !(JavaVersion().Match(java.Output) is { Success: true } version
            && int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= OldestJava))
            return None($"neither Docker nor Java {OldestJava} is to be had, and ECOMMERCE_DYNAMODB_URL names no endpoint");
        var folder = await DynamoDbLocalPackage.Folder();
        var port = FreePort();
        return await Started("java", port, StartPatience, ChildProcess.Start(folder, "java", "-Djava.library.path=DynamoDBLocal_lib",
            "-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-disableTelemetry", "-port", $"{port}"));
    }

    private static async Task<DynamoDbLocal> Started(string source, int port, TimeSpan patience, ChildProcess child)
    {
        var url = new Uri($"http://127.0.0.1:{port}");
        if (await Answers(url, patience, () => child.HasExited)) return new(url, source, "");
        child.End();
        return None($"DynamoDB Local ({source}) did not start: {child.LastLine}");
    }

    internal static async Task<bool> Answers(Uri url, TimeSpan patience, Func<bool> hasFailed)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var end = DateTime.UtcNow + patience; DateTime.UtcNow < end && !hasFailed(); await Task.Delay(100))
        {
            try
            {
                // Without a signature it refuses with a 400, and that is an answer.
                using var answer = await http.GetAsync(url);
                return true;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                continue;
            }
        }

        return false;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static DynamoDbLocal None(string reason) => new(null, "none", reason);

    [GeneratedRegex("version \"(\\d+)")]
    private static partial Regex JavaVersion();
}
