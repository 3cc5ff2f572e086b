using System.Threading.Channels;

namespace Ecommerce.Api.Events;

/// <summary>Says, within this process, that there is something to do. Said often before it is heard, it is heard once.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _signal.Writer.TryWrite(true);

    /// <summary>Until it is raised, the time is over, or it is cancelled: whoever waits looks what there is to do in any case.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost);
        Task raised = _signal.Reader.ReadAsync(limit.Token).AsTask();
        await raised.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
