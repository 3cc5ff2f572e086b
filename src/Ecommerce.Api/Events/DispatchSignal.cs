using System.Threading.Channels;

namespace Ecommerce.Api.Events;

/// <summary>Says, within this process, that there is something to dispatch. Said often before it is heard, it is heard once.</summary>
internal sealed class DispatchSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _signal.Writer.TryWrite(true);

    public async Task Wait(CancellationToken cancellation) => await _signal.Reader.ReadAsync(cancellation);
}
