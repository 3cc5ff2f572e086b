using System.Collections.Concurrent;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>A shop that is killed and started again over the same store.</summary>
internal sealed class MortalShop(string folder, IReadOnlyList<(string Name, string Value)> settings) : IAsyncDisposable
{
    /// <summary>
    /// A loopback address of its own: the port of a killed process may be given to another at once, and a request that was on its way
    /// must not be answered by some other test's shop.
    /// </summary>
    private readonly string _host = $"127.{Random.Shared.Next(64, 255)}.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}";

    private TaskCompletionSource<Uri> _up = NotYet();
    private ShopProcess? _process;
    private int _kills;

    /// <summary>Where it listens, as soon as it does.</summary>
    public Task<Uri> Address => Volatile.Read(ref _up).Task;

    /// <summary>Counts each kill before it is done.</summary>
    public int Kills => Volatile.Read(ref _kills);

    /// <summary>What its processes logged from the level Error up, or wrote without being asked.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public async Task Start()
    {
        try
        {
            _process = await ShopProcess.Start(_host, folder, settings, Complaints);
            _up.SetResult(_process.Address);
        }
        catch (Exception e)
        {
            _up.SetException(e);
            throw;
        }
    }

    public async Task Kill()
    {
        Interlocked.Increment(ref _kills);
        Volatile.Write(ref _up, NotYet());
        await _process!.Kill();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.Kill();
    }

    private static TaskCompletionSource<Uri> NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
