using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ecommerce.Tests;

namespace Ecommerce.Load;

/// <summary>The shop under load: the published build, in Production, on a free loopback port and an empty store.</summary>
internal sealed class Server : IDisposable
{
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _shell;
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private Server(ChildProcess shell, DirectoryInfo folder, Process process, int port) => (_shell, _folder, _process, Port) = (shell, folder, process, port);

    public int Port { get; }

    /// <summary>Megabytes of memory that the process has at this moment.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / Megabyte;
        }
    }

    /// <summary>Time that cores have spent on the process.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / Megabyte;
        }
    }

    /// <param name="program">The published server.</param>
    /// <param name="signingKey">What it is to check tokens with.</param>
    /// <param name="dynamoDb">The endpoint of DynamoDB Local; null for SQLite in a temporary folder.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task<Server> Start(string program, string signingKey, Uri? dynamoDb, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ecommerce-load-");
        var pidFile = Path.Combine(folder.FullName, "pid");
        var port = FreePort();
        string[] store = dynamoDb is null
            ? ["--Store:Engine=Sqlite", $"--Store:SqlitePath={Path.Combine(folder.FullName, "shop.db")}"]
            : ["--Store:Engine=DynamoDb", $"--Store:ServiceUrl={dynamoDb}", $"--Store:TablePrefix={folder.Name}."];
        var shell = ChildProcess.Start(Path.GetDirectoryName(program), "/bin/sh", [
            "-c", "echo $$ > \"$0\" && exec \"$@\"", pidFile, program, "--environment=Production", $"--urls=http://127.0.0.1:{port}",
            "--Payment:AllowSimulated=true", $"--Auth:SigningKey={signingKey}", .. store]);
        try
        {
            await Answers(port, shell, cancellation);
            var pid = int.Parse(await File.ReadAllTextAsync(pidFile, cancellation), CultureInfo.InvariantCulture);
            return new(shell, folder, Process.GetProcessById(pid), port);
        }
        catch
        {
            shell.End();
            folder.Delete(recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        _shell.End();
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task Answers(int port, ChildProcess shell, CancellationToken cancellation)
    {
        var ready = HttpConnection.Request("GET", "/health/ready");
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartPatience; await Task.Delay(100, cancellation))
        {
            if (shell.HasExited) break;
            try
            {
                using var connection = new HttpConnection(port);
                if (connection.Send(ready) == 200) return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                continue;
            }
        }

        throw new IOException($"The server did not start: {shell.LastLine}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
