using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ecommerce.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection, with one request at a time. Requests are bytes made beforehand and of an answer no more is
/// read than where it ends, so that the load costs little beside the server it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int Attempts = 5;
    private const string RetryAfterHeader = "\r\nRetry-After: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private int _bodyAt;
    private int _length;

    public HttpConnection(int port)
    {
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>The last answer's body; of a chunked one with the marks between its chunks.</summary>
    public string Body => Encoding.UTF8.GetString(_buffer, _bodyAt, _length - _bodyAt);

    public static byte[] Request(string method, string path, string? token = null, string? json = null) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
        + (json is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n")
        + $"\r\n{json}");

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>Its status.</returns>
    public int Send(byte[] request)
    {
        _socket.Send(request);
        (_length, _bodyAt) = (0, 0);
        while (true)
        {
            if (_length == _buffer.Length) Array.Resize(ref _buffer, _length * 2);
            var received = _socket.Receive(_buffer.AsSpan(_length));
            if (received == 0) throw new IOException("The server closed the connection.");
            _length += received;
            if (IsComplete()) return (_buffer[9] - '0') * 100 + (_buffer[10] - '0') * 10 + (_buffer[11] - '0');
        }
    }

    /// <summary>
    /// Sends a request again, after as long as the answer says, while it is 503: filling a shop is not what is measured, and a store that
    /// shares its cores with everything else may take longer for once than the shop waits for it.
    /// </summary>
    /// <returns>The last status.</returns>
    public int Insist(byte[] request)
    {
        for (var attempt = 1; ; attempt++)
        {
            var status = Send(request);
            if (status != 503 || attempt == Attempts) return status;
            Thread.Sleep(RetryAfter());
        }
    }

    public void Dispose() => _socket.Dispose();

    private TimeSpan RetryAfter()
    {
        var head = Encoding.ASCII.GetString(_buffer, 0, _bodyAt);
        var at = head.IndexOf(RetryAfterHeader, StringComparison.Ordinal);
        if (at < 0) throw new IOException($"A 503 does not say when to come again: {Body}");
        at += RetryAfterHeader.Length;
        return TimeSpan.FromSeconds(int.Parse(head.AsSpan(at, head.IndexOf('\r', at) - at), System.Globalization.CultureInfo.InvariantCulture));
    }

    private bool IsComplete()
    {
        var answer = _buffer.AsSpan(0, _length);
        if (_bodyAt == 0)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0) return false;
            _bodyAt = end + 4;
        }

        var head = answer[.._bodyAt];
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at < 0) return head.IndexOf("\r\nTransfer-Encoding: chunked"u8) < 0 || answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = head[(at + 18)..];
        return _length - _bodyAt >= int.Parse(digits[..digits.IndexOf((byte)'\r')], System.Globalization.CultureInfo.InvariantCulture);
    }
}
