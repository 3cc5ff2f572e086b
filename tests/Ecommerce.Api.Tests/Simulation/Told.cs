using Ecommerce.Api.Orders;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>What people were told, and what they set out to do: at the end it is compared with what became of it.</summary>
internal sealed class Told
{
    /// <summary>Answers to purchases.</summary>
    public List<SeenAnswer> Answers { get; } = [];

    /// <summary>The orders that keys make, if they make one.</summary>
    public HashSet<string> Keyed { get; } = [];

    /// <summary>Deeds that were answered with success, and the state that each leads to.</summary>
    public List<(string OrderId, OrderStatus Target)> Done { get; } = [];

    /// <summary>Refunds under a key that were answered with success.</summary>
    public List<(string OrderId, string KeyId, string Answer)> Refunded { get; } = [];
}
