using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>
/// The shop in a process of its own, in Production unless its settings say otherwise, on a port that the system chooses. It is the build beside the tests and not a
/// publish of it: the code is the same to the byte, and publishing takes longer than everything else here.
/// </summary>
internal sealed partial class ShopProcess
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _program;

    private ShopProcess(ChildProcess program, Uri address) => (_program, Address) = (program, address);

    public Uri Address { get; }

    /// <param name="host">The address that it listens on.</param>
    /// <param name="folder">Where the process may leave files.</param>
    /// <param name="settings">By name, such as <c>Store:Engine</c>.</param>
    /// <param name="complaints">Is given what the process logs from the level Error up, and why it took a token for a bad one where it says so.</param>
    /// <param name="hear">Is told every line that the process writes.</param>
    /// <returns>The process, once it says that it is ready.</returns>
    public static async Task<ShopProcess> Start(
        string host, string folder, IEnumerable<(string Name, string Value)> settings, ConcurrentQueue<string> complaints, Action<string>? hear = null)
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var program = ChildProcess.Start(folder, Hear, "dotnet", [
            Path.Combine(AppContext.BaseDirectory, "Ecommerce.Api.dll"), "--environment=Production", $"--urls=http://{host}:0",
            .. settings.Select(setting => $"--{setting.Name}={setting.Value}")]);
        try
        {
            var address = await listening.Task.WaitAsync(StartPatience, TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = address, Timeout = StartPatience };
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            ready.EnsureSuccessStatusCode();
            return new(program, address);
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException or OperationCanceledException)
        {
            await program.Kill();
            throw new IOException($"The shop did not start: {program.LastLine}", e);
        }

        void Hear(string line)
        {
            hear?.Invoke(line);
            if (Listening().Match(line) is { Success: true } said) listening.TrySetResult(new(said.Groups[1].Value));
            if (Complaint().IsMatch(line) || !line.StartsWith('{')) complaints.Enqueue(line);
        }
    }

    public Task Kill() => _program.Kill();

    /// <inheritdoc cref="ChildProcess.Stop"/>
    public Task<int> Stop() => _program.Stop();

    [GeneratedRegex("Now listening on: (http://[0-9.:]+)")]
    private static partial Regex Listening();

    [GeneratedRegex("\"LogLevel\":\"(Error|Critical)\"|\"Message\":\"Failed to validate")]
    private static partial Regex Complaint();
}
