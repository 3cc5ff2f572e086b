using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>
/// A real S3 API, one for the process, started when it is first asked for: moto's server, which is a Python package. It ends with the
/// process. It takes any credentials, but the SDK wants some in the environment.
/// </summary>
internal static class S3StandIn
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<(Uri? Url, string Reason)>> Instance = new(() => Task.Run(Start));

    /// <summary>Makes a bucket. Where there is no stand-in the test is skipped with the reason; on CI that is a failure.</summary>
    public static async Task<(Uri Url, string Bucket)> NewBucket()
    {
        var (found, reason) = await Instance.Value;
        var url = Needed.OrSkip(found, "S3 (moto_server)", reason);
        var bucket = $"images-{Guid.NewGuid():N}";
        using var http = new HttpClient();
        using var answer = await http.PutAsync(new Uri(url, bucket), null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (url, bucket);
    }

    private static async Task<(Uri? Url, string Reason)> Start()
    {
        if ((await ChildProcess.Ask(TimeSpan.FromSeconds(30), "moto_server", "--help")).ExitCode != 0)
            return (null, "moto_server is not to be had (pip install 'moto[server]')");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "stand-in");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "stand-in");
        var url = new Uri($"http://127.0.0.1:{DynamoDbLocal.FreePort()}");
        var child = ChildProcess.Start(null, "moto_server", "-H", url.Host, "-p", $"{url.Port}");
        if (await DynamoDbLocal.Answers(url, Patience, () => child.HasExited)) return (url, "");
        child.End();
        return (null, $"moto_server did not start: {child.LastLine}");
    }
}
