using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>An SMTP server on a loopback port of its own: as much of the protocol as it takes to be handed a mail, without TLS.</summary>
internal sealed class SmtpStandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _commands = [];
    private readonly Task _serving;

    /// <param name="recipientReply">What it says to a recipient.</param>
    /// <param name="extensions">What it can beyond SMTP.</param>
    public SmtpStandIn(string recipientReply = "250 OK", string extensions = "SMTPUTF8")
    {
        _listener.Start();
        _serving = Serve(recipientReply, extensions);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it was told, in order; a mail's lines among it.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_commands) return [.. _commands];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task Serve(string recipientReply, string extensions)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            await Talk(client, recipientReply, extensions);
        }
    }

    private async Task Talk(TcpClient client, string recipientReply, string extensions)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 stand-in");
        var inMail = false;
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            lock (_commands) _commands.Add(line);
            if (inMail && line != ".") continue;
            inMail = line == "DATA";
            await writer.WriteLineAsync(line.Split(' ', ':')[0] switch
            {
                "EHLO" => $"250-stand-in\r\n250 {extensions}",
                "RCPT" => recipientReply,
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 OK",
            });
        }
    }
}
