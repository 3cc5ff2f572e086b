using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecommerce.Storage.DynamoDb;

namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>Connections whose other end is gone, as a process has them that was at rest for long or is a copy.</summary>
public sealed class FreshHttpClientFactoryTests
{
    private static readonly ItemKey Key = TestTables.Things.Key("a");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_from_before_a_long_rest_is_not_used_again()
    {
        using var service = new MortalService();
        var clock = new MovedClock();
        using var store = new DynamoDbStore(new() { ServiceUrl = service.Url, Tables = [TestTables.Things] }, Connection.Config(new() { ServiceUrl = service.Url, Tables = [] }), clock);
        await store.Get(Key, consistent: true, Cancellation);
        await store.Get(Key, consistent: true, Cancellation);
        Assert.Equal(1, service.Connections);

        service.ForgetConnections();
        clock.Now += FreshHttpClientFactory.IdleLimit + TimeSpan.FromSeconds(1);
        await store.Get(Key, consistent: true, Cancellation).WaitAsync(TimeSpan.FromSeconds(3), Cancellation);
        Assert.Equal(2, service.Connections);
    }

    /// <summary>The time of day is moved by hand; stopwatches and timers run on, as they do for a process that knows nothing of its rest.</summary>
    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Answers every request of HTTP with an empty object; nothing any more on connections that it has forgotten.</summary>
    private sealed class MortalService : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _generation;

        public MortalService()
        {
            _listener.Start();
            _ = Accept();
        }

        public int Connections { get; private set; }

        public Uri Url => new($"http://{_listener.LocalEndpoint}");

        public void ForgetConnections() => _generation++;

        public void Dispose() => _listener.Dispose();

        private async Task Accept()
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync();
                Connections++;
                _ = Serve(connection, _generation);
            }
        }

        private async Task Serve(TcpClient connection, int generation)
        {
            using (connection)
            {
                using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
                while (await ReadRequest(reader) && generation == _generation)
                    await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
                await Task.Delay(TimeSpan.FromMinutes(1), Cancellation);
            }
        }

        private static async Task<bool> ReadRequest(StreamReader reader)
        {
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
            return length > 0 && await reader.ReadBlockAsync(new char[length], Cancellation) == length;
        }
    }
}
