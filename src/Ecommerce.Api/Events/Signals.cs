using Ecommerce.Api.Deliveries;

namespace Ecommerce.Api.Events;

/// <summary>What this process has for its own background work to do.</summary>
internal sealed class Signals
{
    private readonly Signal[] _deliveries = [.. Enum.GetValues<Channel>().Select(_ => new Signal())];

    /// <summary>Something was logged, and is to be told.</summary>
    public Signal Logged { get; } = new();

    /// <summary>Something is to be sent on a channel.</summary>
    public Signal ToDeliver(Channel channel) => _deliveries[(int)channel];
}
