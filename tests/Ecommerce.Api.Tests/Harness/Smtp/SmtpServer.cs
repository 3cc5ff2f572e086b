using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Harness.Smtp;

/// <summary>A real SMTP server in a process of its own, on a loopback port of its own. It ends with the test.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    public const string User = "shop";
    public const string Password = "smtp secret";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smtp-");
    private readonly TaskCompletionSource<int> _listening = new();
    private readonly ConcurrentQueue<ReceivedMail> _received = [];
    private readonly ChildProcess _process;

    private SmtpServer(string packages, X509Certificate2? certificate)
    {
        Mood = SmtpMood.Accepting;
        List<string> arguments = [Path.Combine(AppContext.BaseDirectory, "Harness", "Smtp", "server.js"), packages, MoodFile];
        if (certificate is not null) arguments.AddRange(Write("key.pem", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()), Write("certificate.pem", certificate.ExportCertificatePem()));
        _process = ChildProcess.Start(null, Hear, "node", [.. arguments]);
    }

    public int Port { get; private set; }

    /// <summary>The mails that it took, in their order. It tells of one before it answers, but word may be a moment late.</summary>
    public IReadOnlyList<ReceivedMail> Received => [.. _received];

    /// <summary>For everybody who comes from now on.</summary>
    public SmtpMood Mood
    {
        set => File.WriteAllText(MoodFile, value.ToString());
    }

    private string MoodFile => Path.Combine(_folder.FullName, "mood");

    /// <summary>Where there is none the test is skipped with the reason; on CI that is a failure.</summary>
    /// <param name="certificate">With one it offers STARTTLS, and takes mail from <see cref="User"/> alone.</param>
    public static async Task<SmtpServer> Start(X509Certificate2? certificate = null)
    {
        var (packages, reason) = await SmtpPackages.Shared;
        var server = new SmtpServer(Needed.OrSkip(packages, "an SMTP server", reason), certificate);
        var started = await Task.WhenAny(server._listening.Task, Task.Delay(Patience, TestContext.Current.CancellationToken));
        Assert.True(started == server._listening.Task, $"The SMTP server did not start: {server._process.LastLine}");
        server.Port = await server._listening.Task;
        return server;
    }

    /// <summary>Its only mail so far.</summary>
    public async Task<ReceivedMail> Only()
    {
        for (var end = DateTime.UtcNow + Patience; _received.IsEmpty && DateTime.UtcNow < end;) await Task.Delay(10, TestContext.Current.CancellationToken);
        return Assert.Single(_received);
    }

    public ValueTask DisposeAsync()
    {
        _process.End();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Hear(string line)
    {
        if (!line.StartsWith('{')) return;
        using var told = JsonDocument.Parse(line);
        if (told.RootElement.TryGetProperty("port", out var port)) _listening.SetResult(port.GetInt32());
        else _received.Enqueue(told.Deserialize<ReceivedMail>(Json)!);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
